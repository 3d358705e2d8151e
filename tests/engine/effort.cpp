#include "effort.hpp"

#include <algorithm>
#include <cstdlib>

std::uint64_t effort(std::uint64_t usual) {
  const char* factor = std::getenv("LATCHKEY_EFFORT");
  if (!factor) return usual;
  return static_cast<std::uint64_t>(std::max(1.0, std::strtod(factor, nullptr) * static_cast<double>(usual)));
}
