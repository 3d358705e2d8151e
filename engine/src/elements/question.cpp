#include "elements/question.hpp"

namespace latchkey {
namespace {

constexpr int mostRepeats = 3;

}  // namespace

Question::Question(Fields& fields) {
  text_ = fields.requireSaid("text");
  repeat_ = fields.integer("repeat", 0, mostRepeats).value_or(0);
  repeatText_ = fields.said("repeatText");
  fallback_ = fields.fallback("fallback", AtEnd::endFlow);
}

bool Question::repeats(Flow& flow, const std::optional<Text>& hint) const {
  if (flow.state.waiting.repeats >= repeat_) return false;
  flow.say(hint ? *hint : repeatText_ ? *repeatText_ : text_);
  ++flow.state.waiting.repeats;
  return true;
}

}  // namespace latchkey
