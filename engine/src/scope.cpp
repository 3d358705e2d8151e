#include "scope.hpp"

#include "text.hpp"

namespace latchkey {

const Value& Scope::read(const Reference& reference) const {
  static const Value null;
  if (reference.attribute < predefined::count) {
    scratch_ = predefinedValue(reference.attribute);
    const Value* found = follow(scratch_, reference.path);
    return found ? *found : null;
  }
  const Value* found = follow(state_.values[reference.attribute - predefined::count], reference.path);
  return found ? *found : null;
}

Value Scope::predefinedValue(AttributeId id) const {
  const bool authenticated = state_.authenticatedAt(now_);
  switch (id) {
    case predefined::authenticated: return Value(authenticated);
    case predefined::authenticatedAt: return authenticated ? Value(formatInstant(state_.authentication.since)) : Value();
    case predefined::authenticationExpiresAt: {
      const std::optional<Instant> end = state_.authentication.end();
      return authenticated && end ? Value(formatInstant(*end)) : Value();
    }
    case predefined::lastReceivedMessage: return state_.lastReceivedMessage;
    case predefined::conversationId: return Value(state_.conversationId);
    case predefined::now: return Value(formatInstant(now_));
    case predefined::today: return Value(formatDay(now_));
    case predefined::pageUrl: return state_.pageUrl;
    case predefined::pageLanguage: return state_.pageLanguage;
    default: return Value();
  }
}

}  // namespace latchkey
