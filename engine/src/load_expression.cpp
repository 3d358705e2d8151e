// Templates as they are written: text, {{ a reference | and: its, "filters" }}, and text again.

#include <algorithm>

#include "filter.hpp"
#include "loader.hpp"
#include "text.hpp"

namespace latchkey {
namespace {

/// More in one expression are more than anybody reads, and a bound to what one costs.
constexpr std::size_t mostFilters = 16;

/// Where `wanted` stands outside quotation marks; npos when it does not, or when quotation marks are not closed.
std::size_t findUnquoted(std::string_view text, std::string_view wanted) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\') ++i;
      else if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (text.substr(i).starts_with(wanted)) {
      return i;
    }
  }
  return std::string_view::npos;
}

/// The pieces between separators outside quotation marks, trimmed; one piece at least.
std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> pieces;
  for (std::size_t end; (end = findUnquoted(text, separator)) != std::string_view::npos; text.remove_prefix(end + 1))
    pieces.push_back(trim(text.substr(0, end)));
  pieces.push_back(trim(text));
  return pieces;
}

/// A name, perhaps with a path: something else is badly written, not unknown.
bool isReference(std::string_view source) {
  const std::size_t end = std::min(source.find_first_of(".["), source.size());
  const std::string_view name = trim(source.substr(0, end));
  return !name.empty() && !isDigit(name.front()) && parseSteps(source.substr(end)) &&
         std::all_of(name.begin(), name.end(), [](char c) { return isLetter(c) || isDigit(c) || c == '_'; });
}

std::optional<Value> parseLiteral(std::string_view source) {
  if (source == "true" || source == "false") return Value(source == "true");
  if (source == "nil" || source == "null") return Value();
  if (const auto number = parseNumber(source)) return Value(*number);
  if (!source.starts_with('"') && !source.starts_with('\'')) return std::nullopt;
  std::optional<std::string> text = takeQuoted(source);
  return text && source.empty() ? std::optional<Value>(std::move(*text)) : std::nullopt;
}

}  // namespace

void Loader::badTemplate(std::string_view what, ProblemText fault, const std::string& where) {
  error("badTemplate", where, quoted(what) + fault);
}

Argument Loader::loadArgument(std::string_view source, const std::string& where) {
  Argument argument;
  if (std::optional<Value> literal = parseLiteral(source)) argument.literal = std::move(*literal);
  else if (isReference(source)) argument.reference = loadReference(source, where).value_or(Reference());
  else badTemplate(source, " is no argument of a filter; write a text in quotation marks, a number, true, false, nil or an attribute.", where);
  return argument;
}

void Loader::loadArguments(FilterCall& call, std::string_view source, const std::string& where) {
  for (std::string_view each : split(source, ",")) {
    const std::size_t colon = findUnquoted(each, ":");
    const bool named = colon != std::string_view::npos && trim(each.substr(0, colon)) == call.filter->option;
    Argument argument = loadArgument(named ? trim(each.substr(colon + 1)) : each, where);
    (named || call.given > 0 ? call.second : call.first) = std::move(argument);
    if (!named) ++call.given;
  }
}

void Loader::loadFilter(FilterCall& call, std::string_view source, const std::string& where) {
  const std::size_t colon = findUnquoted(source, ":");
  const std::string_view name = trim(source.substr(0, colon));
  call.filter = filterNamed(name);
  if (!call.filter) return badTemplate(name, " is no filter" + nearestKnown(name, filterNames), where);
  const Filter& filter = *call.filter;
  if (colon != std::string_view::npos) loadArguments(call, source.substr(colon + 1), where);
  if (call.given >= filter.least && call.given <= filter.most) return;
  badTemplate(name, " takes " + plain(filter.least) + " to " + plain(filter.most) + " arguments.", where);
}

Template::Part Loader::loadExpression(std::string_view source, const std::string& where) {
  const std::vector<std::string_view> pieces = split(source, "|");
  Expression expression{{}, std::vector<FilterCall>(pieces.size() - 1)};
  if (isReference(pieces.front())) expression.reference = loadReference(pieces.front(), where).value_or(Reference());
  else badTemplate(pieces.front(), " is not an attribute with a path; write it like {{ customer.accounts[0].balance }}.", where);
  if (expression.filters.size() > mostFilters) badTemplate(source, " has more than 16 filters; save a part of it in an attribute.", where);
  for (std::size_t i = 1; i < pieces.size(); ++i) loadFilter(expression.filters[i - 1], pieces[i], where);
  return expression;
}

Template Loader::loadTemplate(std::string_view source, const std::string& where) {
  Template loaded;
  while (!source.empty()) {
    const std::size_t open = source.find("{{");
    if (open != 0) loaded.parts.push_back(std::string(source.substr(0, open)));
    if (open == std::string_view::npos) break;
    source.remove_prefix(open + 2);
    const std::size_t close = findUnquoted(source, "}}");
    if (close == std::string_view::npos) {
      badTemplate("{{", " has no }}; close it, and the quotation marks in it.", where);
      break;
    }
    loaded.parts.push_back(loadExpression(source.substr(0, close), where));
    source.remove_prefix(close + 2);
  }
  return loaded;
}

}  // namespace latchkey
