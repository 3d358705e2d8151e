// GoogleTest's own main is not found where Emscripten 3.1.6 has a newer clang than it was made for, as on Ubuntu 24.04: since
// version 15 clang calls a main with arguments __main_argc_argv. There it gets its symbol by hand.

#include <emscripten.h>
#include <gtest/gtest.h>

#if __EMSCRIPTEN_major__ == 3 && __EMSCRIPTEN_minor__ == 1 && __EMSCRIPTEN_tiny__ <= 6
int runTests(int argc, char** argv) __asm__("main");
#define main runTests
#endif

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
