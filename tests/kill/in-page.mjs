/**
 * What runs in the page before the chat, as text: it may use nothing from here.
 *
 * The page's clock stands still until the test moves it, so that waits are exact and every page of a conversation has the
 * same time: `Date` and `performance.now` give its time, and timers of 400 ms and more belong to it. The chat's shorter ones
 * (200 ms for the answers of other tabs) pass as always. Conversations begin with the seed of their test.
 */
export function inPage({ serial, start, seed }) {
  const found = { ...sessionStorage };
  const realTimeout = globalThis.setTimeout.bind(globalThis);
  const realClear = globalThis.clearTimeout.bind(globalThis);
  const RealDate = Date;
  const realNow = performance.now.bind(performance);
  const state = { serial, restored: 0, now: start, records: [JSON.stringify(found)], told: [], errors: [] };
  globalThis.kill = state;

  globalThis.Date = class extends RealDate {
    constructor(...given) { super(...(given.length ? given : [state.now])); }
    static now() { return state.now; }
  };
  performance.now = () => state.now - start;

  const timers = new Map();
  const shortTimers = new Set();
  let lastTimer = 1e9;
  globalThis.setTimeout = (run, ms = 0, ...given) => {
    if (!(ms >= 400)) {
      const id = realTimeout((...all) => (shortTimers.delete(id), run(...all)), ms, ...given);
      if (ms >= 50) shortTimers.add(id);
      return id;
    }
    timers.set(++lastTimer, { due: state.now + ms, run: () => run(...given), isDeadline: given[0] === "timeout" });
    return lastTimer;
  };
  globalThis.clearTimeout = (id) => void (timers.delete(id) || (shortTimers.delete(id), realClear(id)));

  const { getRandomValues } = Crypto.prototype;
  Crypto.prototype.getRandomValues = function (array) {
    getRandomValues.call(this, array);
    if (array instanceof Uint32Array && array.length === 6) array.set([0, seed], 4);
    return array;
  };

  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (name, text) {
    state.records.push(text);
    return setItem.call(this, name, text);
  };

  addEventListener("pageshow", ({ persisted }) => void (persisted && state.restored++));
  addEventListener("error", ({ message }) => state.errors.push(message));
  addEventListener("unhandledrejection", ({ reason }) => state.errors.push(String(reason)));

  const warnings = [];
  const { warn } = console;
  console.warn = (...given) => (warnings.push(given.join(" ")), warn.apply(console, given));

  const nap = (ms = 0) => new Promise((resolve) => realTimeout(resolve, ms));
  const until = async (what, find) => {
    for (let i = 0; i < 3000; i++) {
      const it = find();
      if (it) return it;
      await nap(i < 50 ? 2 : 10);
    }
    throw new Error(`there is no ${what} (${warnings})`);
  };
  const element = () => document.querySelector("latchkey-chat");
  const panel = () => element()?.shadowRoot.querySelector("latchkey-panel");
  const transcript = () => panel()?.session?.transcript;
  const isUnderWay = () => shortTimers.size > 0 || [...timers.values()].some(({ isDeadline }) => isDeadline);

  /** Nothing waits for the code of a message or for the first times to be shown. */
  const isDrawn = () => {
    const list = panel().shadowRoot.querySelector("latchkey-messages");
    return list.dated && Boolean(list.shadowRoot.querySelector(".typing")) === Boolean(transcript().typing);
  };

  /** Everything that can be read in the panel, in order. */
  function texts(node, into = []) {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.replace(/\s+/g, " ").trim();
      // How far one has scrolled is no part of the conversation.
      if (text && !/^\d+ new messages?$/.test(text)) into.push(text);
    } else if (!/^(STYLE|SCRIPT|TEMPLATE|svg)$/.test(node.nodeName)) {
      if (node.nodeName === "IMG") into.push(`image ${node.alt}`);
      for (const child of [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes]) texts(child, into);
    }
    return into;
  }

  const buttons = (node) => [...node.querySelectorAll("*")].flatMap((one) => [
    ...(one.localName === "button" ? [one] : []), ...(one.shadowRoot ? buttons(one.shadowRoot) : []),
  ]);
  const labelOf = (button) => texts(button).join(" ");

  Object.assign(state, {
    /** Until the chat is there, has begun, and nothing is under way but what the clock brings. */
    async settle() {
      let calm = 0;
      await until("calm", () => {
        const it = transcript();
        calm = it && (it.entries.length || it.finished) && !isUnderWay() ? calm + 1 : 0;
        return calm > 4;
      });
      await panel().updateComplete;
      for (const part of panel().shadowRoot.querySelectorAll("latchkey-messages, latchkey-composer")) await part.updateComplete;
    },
    /** Until what is needed to go on is stored, and sealed where it is about to be sensitive, or nothing is there to go on with. */
    stored: (key) => until("snapshot in the storage", () => {
      const wanted = transcript().ask?.sensitive ? '"sealed":"' : /"(sealed|snapshot)":"/;
      return transcript().finished || (sessionStorage.getItem(key) ?? "").search(wanted) > 0;
    }),
    async open() {
      await (await until("chat", element)).open();
    },
    async control({ user, choose }) {
      if (user !== undefined) return until("field", () => panel().shadowRoot.querySelector("latchkey-composer")?.shadowRoot.querySelector("#field"));
      return until(`button ${choose}`, () => buttons(panel().shadowRoot.querySelector("latchkey-messages").shadowRoot)
        .findLast((button) => labelOf(button) === choose && !button.disabled));
    },
    use(control, { user }) {
      if (user === undefined) return control.click();
      if (panel().session.sensitive) state.told.push(user);
      control.value = user;
      control.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      control.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, cancelable: true }));
    },
    async act(act) { state.use(await state.control(act), act); },
    /** The page goes away in the same task. */
    async actAndReload(act) {
      const control = await state.control(act);
      state.use(control, act);
      location.reload();
    },
    /** Moves the clock. What comes due on the way comes in its order, and what it asks for is answered. */
    async pass(ms) {
      const end = state.now + ms;
      for (;;) {
        const next = [...timers].filter(([, { due }]) => due <= end).sort(([, a], [, b]) => a.due - b.due)[0];
        if (!next) break;
        const [id, { due, run }] = next;
        timers.delete(id);
        state.now = Math.max(state.now, due);
        run();
        if (isUnderWay()) await state.settle();
      }
      state.now = end;
      // What is due in a few milliseconds looks at the clock by itself.
      await nap(20);
      await state.settle();
    },
    view() {
      const { entries, ask, typing, authenticated, subject, authenticatedAt, authenticationExpiresAt, finished } = transcript();
      return {
        texts: texts(panel().shadowRoot.querySelector("dialog")), entries, ask, typing,
        authenticated, subject, authenticatedAt, authenticationExpiresAt, finished,
      };
    },
    /** What is shown when nothing is drawn any more, as when the code for pictures was still to come. */
    async restingView() {
      let [calm, before] = [0, ""];
      await until("rest", () => {
        const now = JSON.stringify(state.view());
        calm = now === before && isDrawn() ? calm + 1 : 0;
        before = now;
        return calm > 25;
      });
      return state.view();
    },
    /** What is shown as soon as it is one of `expected` (as JSON text), or what it is at last. */
    async viewOf(expected, origins) {
      let now;
      const end = realNow() + 10_000;
      do {
        now = origins.reduce((text, [origin, name]) => text.replaceAll(origin, name), JSON.stringify(state.view()));
        if (expected.includes(now)) break;
        await nap(5);
      } while (realNow() < end);
      return now;
    },
    /** What has been written to the storage since it was asked for last, and what was found there. */
    written: () => state.records.splice(0).join("\n"),
    /** The engine's snapshot as it is stored, opened with the key of this browser. */
    async snapshot(key) {
      await state.stored(key);
      const { snapshot = null, sealed } = JSON.parse(sessionStorage.getItem(key) ?? "{}");
      if (!sealed) return snapshot;
      return JSON.parse(await (await (await import("/latchkey-vault.js")).openVault(sealed)).unseal(sealed)).snapshot;
    },
  });
}
