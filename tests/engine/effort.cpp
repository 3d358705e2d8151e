#include "effort.hpp"

#include <algorithm>
#include <cstdlib>

#ifdef __EMSCRIPTEN__
#include <emscripten.h>

namespace {
/// A program of Emscripten's has an environment of its own.
double factor() { return EM_ASM_DOUBLE({ return Number(process.env.LATCHKEY_EFFORT || 1); }); }
}  // namespace
#else
namespace {
double factor() {
  const char* written = std::getenv("LATCHKEY_EFFORT");
  return written ? std::strtod(written, nullptr) : 1;
}
}  // namespace
#endif

std::uint64_t effort(std::uint64_t usual) { return static_cast<std::uint64_t>(std::max(1.0, factor() * static_cast<double>(usual))); }
