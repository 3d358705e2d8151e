#include "date_format.hpp"

#include <algorithm>
#include <array>

#include "attribute.hpp"

namespace latchkey {
namespace {

/// Names of nine characters, filled up with spaces.
constexpr std::size_t nameWidth = 9;
constexpr std::string_view weekdays = "Sunday   Monday   Tuesday  WednesdayThursday Friday   Saturday ";
constexpr std::string_view months = "January  February March    April    May      June     July     August   SeptemberOctober  November December ";
constexpr std::int64_t msPerDay = 86'400'000;

/// `%-10Y`: what stands between the per cent sign and the letter, and the letter.
struct Directive {
  bool has(char flag) const { return (flags >> (flag & 31) & 1) != 0; }
  /// Flags by the last five bits of their characters, which differ.
  unsigned flags = 0;
  std::size_t width = 0;
  char letter = 0;
};

/// The directives of numbers, and how wide each is unless it says otherwise.
constexpr std::string_view numberLetters = "CdeHIjklLmMSuUwWyY";
constexpr std::string_view numberWidths = "222223223222020224";
/// The directives that are padded with spaces, not zeros.
constexpr std::string_view spaced = "aAbBceklpP";

/// The week of the year, counted from the first `weekday - dayOfWeek`; days before it belong to week 0.
int weekOf(int dayOfYear, int dayOfWeek) { return (dayOfYear + 7 - dayOfWeek) / 7; }

std::string_view name(std::string_view names, std::size_t index) { return trim(names.substr(index * nameWidth, nameWidth)); }

std::string_view ordinal(unsigned day) {
  const unsigned unit = day % 10;
  return unit == 0 || unit > 3 || day / 10 == 1 ? "th" : std::string_view("stndrd").substr(unit * 2 - 2, 2);
}

/// What the directive prints before it is padded; nothing when there is no such directive.
std::string print(Instant instant, const Directive& directive) {
  const std::int64_t days = dayOf(instant);
  const Day date = civilFromDays(days);
  const auto year = static_cast<int>(date.year), month = static_cast<int>(date.month), day = static_cast<int>(date.day);
  const auto ms = static_cast<int>(instant - days * msPerDay), dayOfYear = static_cast<int>(days - daysFromCivil({date.year, 1, 1}));
  const int hour = ms / 3'600'000, hourOfClock = (hour + 11) % 12 + 1, weekday = static_cast<int>((days % 7 + 11) % 7);
  const int numbers[] = {(year - (year % 100 + 100) % 100) / 100, day, day, hour, hourOfClock, dayOfYear + 1, hour, hourOfClock, ms % 1000, month,
                         ms / 60'000 % 60, ms / 1000 % 60, weekday == 0 ? 7 : weekday, weekOf(dayOfYear, weekday), weekday,
                         weekOf(dayOfYear, (weekday + 6) % 7), (year % 100 + 100) % 100, year};
  if (const std::size_t at = numberLetters.find(directive.letter); at < numberLetters.size()) return std::to_string(numbers[at]);
  std::string_view text;
  switch (directive.letter) {
    case 'a': text = name(weekdays, static_cast<std::size_t>(weekday)).substr(0, 3); break;
    case 'A': text = name(weekdays, static_cast<std::size_t>(weekday)); break;
    case 'b': case 'h': text = name(months, date.month - 1).substr(0, 3); break;
    case 'B': text = name(months, date.month - 1); break;
    case 'c': return formatDate(instant, "%x, %X");
    case 'D': return formatDate(instant, "%m/%d/%y");
    case 'F': return formatDate(instant, "%Y-%m-%d");
    case 'R': return formatDate(instant, "%H:%M");
    case 'T': return formatDate(instant, "%H:%M:%S");
    case 'x': return formatDate(instant, "%-m/%-d/%Y");
    case 'X': return formatDate(instant, "%-l:%M:%S %p");
    case 'N': return std::to_string(1000 + ms % 1000).substr(1);
    case 'p': text = hour < 12 ? "AM" : "PM"; break;
    case 'P': text = hour < 12 ? "am" : "pm"; break;
    case 'q': text = ordinal(date.day); break;
    case 's': return std::to_string((instant - ((ms % 1000))) / 1000);
    case 'z': case 'Z': text = directive.has(':') ? "+00:00" : "+0000"; break;
    case 't': text = "\t"; break;
    case 'n': text = "\n"; break;
    case '%': text = "%"; break;
  }
  return std::string(text);
}

/// Adds what a directive printed, with its flags and its width.
void add(std::string& out, std::string_view text, const Directive& directive) {
  const bool isFraction = directive.letter == 'N';
  const bool raise = directive.has('^') || (directive.has('#') && std::any_of(text.begin(), text.end(), [](char c) { return upperAscii(c) != c; }));
  const bool spaces = directive.has('_') || (spaced.find(directive.letter) < spaced.size() && !directive.has('0'));
  const std::size_t width = directive.has('-') && !isFraction ? 0 : directive.width;
  if (isFraction) text = text.substr(0, width);
  std::size_t missing = width - std::min(text.size(), width);
  if (!spaces && text.starts_with('-')) {
    out += '-';
    text.remove_prefix(1);
  }
  for (; missing > 0 && !isFraction; --missing) out += spaces ? ' ' : '0';
  for (char c : text) out += raise ? upperAscii(c) : directive.has('#') ? lowerAscii(c) : c;
  for (; missing > 0; --missing) out += '0';
}

/// The directive after a per cent sign; `at` goes on to its letter.
Directive read(std::string_view format, std::size_t& at) {
  const auto next = [&] { return ++at < format.size() ? format[at] : '\0'; };
  Directive directive;
  char c = next();
  for (; c == '-' || c == '_' || c == '0' || c == '^' || c == '#' || c == ':'; c = next()) directive.flags |= 1u << (c & 31);
  for (; isDigit(c); c = next()) directive.width = std::min(largestValue + 1, directive.width * 10 + static_cast<std::size_t>(c - '0'));
  if (c == 'E' || c == 'O') c = next();
  directive.letter = c;
  const std::size_t usual = numberLetters.find(c);
  if (directive.width == 0) directive.width = c == 'N' ? 9 : usual < numberWidths.size() ? static_cast<std::size_t>(numberWidths[usual] - '0') : 0;
  return directive;
}

}  // namespace

std::string formatDate(Instant instant, std::string_view format) {
  std::string text;
  for (std::size_t i = 0; i < format.size() && text.size() <= largestValue; ++i) {
    std::size_t end = i;
    const Directive directive = format[i] == '%' ? read(format, end) : Directive();
    const std::string printed = print(instant, directive);
    if (printed.empty()) text += format.substr(i, end - i + 1);
    else add(text, printed, directive);
    i = end;
  }
  return text;
}

}  // namespace latchkey
