#pragma once

#include "latchkey/platform.hpp"

/// The platform that the tests run on: libraries in native builds, JavaScript in the WebAssembly build.
const latchkey::Platform& testPlatform();
