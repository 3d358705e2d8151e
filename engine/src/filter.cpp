#include "filter.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "attribute.hpp"
#include "date_format.hpp"
#include "url.hpp"

namespace latchkey {
namespace {

/// What `date` prints without a format, as liquidjs does.
constexpr std::string_view usualDate = "%A, %B %-e, %Y at %-l:%M %P %z";
constexpr double usualTruncation = 50;
/// The furthest instant that an ECMAScript Date holds, in milliseconds from the epoch.
constexpr double furthestMs = 8.64e15;
/// Number.MAX_SAFE_INTEGER
constexpr double largestSafe = 9007199254740991.0;

/// The items of a list with a separator between them, those of lists inside with another; any other value as it prints.
std::string joined(const Value& value, std::string_view separator, std::string_view inner) {
  if (!value.list()) return print(value);
  std::string text;
  for (const Value& item : *value.list()) {
    if (&item != &value.list()->front()) text += separator;
    text += joined(item, inner, inner);
    if (text.size() > largestValue) break;
  }
  return text;
}

/// ECMAScript's Number: what is none is NaN.
double toNumber(const Value& value) {
  if (value.number()) return *value.number();
  if (value.boolean()) return *value.boolean();
  return readNumber(trim(joined(value, ",", ",")));
}

/// `wanted` of `most`: a part of one counts as one, what is no number as none.
std::size_t atMost(std::size_t most, double wanted) {
  if (!(wanted > 0)) return 0;
  return wanted < static_cast<double>(most) ? static_cast<std::size_t>(std::ceil(wanted)) : most;
}

/// Cuts a text at each separator as String.prototype.split does; at an empty one between any two characters.
struct Pieces {
  std::string_view rest;
  std::string_view separator;
  bool more = true;

