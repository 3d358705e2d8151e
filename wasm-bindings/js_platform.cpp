#include "js_platform.hpp"

#include <cstdlib>
#include <cstring>

#include <emscripten.h>

// The texts cross as bytes: UTF8ToString stops at a NUL, TextDecoder does not.
EM_JS(int, latchkeyCompile, (const char* source, int size, int ignoreCase), {
  const text = new TextDecoder().decode(HEAPU8.subarray(source, source + size));
  const patterns = (Module.latchkeyPatterns = Module.latchkeyPatterns || new Map());
  try {
    const id = (Module.latchkeyLastPattern = (Module.latchkeyLastPattern | 0) + 1);
    patterns.set(id, new RegExp(text, ignoreCase ? "iu" : "u"));
    return id;
  } catch (_) {
    return 0;
  }
});

EM_JS(void, latchkeyRelease, (int id), { Module.latchkeyPatterns.delete(id); });

EM_JS(int, latchkeyMatches, (int id, const char* text, int size), {
  return Module.latchkeyPatterns.get(id).test(new TextDecoder().decode(HEAPU8.subarray(text, text + size)));
});

// Not malloc itself: what of it JavaScript may call differs between Emscriptens.
extern "C" EMSCRIPTEN_KEEPALIVE void* latchkeyAllocate(int size) { return std::malloc(static_cast<std::size_t>(size)); }

// `to` is a LetterCase. JavaScript has no case folding: lower, upper and lower case again, character by character, give the full folding of
// Unicode but for a few historic scripts; by characters, for a final sigma depends on its neighbours otherwise.
EM_JS(char*, latchkeyChangeCase, (const char* text, int size, int to, int* changedSize), {
  const plain = new TextDecoder("utf-8", { ignoreBOM: true }).decode(HEAPU8.subarray(text, text + size));
  let changed = "";
  if (to == 1) changed = plain.toLowerCase();
  else if (to == 2) changed = plain.toUpperCase();
  else {
    for (const character of plain.normalize("NFKC"))
      for (const upper of character.toLowerCase().toUpperCase()) changed += upper.toLowerCase();
    changed = changed.normalize("NFKC");
  }
  const bytes = new TextEncoder().encode(changed);
  const at = _latchkeyAllocate(bytes.length + 1);
  HEAPU8.set(bytes, at);
  HEAP32[changedSize >> 2] = bytes.length;
  return at;
});

EM_JS(int, latchkeyFormat, (double number, char* text), {
  const written = String(number);
  for (let i = 0; i < written.length; ++i) HEAPU8[text + i] = written.charCodeAt(i);
  return written.length;
});

EM_JS(double, latchkeyParse, (const char* text, int size), {
  let written = "";
  for (let i = 0; i < size; ++i) written += String.fromCharCode(HEAPU8[text + i]);
  return Number(written);
});

// The C library's own carries the arithmetic of long doubles along, 6 KB of a page's bytes. Its callers here, nlohmann's
// lexer and parseNumber, hand over complete decimal numbers that they have checked. (Linked with --wrap=strtod.)
extern "C" double __wrap_strtod(const char* text, char** end) {
  const std::size_t size = std::strlen(text);
  if (end) *end = const_cast<char*>(text) + size;
  return latchkeyParse(text, static_cast<int>(size));
}

// printf and what it brings along are 4 KB of a page's bytes, for two texts that nobody reads: the token that nlohmann's
// lexer stopped at (the engine says line and column itself), and the C++ runtime's last words before it gives up, for
// which a trap says as much. (Linked with --wrap=snprintf, --wrap=abort_message.)
extern "C" int __wrap_snprintf(char* text, std::size_t size, const char*, ...) {
  if (size > 0) text[0] = '\0';
  return 0;
}
extern "C" [[noreturn]] void __wrap_abort_message(const char*, ...) { __builtin_trap(); }

namespace latchkey {
namespace {

class JsPattern final : public Pattern {
 public:
  explicit JsPattern(int id) : id_(id) {}
  ~JsPattern() override { latchkeyRelease(id_); }
  bool matches(std::string_view text) const override {
    return latchkeyMatches(id_, text.data(), static_cast<int>(text.size())) != 0;
  }

 private:
  int id_;
};

}  // namespace

std::unique_ptr<const Pattern> JsPlatform::compile(std::string_view source, bool ignoreCase) const {
  const int id = latchkeyCompile(source.data(), static_cast<int>(source.size()), ignoreCase);
  if (id == 0) return nullptr;
  return std::make_unique<JsPattern>(id);
}

std::string JsPlatform::changeCase(std::string_view text, LetterCase to) const {
  int size = 0;
  char* changed = latchkeyChangeCase(text.data(), static_cast<int>(text.size()), static_cast<int>(to), &size);
  std::string result(changed, static_cast<std::size_t>(size));
  std::free(changed);
  return result;
}

double readNumber(std::string_view text) { return latchkeyParse(text.data(), static_cast<int>(text.size())); }

std::string formatFraction(double number) {
  char text[40];
  return std::string(text, static_cast<std::size_t>(latchkeyFormat(number, text)));
}

}  // namespace latchkey
