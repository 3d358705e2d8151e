// Numbers as text, where there is no JavaScript to write them.

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

#include "latchkey/platform.hpp"

namespace latchkey {
namespace {

/// The whole number with these digits, each of them below the base.
double readDigits(std::string_view digits, int base) {
  double number = 0;
  for (char c : digits) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : base;
    if (digit >= base) return std::numeric_limits<double>::quiet_NaN();
    number = number * base + digit;
  }
  return digits.empty() ? std::numeric_limits<double>::quiet_NaN() : number;
}

}  // namespace

double readNumber(std::string_view text) {
  if (text.empty()) return 0;
  if (text.starts_with("0x") || text.starts_with("0X")) return readDigits(text.substr(2), 16);
  if (text.starts_with("0o") || text.starts_with("0O")) return readDigits(text.substr(2), 8);
  if (text.starts_with("0b") || text.starts_with("0B")) return readDigits(text.substr(2), 2);
  const std::string_view unsignedText = text.substr(text.front() == '-' || text.front() == '+' ? 1 : 0);
  if (unsignedText == "Infinity") return text.front() == '-' ? -HUGE_VAL : HUGE_VAL;
  // strtod also reads hexadecimals, "inf" and "nan", which hold other letters than these.
  if (text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::numeric_limits<double>::quiet_NaN();
  const std::string copy(text);
  char* end = nullptr;
  const double number = std::strtod(copy.c_str(), &end);
  return end == copy.c_str() + copy.size() ? number : std::numeric_limits<double>::quiet_NaN();
}

std::string formatFraction(double number) {
  if (!std::isfinite(number)) return std::isnan(number) ? "NaN" : number < 0 ? "-Infinity" : "Infinity";
  char buffer[40];
  const auto written = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  std::string text(buffer, written.ptr);
  const std::string sign = text.starts_with('-') ? "-" : "";
  text.erase(0, sign.size());
  const std::size_t e = text.find('e');
  const int point = std::stoi(text.substr(e + 1)) + 1;
  std::string digits = text.substr(0, 1) + (e > 2 ? text.substr(2, e - 2) : "");
  const int count = static_cast<int>(digits.size());
  if (point > 0 && point <= 21) {
    if (count <= point) return sign + digits + std::string(static_cast<std::size_t>(point - count), '0');
    return sign + digits.insert(static_cast<std::size_t>(point), ".");
  }
  if (point > -6 && point <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (count > 1) digits.insert(1, ".");
  const int exponent = point - 1;
  return sign + digits + (exponent < 0 ? "e-" : "e+") + std::to_string(exponent < 0 ? -exponent : exponent);
}

}  // namespace latchkey
