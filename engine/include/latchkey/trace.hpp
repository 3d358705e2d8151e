#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "latchkey/bot.hpp"

namespace latchkey {

/// Notes what ran, for coverage and proofs: it grows until it is asked. Give it to the conversations of one bot.
class Trace {
 public:
  /// The index that stands for a list as a whole.
  static constexpr std::uint32_t wholeList = UINT32_MAX;

  void note(std::uint32_t list, std::uint32_t index);

  /// RFC 6901 pointers of the elements that ran and of the lists of elements that were entered since this was asked
  /// last, in their order; what ran twice stands there twice.
  std::vector<std::string> take(const Bot& bot);

 private:
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places_;
};

/// Pointers of all that a trace can tell: every list of elements, followed by its elements.
std::vector<std::string> outline(const Bot& bot);

/// The pointers as a JSON list.
std::string toJson(const std::vector<std::string>& pointers);

}  // namespace latchkey
