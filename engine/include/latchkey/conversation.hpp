#pragma once

// The header to read first. A conversation turns events into effects and touches nothing else: no clock, no network,
// no storage, no chance. The time rides on the event, randomness comes from a seed, so the same bot, seed and events
// give the same effects, byte for byte.
//
//   latchkey::LoadResult loaded = latchkey::loadBot(botText, platform);
//   latchkey::Conversation conversation(loaded.bot);
//   std::string turn = conversation.handle(R"({"type":"started","now":1767603600000,"conversationId":"c","seed":7})");
//   // {"effects":[{"type":"say","message":{"kind":"text","text":"Welcome to Acme Bank."}}, … ]}
//   turn = conversation.handle(R"({"type":"textEntered","now":1767603605000,"text":"C-1001"})");
//
// Events and effects are listed in docs/bot-format.md and typed in web/src/protocol.ts.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "latchkey/bot.hpp"
#include "latchkey/trace.hpp"

namespace latchkey {

class Conversation {
 public:
  /// A conversation that has not begun: its first event is `started`, or it is restored.
  /// `trace`, if there is one, notes what runs; it must outlive the conversation.
  explicit Conversation(std::shared_ptr<const Bot> bot, Trace* trace = nullptr);
  Conversation(Conversation&&) noexcept;
  Conversation& operator=(Conversation&&) noexcept;
  ~Conversation();

  /// Handles one event (JSON text). Returns `{"effects":[…]}`, or `{"rejected":"why"}` for an event that is malformed
  /// or does not fit what the conversation waits for; a rejected event changes nothing.
  std::string handle(std::string_view event);

  /// Goes on from `snapshot` at `nowMs` (milliseconds since the epoch), in place of whatever this conversation was.
  /// Returns `{"effects":[…]}`, or `{"refused":"why"}` for a snapshot that is damaged or from another version; then
  /// nothing changed. A snapshot of another bot file starts the conversation again at the default dialog.
  std::string restore(std::string_view snapshot, std::int64_t nowMs);

  /// Everything the engine needs to go on, as JSON text: restoring it and sending the next event gives the same
  /// effects as never having stopped. It holds sensitive values in clear.
  std::string snapshot() const;

  /// `{"awaiting","dialog","authenticated","authenticatedAt","authenticationExpiresAt","subject","sensitive"}` at `nowMs`.
  /// `subject` is the masked text that tells the user who is signed in, or null; `sensitive` says that a snapshot is to be kept secret.
  std::string status(std::int64_t nowMs) const;

  /// Every attribute, predefined ones included, as `{"name":{"value":…,"masked":…}}`; `masked` is what a template prints.
  /// For tests and tools: it holds sensitive values in clear.
  std::string attributes(std::int64_t nowMs) const;

 private:
  std::shared_ptr<const Bot> bot_;
  std::unique_ptr<struct State> state_;
  Trace* trace_;
};

}  // namespace latchkey
