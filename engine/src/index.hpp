#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace latchkey {

/// Names to numbers. One type for all of them, also where a set would do: each kind of container is code that a page loads.
using Index = std::map<std::string, std::uint32_t, std::less<>>;

}  // namespace latchkey
