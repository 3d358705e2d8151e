#include "native_platform.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <utf8proc.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "ecmascript_syntax.hpp"
#include "letter_case.hpp"
#include "test_platform.hpp"

namespace {

struct Free {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
  void operator()(pcre2_compile_context* context) const { pcre2_compile_context_free(context); }
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
  void operator()(utf8proc_uint8_t* text) const { std::free(text); }
};

template <class T>
using Owned = std::unique_ptr<T, Free>;

// Enough for every sensible expression over 4,096 characters, and a catastrophic one ends within a second.
constexpr std::uint32_t matchLimit = 1'000'000;

PCRE2_SPTR unitsOf(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

class NativePattern final : public latchkey::Pattern {
 public:
  explicit NativePattern(Owned<pcre2_code> code) : code_(std::move(code)), context_(pcre2_match_context_create(nullptr)) {
    pcre2_set_match_limit(context_.get(), matchLimit);
  }

  bool matches(std::string_view text) const override {
    const Owned<pcre2_match_data> found(pcre2_match_data_create_from_pattern(code_.get(), nullptr));
    return pcre2_match(code_.get(), unitsOf(text), text.size(), 0, 0, found.get(), context_.get()) >= 0;
  }

 private:
  Owned<pcre2_code> code_;
  Owned<pcre2_match_context> context_;
};

std::string fold(std::string_view text) {
  constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STABLE);
  utf8proc_uint8_t* folded = nullptr;
  const auto* units = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const utf8proc_ssize_t length = utf8proc_map(units, static_cast<utf8proc_ssize_t>(text.size()), &folded, options);
  const Owned<utf8proc_uint8_t> owner(folded);
  if (length < 0) return std::string(text);
  return std::string(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(length));
}

}  // namespace

std::unique_ptr<const latchkey::Pattern> NativePlatform::compile(std::string_view source, bool ignoreCase) const {
  if (!isEcmaScriptSyntax(source)) return nullptr;
  const Owned<pcre2_compile_context> context(pcre2_compile_context_create(nullptr));
  pcre2_set_compile_extra_options(context.get(), PCRE2_EXTRA_ALT_BSUX);
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_ANYCRLF);
  constexpr std::uint32_t options =
      PCRE2_UTF | PCRE2_ALT_BSUX | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF | PCRE2_ALLOW_EMPTY_CLASS;
  int error = 0;
  PCRE2_SIZE offset = 0;
  Owned<pcre2_code> code(pcre2_compile(unitsOf(source), source.size(), options | (ignoreCase ? PCRE2_CASELESS : 0), &error, &offset, context.get()));
  if (!code) return nullptr;
  return std::make_unique<NativePattern>(std::move(code));
}

std::string NativePlatform::changeCase(std::string_view text, latchkey::LetterCase to) const {
  if (to == latchkey::LetterCase::folded) return fold(text);
  return to == latchkey::LetterCase::upper ? toUpperCase(text) : toLowerCase(text);
}

const latchkey::Platform& testPlatform() {
  static const NativePlatform platform;
  return platform;
}
