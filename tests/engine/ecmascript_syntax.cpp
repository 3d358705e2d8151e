#include "ecmascript_syntax.hpp"

#include <cstddef>
#include <string_view>

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool allHex(std::string_view text, std::size_t length) {
  if (text.size() < length) return false;
  for (char c : text.substr(0, length)) {
    if (!isHex(c)) return false;
  }
  return true;
}

class Scanner {
 public:
  explicit Scanner(std::string_view source) : rest_(source) {}

  bool accepts() {
    while (!rest_.empty()) {
      if (!(inClass_ ? classMember() : term())) return false;
    }
    return true;
  }

 private:
  bool classMember() {
    if (rest_[0] == '\\') return escape();
    if (rest_[0] == ']') inClass_ = false;
    return skip(1);
  }

  bool term() {
    switch (rest_[0]) {
      case '\\': return escape();
      case '[': return openClass();
      case '(': return group();
      case '{': case '*': case '+': case '?': return quantifier();
      case ']': case '}': return false;
      default: return skip(1);
    }
  }

  bool escape() {
    if (rest_.size() < 2) return false;
    const char c = rest_[1];
    if (c == 'x') return allHex(rest_.substr(2), 2) && skip(4);
    if (c == 'u') return (rest_.substr(2, 1) == "{" || allHex(rest_.substr(2), 4)) && escapedLetter();
    if (c == '-') return inClass_ && skip(2);
    if (isDigit(c) || std::string_view("dDsSwWbBfnrtvckpP^$\\.*+?()[]{}|/").find(c) != std::string_view::npos) return escapedLetter();
    return false;
  }

  bool escapedLetter() {
    const char c = rest_[1];
    const bool braced = (c == 'u' || c == 'p' || c == 'P') && rest_.substr(2, 1) == "{";
    if (!braced) return (c != 'p' && c != 'P') && skip(2);
    const std::size_t end = rest_.find('}');
    return end != std::string_view::npos && skip(end + 1);
  }

  bool openClass() {
    inClass_ = true;
    // ECMAScript closes a class at the first "]", even directly after the opening; so does PCRE2_ALLOW_EMPTY_CLASS.
    return skip(rest_.substr(1, 1) == "^" ? 2 : 1);
  }

  bool group() {
    if (rest_.substr(1, 1) != "?") return rest_.substr(1, 1) != "*" && skip(1);
    for (std::string_view kind : {"(?:", "(?=", "(?!", "(?<"}) {
      if (rest_.substr(0, 3) == kind) return skip(3);
    }
    return false;
  }

  bool quantifier() {
    if (rest_[0] == '{') {
      const std::size_t end = rest_.find('}');
      if (end == std::string_view::npos || !isCount(rest_.substr(1, end - 1))) return false;
      skip(end + 1);
    } else {
      skip(1);
    }
    if (rest_.substr(0, 1) == "?") skip(1);
    return rest_.empty() || std::string_view("*+?{").find(rest_[0]) == std::string_view::npos;
  }

  static bool isCount(std::string_view text) {
    if (text.empty() || !isDigit(text[0])) return false;
    bool comma = false;
    for (char c : text) {
      if (c == ',' && !comma) comma = true;
      else if (!isDigit(c)) return false;
    }
    return true;
  }

  bool skip(std::size_t count) {
    rest_.remove_prefix(count);
    return true;
  }

  std::string_view rest_;
  bool inClass_ = false;
};

}  // namespace

bool isEcmaScriptSyntax(std::string_view source) { return Scanner(source).accepts(); }
