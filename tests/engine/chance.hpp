#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

/// Chance that comes out the same wherever it runs: the distributions of <random> differ between libraries.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : generator_(seed) {}

  std::uint64_t next() { return generator_(); }
  /// From 0 to `count` - 1.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(generator_() % count); }
  bool percent(unsigned share) { return below(100) < share; }
  template <class Item>
  const Item& pick(const std::vector<Item>& items) { return items[below(items.size())]; }

 private:
  std::mt19937_64 generator_;
};

/// Texts of visitors and of APIs that nobody thought of: empty, endless, foreign, reversed, half of markup, of JSON and of a template.
const std::vector<std::string>& strangeTexts();
