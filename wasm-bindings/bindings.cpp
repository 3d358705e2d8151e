// The engine for JavaScript: one class, JSON text in and out. A text goes in through the buffer that input() makes and
// comes out at output(): crossing as bytes costs a fraction of Embind's strings. One Engine holds one bot and any number
// of its conversations by number; web/src/engine.ts is its only user.

#include <cstdint>
#include <string>
#include <unordered_map>

#include <emscripten/bind.h>

#include "js_platform.hpp"
#include "latchkey/conversation.hpp"

namespace {

class Engine {
 public:
  /// Makes room for a text of `size` bytes and returns where it is in the memory.
  std::uintptr_t input(std::size_t size) {
    input_.resize(size);
    return reinterpret_cast<std::uintptr_t>(input_.data());
  }

  /// Where the result of the last call is; its size is what that call returned.
  std::uintptr_t output() const { return reinterpret_cast<std::uintptr_t>(output_.data()); }

  /// A view of the whole memory: JavaScript needs one again after each growth.
  emscripten::val memory() const {
    return emscripten::val(emscripten::typed_memory_view(1, reinterpret_cast<const std::uint8_t*>(input_.data())));
  }

  /// Loads the bot file in the input. Output: `{ bot, problems }`.
  std::size_t load() {
    latchkey::LoadResult result = latchkey::loadBot(input_, platform_);
    bot_ = result.bot;
    return put(latchkey::toJson(result));
  }

  /// A new conversation of the bot, by number. It waits for `started` or a snapshot.
  int open() {
    conversations_.emplace(++lastConversation_, latchkey::Conversation(bot_));
    return lastConversation_;
  }
  void close(int conversation) { conversations_.erase(conversation); }

  /// Handles the event in the input. Output: the turn.
  std::size_t handle(int conversation) { return put(at(conversation).handle(input_)); }
  /// Restores the snapshot in the input. Output: the turn, or why it was refused.
  std::size_t restore(int conversation, double nowMs) { return put(at(conversation).restore(input_, toMs(nowMs))); }
  std::size_t snapshot(int conversation) { return put(at(conversation).snapshot()); }
  std::size_t status(int conversation, double nowMs) { return put(at(conversation).status(toMs(nowMs))); }
  std::size_t attributes(int conversation, double nowMs) { return put(at(conversation).attributes(toMs(nowMs))); }

 private:
  static std::int64_t toMs(double nowMs) { return static_cast<std::int64_t>(nowMs); }
  latchkey::Conversation& at(int conversation) { return conversations_.at(conversation); }
  std::size_t put(std::string text) {
    output_ = std::move(text);
    return output_.size();
  }

  latchkey::JsPlatform platform_;
  std::string input_;
  std::string output_;
  std::shared_ptr<const latchkey::Bot> bot_;
  std::unordered_map<int, latchkey::Conversation> conversations_;
  int lastConversation_ = 0;
};

}  // namespace

EMSCRIPTEN_BINDINGS(latchkey) {
  emscripten::class_<Engine>("Engine")
      .constructor<>()
      .function("input", &Engine::input)
      .function("output", &Engine::output)
      .function("memory", &Engine::memory)
      .function("load", &Engine::load)
      .function("open", &Engine::open)
      .function("close", &Engine::close)
      .function("handle", &Engine::handle)
      .function("restore", &Engine::restore)
      .function("snapshot", &Engine::snapshot)
      .function("status", &Engine::status)
      .function("attributes", &Engine::attributes);
}
