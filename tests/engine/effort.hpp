#pragma once

#include <cstdint>

/// How often a test by chance is to be repeated: `usual` times, or as many times more as the environment's LATCHKEY_EFFORT says
/// (less below 1). Slow builds try less, long campaigns more.
std::uint64_t effort(std::uint64_t usual);
