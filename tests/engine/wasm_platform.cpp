#include "js_platform.hpp"
#include "test_platform.hpp"

/// The platform of the engine's tests when they run as WebAssembly.
const latchkey::Platform& testPlatform() {
  static const latchkey::JsPlatform platform;
  return platform;
}
