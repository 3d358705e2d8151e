#pragma once

#include "flow.hpp"
#include "loader.hpp"

namespace latchkey {

/// What saveResponse and userInput share: the question, how often it is put again, and what happens when it was in vain.
class Question {
 public:
  explicit Question(Fields& fields);

  void say(Flow& flow) const { flow.say(text_); }
  /// The answer was not valid: puts the question again with `hint`, the repeat text or the question itself; when it was
  /// put often enough, returns false.
  bool repeats(Flow& flow, const std::optional<Text>& hint) const;
  const Fallback& fallback() const { return fallback_; }

 private:
  Text text_;
  int repeat_ = 0;
  std::optional<Text> repeatText_;
  Fallback fallback_;
};

}  // namespace latchkey
