#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "latchkey/platform.hpp"
#include "text.hpp"
#include "value.hpp"

namespace latchkey {

/// What a filter works on: the value before it, its arguments, the instant of the event, and Unicode.
struct FilterInput {
  const Value& value;
  /// How many arguments there are; the others are null.
  std::size_t given;
  Value first;
  Value second;
  Instant now;
  const Platform& platform;
  /// The value and the arguments as Liquid prints them; apply() fills them in.
  std::string text = {};
  std::string firstText = {};
  std::string secondText = {};
};

/// A filter of docs/bot-format.md, section 3: how many arguments it takes, and what it does. It is one of three functions:
/// of values; of the value and the arguments as numbers, what is none being 0; or of them as texts.
struct Filter {
  std::string_view name;
  std::uint8_t least = 0;
  std::uint8_t most = 0;
  Value (*ofValues)(const FilterInput& input) = nullptr;
  double (*ofNumbers)(double number, double first, double second) = nullptr;
  std::string (*ofTexts)(const FilterInput& input) = nullptr;
  /// The name of the second argument, where that is given by name.
  std::string_view option = {};
};

/// Null pointer when there is none of this name.
const Filter* filterNamed(std::string_view name);
std::vector<std::string_view> filterNames();

/// What the filter makes of its input; null when that is no finite number, over 1 MiB or nested deeper than 64.
Value apply(const Filter& filter, FilterInput& input);

/// A value as Liquid prints it: a list's items one after the other. Objects are JSON text.
std::string printFiltered(const Value& value);

}  // namespace latchkey
