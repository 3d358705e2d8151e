#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "latchkey/conversation.hpp"
#include "test_platform.hpp"

/// What libFuzzer calls with each input; the one function of every file beside this.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

/// Ends the process, which libFuzzer takes for a finding, when something that always holds does not.
inline void require(bool holds, std::string_view what, std::string_view came) {
  if (holds) return;
  std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(what.size()), what.data(), static_cast<int>(came.size()), came.data());
  std::abort();
}

inline bool isTurn(std::string_view text) { return text.starts_with(R"({"effects":[)") || text.starts_with(R"({"rejected":")"); }

/// tests/fuzz/bot.json: a question after a lock, an API element with every kind of save, and all that a conversation may wait for.
std::shared_ptr<const latchkey::Bot> fuzzBot();

/// Events that every conversation of it may get.
std::string startedEvent();
std::string textEvent(std::string_view text, std::int64_t now);
