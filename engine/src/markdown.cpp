#include "markdown.hpp"

#include <algorithm>

#include "text.hpp"

namespace latchkey {
namespace {

/// Emphasis by the rules of flanking (CommonMark 0.31.2, section 6.2): a run of * or _ that may open, and one that may close.
bool holdsEmphasis(std::string_view text, char mark) {
  bool open = false;
  for (std::size_t start = text.find(mark); start != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_not_of(mark, start), text.size());
    const char before = start == 0 ? ' ' : text[start - 1], after = end == text.size() ? ' ' : text[end];
    const bool left = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
    const bool right = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
    const bool within = mark == '_' && left && right;
    if (open && right && (!within || isPunctuation(after))) return true;
    if (left && (!within || isPunctuation(before))) open = true;
    start = text.find(mark, end);
  }
  return false;
}

/// Two runs of the same number of backticks.
bool holdsCode(std::string_view text) {
  for (std::size_t start = text.find('`'); start != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_not_of('`', start), text.size());
    for (std::size_t at = text.find('`', end); at != std::string_view::npos;) {
      const std::size_t past = std::min(text.find_first_not_of('`', at), text.size());
      if (past - at == end - start) return true;
      at = text.find('`', past);
    }
    start = text.find('`', end);
  }
  return false;
}

/// `[text](address)`, or an address in angle brackets.
bool holdsLink(std::string_view text) {
  const std::size_t middle = text.find("](");
  if (middle != std::string_view::npos && text.substr(0, middle).find('[') != std::string_view::npos &&
      text.find(')', middle) != std::string_view::npos)
    return true;
  for (std::size_t open = text.find('<'); open != std::string_view::npos; open = text.find('<', open + 1)) {
    const std::string_view inside = text.substr(open + 1, std::min(text.find('>', open), text.size()) - open - 1);
    const bool closed = open + 1 + inside.size() < text.size();
    const bool plain = std::none_of(inside.begin(), inside.end(), [](char c) { return isSpace(c) || c == '<'; });
    if (closed && plain && !inside.empty() && isLetter(inside.front()) && inside.find_first_of(":@") != std::string_view::npos) return true;
  }
  return false;
}

/// A bullet or a number, and something after it.
bool isItem(std::string_view line) {
  std::size_t mark = std::min(line.find_first_not_of(' '), line.size());
  if (mark > 3) return false;
  std::size_t end = mark;
  while (end < line.size() && end - mark < 9 && isDigit(line[end])) ++end;
  if (end == line.size()) return false;
  const bool bullet = end == mark && (line[end] == '-' || line[end] == '*' || line[end] == '+');
  const bool number = end > mark && (line[end] == '.' || line[end] == ')');
  const std::string_view rest = line.substr(end + 1);
  return (bullet || number) && rest.starts_with(' ') && !trim(rest).empty();
}

/// List items, and hard line breaks: a backslash or two spaces at the end of a line that another one follows.
bool holdsLines(std::string_view text) {
  for (;;) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (isItem(line)) return true;
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + 1);
    const bool follows = !trim(text.substr(0, text.find('\n'))).empty();
    if (follows && !trim(line).empty() && (line.ends_with("  ") || line.ends_with('\\'))) return true;
  }
}

bool holdsEscape(std::string_view text) {
  for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at + 1))
    if (at + 1 < text.size() && isPunctuation(text[at + 1])) return true;
  return false;
}

}  // namespace

bool holdsMarkup(std::string_view text) {
  return holdsEmphasis(text, '*') || holdsEmphasis(text, '_') || holdsCode(text) || holdsLink(text) || holdsLines(text) || holdsEscape(text);
}

std::string escapeMarkup(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (isPunctuation(c)) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace latchkey
