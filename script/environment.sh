# shellcheck shell=bash
# Sourced by the scripts beside it, never run. It says where the checkout is ($root), puts the checkout's own Node and an
# active emsdk on the PATH, names the browsers for the tests (LATCHKEY_CHROMIUM, LATCHKEY_HEADLESS_SHELL, LATCHKEY_FIREFOX), and
# holds the few functions that several scripts need. It starts next to no processes, because script/latchkey passes through here every time.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034
web_stamp=$root/build/web.stamp # written by script/build: how old the newest complete build is

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() {
  say "$@"
  exit 1
}

if [ -x "$root/.tools/node/node_modules/.bin/node" ]; then
  PATH=$root/.tools/node/node_modules/.bin:$PATH
fi
if [ -n "${EMSDK:-}" ] && [ -x "$EMSDK/upstream/emscripten/emcc" ] && ! command -v emcc >/dev/null; then
  PATH=$EMSDK/upstream/emscripten:$PATH
fi

# first_browser <name>...: the path of the first that is there. One from a snap is passed over: it sees neither /tmp nor
# hidden folders, so that tests cannot drive it. Nor can they Ubuntu's /usr/bin/firefox, a script that calls the snap.
first_browser() {
  local browser start
  for browser in "$@"; do
    browser=$(type -P "$browser") || continue
    LC_ALL=C read -rN 2000 start <"$browser" || true
    case $browser$start in /snap/* | */snap/bin/*) continue ;; esac
    echo "$browser"
    return
  done
}

LATCHKEY_CHROMIUM=${LATCHKEY_CHROMIUM:-$(first_browser "$root/.tools/chromium/chromium" chromium google-chrome-stable google-chrome)}
LATCHKEY_HEADLESS_SHELL=${LATCHKEY_HEADLESS_SHELL:-$(first_browser chromium-headless-shell)}
LATCHKEY_FIREFOX=${LATCHKEY_FIREFOX:-$(first_browser firefox-esr firefox)}
export PATH LATCHKEY_CHROMIUM LATCHKEY_HEADLESS_SHELL LATCHKEY_FIREFOX

# Whether the PATH's Node is 22.13 or newer: the oldest with `node:sqlite`, which the demo's customer API runs on.
node_is_new_enough() {
  local version major minor
  version=$(node --version 2>/dev/null) || return 1
  IFS=. read -r major minor _ <<<"${version#v}"
  [ "$major" -gt 22 ] || { [ "$major" -eq 22 ] && [ "$minor" -ge 13 ]; }
}

# changed_since <stamp> <path>...: whether the stamp is missing or something below the paths is newer than it. web/
# itself does not count: making web/dist changes it.
changed_since() {
  [ ! -e "$1" ] ||
    [ -n "$(find "${@:2}" \( -name node_modules -o -name dist \) -prune -o -newer "$1" ! -path "$root/web" -print -quit)" ]
}
