#pragma once

#include "bot_model.hpp"
#include "state.hpp"
#include "template.hpp"

namespace latchkey {

/// Reads the attributes of a conversation at an instant, the predefined ones included.
class Scope {
 public:
  Scope(const Bot& bot, const State& state, Instant now) : bot_(bot), state_(state), now_(now) {}

  Instant now() const { return now_; }
  const Platform& platform() const { return *bot_.platform; }
  const Attribute& attribute(AttributeId id) const { return bot_.attributes[id]; }
  /// Null when a step of the path leads nowhere. The result is good until the next read.
  const Value& read(const Reference& reference) const;

 private:
  Value predefinedValue(AttributeId id) const;

  const Bot& bot_;
  const State& state_;
  Instant now_;
  mutable Value scratch_;
};

}  // namespace latchkey
