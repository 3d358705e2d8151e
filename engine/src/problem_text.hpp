#pragma once

// What the loader says about a problem, made of literals, + and the functions here (and suggestion, nearestKnown, told) alone.
// Only authors of wrong bots read it, so the engine that pages load is compiled without (LATCHKEY_OF_PAGES):
// there a ProblemText is nothing, and what would make one is no code.

#include <initializer_list>
#include <string>
#include <string_view>

namespace latchkey {

#ifdef LATCHKEY_OF_PAGES

inline constexpr bool hasProblemTexts = false;

struct ProblemText {
  constexpr ProblemText() = default;
  constexpr ProblemText(const char*) {}
  operator std::string() const { return {}; }
  friend constexpr ProblemText operator+(ProblemText, ProblemText) { return {}; }
};

constexpr ProblemText plain(std::string_view) { return {}; }
constexpr ProblemText plain(double) { return {}; }
constexpr ProblemText quoted(std::string_view) { return {}; }
constexpr ProblemText listed(std::initializer_list<std::string_view>) { return {}; }

#else

inline constexpr bool hasProblemTexts = true;

using ProblemText = std::string;

inline ProblemText plain(std::string_view text) { return ProblemText(text); }
ProblemText plain(double number);
ProblemText quoted(std::string_view text);
/// "a", "b", "c"
ProblemText listed(std::initializer_list<std::string_view> texts);

#endif

}  // namespace latchkey