  std::string_view next() {
    const std::size_t end = separator.empty() ? firstCharacters(rest, 1).size() : rest.find(separator);
    more = end < rest.size();
    const std::string_view piece = rest.substr(0, end);
    if (more) rest.remove_prefix(end + separator.size());
    return piece;
  }
};

std::string replace(std::string_view text, std::string_view pattern, std::string_view replacement) {
  Pieces pieces{text, pattern};
  std::string result(pieces.next());
  while (pieces.more && result.size() <= largestValue) (result += replacement) += pieces.next();
  return result;
}

Value split(const FilterInput& in) {
  List pieces;
  // An item counts 8 bytes at least.
  for (Pieces cut{in.text, in.firstText}; cut.more && pieces.size() <= largestValue / 8;) pieces.push_back(Value(cut.next()));
  while (!pieces.empty() && pieces.back().text()->empty()) pieces.pop_back();
  return Value(std::move(pieces));
}

Value truncate(const FilterInput& in) {
  const std::string_view mark = in.given > 1 ? std::string_view(in.secondText) : "...";
  const double length = in.given > 0 ? toNumber(in.first) : usualTruncation;
  const std::size_t size = countCharacters(in.text);
  if (atMost(size, length) == size) return in.value;
  return Value(std::string(firstCharacters(in.text, atMost(size, length - static_cast<double>(countCharacters(mark))))).append(mark));
}

Value slice(const FilterInput& in) {
  const List* list = in.value.list();
  const std::size_t size = list ? list->size() : countCharacters(in.text);
  double begin = toNumber(in.first), length = in.given > 1 ? toNumber(in.second) : 1;
  if (begin < 0) begin += static_cast<double>(size);
  if (begin < 0) length = -1;
  if (!list && !in.value.isNull())
    return Value(length < 0 ? std::string_view() : firstCharacters(lastCharacters(in.text, size - atMost(size, begin)), atMost(size, length)));
  List items;
  // JavaScript cuts off the fraction of a list's index.
  const std::size_t end = length < 0 ? 0 : atMost(size, std::trunc(begin + length));
  for (std::size_t i = atMost(size, std::trunc(begin)); i < end; ++i) items.push_back(Value((*list)[i]));
  return Value(std::move(items));
}

/// The first or last item of a list or character of a text; an empty text of anything else.
Value end(const FilterInput& in, bool last) {
  if (const List* list = in.value.list()) return list->empty() ? Value() : last ? list->back() : list->front();
  const std::string_view text = in.value.text() ? std::string_view(in.text) : "";
  return Value(last ? lastCharacters(text, 1) : firstCharacters(text, 1));
}

/// As ECMAScript takes a value for a condition.
bool isTruthy(const Value& value) {
  if (value.boolean()) return *value.boolean();
  if (value.number()) return *value.number() != 0;
  if (value.text()) return !value.text()->empty();
  return !value.isNull();
}

Value orDefault(const FilterInput& in) {
  bool empty = in.text.empty();
  if (in.value.list()) empty = in.value.list()->empty();
  if (in.value.boolean()) empty = !*in.value.boolean() && !isTruthy(in.second);
  return empty ? in.first : in.value;
}

/// The number with its decimal point moved in its text, so that 1.005 becomes 100.5.
double shiftDecimal(double number, double places) {
  const std::string text = formatNumber(number);
  const std::size_t e = std::min(text.find('e'), text.size());
  const double power = places + (e < text.size() ? readNumber(std::string_view(text).substr(e + 1)) : 0);
  return readNumber(text.substr(0, e) + "e" + formatNumber(power));
}

double round(double number, double places, double) {
  const double scaled = shiftDecimal(std::fabs(number), places);
  if (!(scaled <= largestSafe)) return number;
  const double whole = std::floor(scaled);
  return std::copysign(shiftDecimal(scaled - whole < 0.5 ? whole : whole + 1, -places), number);
}

/// An instant as parseInstant takes it, also with a space for the T, or without a zone: then it is UTC.
std::optional<Instant> readInstant(std::string text) {
  if (text.size() > 18 && text[10] == ' ') text[10] = 'T';
  if (text.size() > 18 && text.find_first_of("Z+-", 19) == std::string::npos) text += 'Z';
  return parseInstant(text);
}

/// ISO days and instants, seconds since the epoch as a number or in digits, and the instant of the event.
std::optional<Instant> readDate(const FilterInput& in) {
  if (in.text == "now" || in.text == "today") return in.now;
  const bool inDigits = std::all_of(in.text.begin(), in.text.end(), isDigit);
  const std::optional<double> seconds = in.value.number() ? std::optional(*in.value.number()) : inDigits ? parseNumber(in.text) : std::nullopt;
  if (!seconds) return readInstant(in.text);
  const double ms = *seconds * 1000;
  return std::fabs(ms) <= furthestMs ? std::optional(static_cast<Instant>(ms)) : std::nullopt;
}

Value date(const FilterInput& in) {
  const std::optional<Instant> instant = readDate(in);
  return instant ? Value(formatDate(*instant, in.first.isNull() ? usualDate : std::string_view(in.firstText))) : in.value;
}

std::string capitalize(const FilterInput& in) {
  const std::string_view first = firstCharacters(in.text, 1);
  return changeCase(first, LetterCase::upper, in.platform) + changeCase(std::string_view(in.text).substr(first.size()), LetterCase::lower, in.platform);
}

std::string escape(const FilterInput& in) {
  // Entities of six characters, filled up with spaces.
  constexpr std::string_view marks = "&<>\"'", entities = "&amp; &lt;  &gt;  &#34; &#39; ";
  std::string escaped;
  for (const char& c : in.text) {
    const std::size_t mark = marks.find(c);
    escaped += mark < marks.size() ? trim(entities.substr(mark * 6, 6)) : std::string_view(&c, 1);
  }
  return escaped;
}

Value size(const FilterInput& in) {
  const std::size_t size = in.value.list() ? in.value.list()->size() : in.value.text() ? countCharacters(in.text) : 0;
  return Value(static_cast<double>(size));
}

using In = const FilterInput&;

constexpr Filter ofValues(std::string_view name, std::uint8_t least, std::uint8_t most, Value (*run)(In), std::string_view option = {}) {
  return {name, least, most, run, nullptr, nullptr, option};
}
constexpr Filter ofNumbers(std::string_view name, std::uint8_t least, std::uint8_t most, double (*run)(double, double, double)) {
  return {name, least, most, nullptr, run};
}
constexpr Filter ofTexts(std::string_view name, std::uint8_t least, std::uint8_t most, std::string (*run)(In)) {
  return {name, least, most, nullptr, nullptr, run};
}

constexpr Filter filters[] = {
    ofNumbers("abs", 0, 0, [](double number, double, double) { return std::fabs(number); }),
    ofTexts("append", 1, 1, [](In in) { return in.text + in.firstText; }),
    ofTexts("capitalize", 0, 0, capitalize),
    ofNumbers("ceil", 0, 0, [](double number, double, double) { return std::ceil(number); }),
    ofValues("date", 0, 1, date),
    ofValues("default", 0, 1, orDefault, "allow_false"),
    ofNumbers("divided_by", 1, 2, [](double number, double by, double whole) { return whole != 0 ? std::floor(number / by) : number / by; }),
    ofTexts("downcase", 0, 0, [](In in) { return changeCase(in.text, LetterCase::lower, in.platform); }),
    ofTexts("escape", 0, 0, escape),
    ofValues("first", 0, 0, [](In in) { return end(in, false); }),
    ofNumbers("floor", 0, 0, [](double number, double, double) { return std::floor(number); }),
    ofTexts("join", 0, 1, [](In in) { return joined(in.value, in.first.isNull() ? " " : std::string_view(in.firstText), ","); }),
    ofValues("last", 0, 0, [](In in) { return end(in, true); }),
    ofTexts("mask", 1, 1, [](In in) { return mask(in.text, static_cast<int>(atMost(largestValue, toNumber(in.first)))); }),
    ofNumbers("minus", 1, 1, [](double number, double less, double) { return number - less; }),
    ofNumbers("plus", 1, 1, [](double number, double more, double) { return number + more; }),
    ofTexts("prepend", 1, 1, [](In in) { return in.firstText + in.text; }),
    ofTexts("remove", 1, 1, [](In in) { return replace(in.text, in.firstText, in.secondText); }),
    ofTexts("replace", 1, 2, [](In in) { return replace(in.text, in.firstText, in.secondText); }),
    ofNumbers("round", 0, 1, round),
    ofValues("size", 0, 0, size),
    ofValues("slice", 1, 2, slice),
    ofValues("split", 1, 1, split),
    ofTexts("strip", 0, 0, [](In in) { return std::string(trim(in.text)); }),
    ofNumbers("times", 1, 1, [](double number, double by, double) { return number * by; }),
    ofValues("truncate", 0, 2, truncate),
    ofTexts("upcase", 0, 0, [](In in) { return changeCase(in.text, LetterCase::upper, in.platform); }),
    ofTexts("url_encode", 0, 0, [](In in) { return replace(percentEncode(in.text), "%20", "+"); }),
};

double numberOf(const Value& value) {
  const double number = toNumber(value);
  return std::isnan(number) ? 0 : number;
}

Value run(const Filter& filter, const FilterInput& in) {
  if (filter.ofNumbers) return Value(filter.ofNumbers(numberOf(in.value), numberOf(in.first), numberOf(in.second)));
  return filter.ofTexts ? Value(filter.ofTexts(in)) : filter.ofValues(in);
}

}  // namespace

const Filter* filterNamed(std::string_view name) {
  const auto found = std::find_if(std::begin(filters), std::end(filters), [&](const Filter& filter) { return filter.name == name; });
  return found == std::end(filters) ? nullptr : found;
}

std::vector<std::string_view> filterNames() {
  std::vector<std::string_view> names;
  for (const Filter& filter : filters) names.push_back(filter.name);
  return names;
}

Value apply(const Filter& filter, FilterInput& input) {
  input.text = printFiltered(input.value);
  input.firstText = printFiltered(input.first);
  input.secondText = printFiltered(input.second);
  Value result = run(filter, input);
  const bool endless = result.number() && !std::isfinite(*result.number());
  return endless || !isModest(result) ? Value() : result;
}

std::string printFiltered(const Value& value) { return joined(value, "", ""); }

}  // namespace latchkey
