#include "gate.hpp"

#include <algorithm>

namespace latchkey::gate {
namespace {

/// Everything of the person before goes, but what the newcomer brought.
void wipePerson(Flow& flow, const std::vector<AttributeId>& kept) {
  State& state = flow.state;
  std::vector<Value> values = initialValues(flow.bot);
  const auto keep = [&](AttributeId id) { values[id - predefined::count] = state.values[id - predefined::count]; };
  for (AttributeId id : kept)
    if (id >= predefined::count) keep(id);
  for (AttributeId id : state.run.written) keep(id);
  state.values = std::move(values);
  state.lastReceivedMessage = Value();
  state.cardOptions.clear();
  if (state.pending) {
    state.pending->event.clear();
    state.queue.erase(state.queue.begin(), state.queue.begin() + static_cast<std::ptrdiff_t>(std::exchange(state.pending->held, 0)));
  }
  flow.effects.wipe();
}

void startTimer(Flow& flow) {
  if (const std::optional<Instant> over = flow.state.authentication.end())
    flow.startTimer(TimerKind::authentication, *over - flow.now);
}

}  // namespace

bool checksNow(const Flow& flow) {
  return flow.bot.settings.checksEveryTurn && flow.bot.dialogs[flow.state.dialog].secured && !flow.authenticated();
}

bool locked(const Flow& flow) { return flow.now < flow.state.lockedUntil; }

Step refuse(Flow& flow) {
  const AttemptLimit& limit = flow.bot.attemptLimit;
  if (limit.lockedDialog != noDialog) return flow.enter(limit.lockedDialog);
  if (limit.lockedText) flow.say(*limit.lockedText);
  else flow.effects.say(flow.bot.settings.texts.locked);
  return flow.endFlow();
}

Step hold(Flow& flow, Pending pending) {
  // Who comes back loses nothing: what was said before is no answer to the question for credentials.
  pending.held = flow.state.subject ? static_cast<std::uint32_t>(flow.state.queue.size()) : 0;
  flow.state.pending = std::move(pending);
  return locked(flow) ? refuse(flow) : flow.start(flow.bot.authenticationDialog);
}

Step resume(Flow& flow) {
  Pending pending = std::move(*flow.state.pending);
  flow.state.pending.reset();
  if (!flow.authenticated()) return hold(flow, std::move(pending));
  if (pending.event.empty()) return flow.enter(pending.dialog);
  return flow.resumeAt(pending);
}

Step endAuthenticationDialog(Flow& flow) {
  const bool succeeded = flow.state.run.succeeded;
  leaveAuthenticationDialog(flow);
  // Who is still authenticated may have tried to be somebody else: that leads nowhere either.
  if (!succeeded) return flow.fail(flow.bot.settings.fallback);
  return flow.state.pending ? resume(flow) : flow.endFlow();
}

void leaveAuthenticationDialog(Flow& flow) {
  State& state = flow.state;
  const AuthenticationRun run = std::exchange(state.run, {});
  if (!run.active || run.succeeded || !run.answered) return;
  if (++state.failedAttempts < flow.bot.attemptLimit.maxAttempts) return;
  state.failedAttempts = 0;
  state.lockedUntil = flow.now + static_cast<std::int64_t>(flow.bot.attemptLimit.lockMinutes * msPerMinute);
}

void noteCredentials(Flow& flow) {
  auto& sent = flow.state.run.sent;
  for (AttributeId id : flow.bot.credentials) {
    const Value value = flow.scope.read({id, {}});
    if (value.isNull()) continue;
    std::erase_if(sent, [&](const auto& each) { return each.first == id; });
    sent.emplace_back(id, hashText(print(value)));
  }
}

std::string credentialsOf(const Flow& flow) {
  std::string all;
  for (AttributeId id : flow.bot.credentials) {
    const auto& sent = flow.state.run.sent;
    const auto found = std::find_if(sent.begin(), sent.end(), [&](const auto& each) { return each.first == id; });
    all += formatHash(found == sent.end() ? hashText(print(flow.scope.read({id, {}}))) : found->second);
  }
  return all;
}

void give(Flow& flow, Authentication authentication, std::uint64_t subject, const std::vector<AttributeId>& subjectAttributes) {
  State& state = flow.state;
  if (state.subject && *state.subject != subject) wipePerson(flow, subjectAttributes);
  state.subject = subject;
  flow.stopTimers(TimerKind::authentication);
  state.authentication = authentication;
  state.run.succeeded = true;
  state.failedAttempts = 0;
  flow.effects.authenticationChanged(true, authentication.end(), "authenticated");
  startTimer(flow);
}

void end(Flow& flow, std::string_view reason) {
  Authentication& authentication = flow.state.authentication;
  if (!authentication.given) return;
  flow.stopTimers(TimerKind::authentication);
  for (AttributeId id : flow.bot.forgetLists[authentication.forgetList]) flow.assign(id, Value());
  authentication = {};
  flow.effects.authenticationChanged(false, std::nullopt, reason);
}

void settle(Flow& flow) {
  const Authentication& authentication = flow.state.authentication;
  if (!authentication.given || flow.authenticated()) return;
  const bool timedOut = authentication.timeoutMs > 0 && flow.now >= authentication.since + authentication.timeoutMs;
  end(flow, timedOut ? "timeout" : "inactivity");
}

void prolongTimer(Flow& flow) {
  if (flow.authenticated()) startTimer(flow);
}

}  // namespace latchkey::gate
