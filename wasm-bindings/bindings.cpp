// The engine for JavaScript: one class, JSON text in and out. A text goes in through the buffer that input() makes and
// comes out where border() says: crossing as bytes costs a fraction of Embind's strings, and a turn is one call. One
// Engine holds one bot and any number of its conversations by number; web/src/engine.ts is its only user. What no page asks
// for is left out with LATCHKEY_OF_PAGES.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <emscripten/bind.h>

#include "js_platform.hpp"
#include "latchkey/conversation.hpp"

namespace {

class Engine {
 public:
  /// Makes room for a text of `size` bytes and returns where it is in the memory: good until the next call of this.
  std::uintptr_t input(std::size_t size) {
    input_.resize(size);
    return reinterpret_cast<std::uintptr_t>(input_.data());
  }

  /// Where the memory holds, after each call that has an output, the address of that output (32 bits). Its size in bytes
  /// is what the call returned.
  std::uintptr_t border() const { return reinterpret_cast<std::uintptr_t>(&outputAt_); }

  /// A view of the whole memory: JavaScript needs one again after each growth.
  emscripten::val memory() const {
    return emscripten::val(emscripten::typed_memory_view(1, reinterpret_cast<const std::uint8_t*>(input_.data())));
  }

  // `size` is that of the text in the input, in bytes.

  /// Loads the bot file in the input. Output: `{ bot, problems }`.
  std::size_t load(std::size_t size) {
    latchkey::LoadResult result = latchkey::loadBot(text(size), platform_);
    bot_ = result.bot;
    return put(latchkey::toJson(result));
  }

  /// A new conversation of the bot, by number. It waits for `started` or a snapshot.
  int open() {
    auto conversation = std::make_unique<latchkey::Conversation>(bot_, tracer());
    if (free_.empty()) {
      conversations_.push_back(std::move(conversation));
      return static_cast<int>(conversations_.size()) - 1;
    }
    const int number = free_.back();
    free_.pop_back();
    conversations_[static_cast<std::size_t>(number)] = std::move(conversation);
    return number;
  }
  /// Its number may be given to another one.
  void close(int conversation) {
    conversations_[static_cast<std::size_t>(conversation)].reset();
    free_.push_back(conversation);
  }

  /// Handles the event in the input. Output: the turn.
  std::size_t handle(int conversation, std::size_t size) { return put(at(conversation).handle(text(size))); }
  /// Restores the snapshot in the input. Output: the turn, or why it was refused.
  std::size_t restore(int conversation, std::size_t size, double nowMs) {
    return put(at(conversation).restore(text(size), toMs(nowMs)));
  }
  std::size_t snapshot(int conversation) { return put(at(conversation).snapshot()); }
  std::size_t status(int conversation, double nowMs) { return put(at(conversation).status(toMs(nowMs))); }

#ifndef LATCHKEY_OF_PAGES
  std::size_t attributes(int conversation, double nowMs) { return put(at(conversation).attributes(toMs(nowMs))); }

  /// Output: what ran since this was asked last, in the conversations that were opened after it was asked first.
  std::size_t trace() {
    traces_ = true;
    return put(latchkey::toJson(trace_.take(*bot_)));
  }
  /// Output: all that a trace can tell.
  std::size_t outline() { return put(latchkey::toJson(latchkey::outline(*bot_))); }
#endif

 private:
#ifdef LATCHKEY_OF_PAGES
  latchkey::Trace* tracer() { return nullptr; }
#else
  latchkey::Trace* tracer() { return traces_ ? &trace_ : nullptr; }
  latchkey::Trace trace_;
  bool traces_ = false;
#endif
  static std::int64_t toMs(double nowMs) { return static_cast<std::int64_t>(nowMs); }
  std::string_view text(std::size_t size) const { return std::string_view(input_).substr(0, size); }
  latchkey::Conversation& at(int conversation) { return *conversations_[static_cast<std::size_t>(conversation)]; }
  std::size_t put(std::string text) {
    output_ = std::move(text);
    outputAt_ = output_.data();
    return output_.size();
  }

  latchkey::JsPlatform platform_;
  std::string input_;
  std::string output_;
  const char* outputAt_ = nullptr;
  std::shared_ptr<const latchkey::Bot> bot_;
  std::vector<std::unique_ptr<latchkey::Conversation>> conversations_;
  /// The numbers of those that were closed.
  std::vector<int> free_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(latchkey) {
  emscripten::class_<Engine>("Engine")
      .constructor<>()
      .function("input", &Engine::input)
      .function("border", &Engine::border)
      .function("memory", &Engine::memory)
      .function("load", &Engine::load)
      .function("open", &Engine::open)
      .function("close", &Engine::close)
      .function("handle", &Engine::handle)
      .function("restore", &Engine::restore)
      .function("snapshot", &Engine::snapshot)
#ifndef LATCHKEY_OF_PAGES
      .function("attributes", &Engine::attributes)
      .function("trace", &Engine::trace)
      .function("outline", &Engine::outline)
#endif
      .function("status", &Engine::status);
}
