#include "snapshot.hpp"

#include "bot_model.hpp"
#include "json_writer.hpp"
#include "state.hpp"

namespace latchkey {
namespace {

void writePlace(JsonWriter& writer, Place place) {
  writer.key("place").beginList().value(place.list).value(place.index).endList();
}

void writeRequest(JsonWriter& writer, const Request& request) {
  writer.key("request").beginObject().member("id", request.id).member("method", request.method).member("url", request.url);
  writer.key("headers").beginList();
  for (const auto& [name, value] : request.headers) writer.beginList().value(name).value(value).endList();
  writer.endList();
  if (request.body) writer.member("body", *request.body);
  writer.member("timeoutMs", request.timeoutMs).member("credentials", request.credentials);
  if (request.retries) writer.member("retries", request.retries);
  if (request.retryTimer) writer.member("retryTimer", request.retryTimer);
  writer.endObject();
}

void writeWaiting(JsonWriter& writer, const Waiting& waiting) {
  writer.key("waiting").beginObject().member("kind", static_cast<int>(waiting.kind));
  if (waiting.place.list != noList) writePlace(writer, waiting.place);
  if (waiting.repeats) writer.member("repeats", waiting.repeats);
  if (waiting.request) writeRequest(writer, *waiting.request);
  if (waiting.delayTimer) writer.member("delayTimer", waiting.delayTimer);
  writer.endObject();
}

void writeAuthentication(JsonWriter& writer, const Authentication& authentication) {
  writer.key("authentication").beginObject().member("since", authentication.since);
  writer.member("timeoutMs", authentication.timeoutMs);
  if (authentication.slidingMs)
    writer.member("slidingMs", authentication.slidingMs).member("lastMessage", authentication.lastMessage);
  writer.member("forgetList", authentication.forgetList);
  if (!authentication.subject.empty()) writer.member("subject", authentication.subject);
  writer.endObject();
}

void writeGate(JsonWriter& writer, const Bot& bot, const State& state) {
  if (state.authentication.given) writeAuthentication(writer, state.authentication);
  if (state.pending) {
    writer.key("pending").beginObject().member("dialog", bot.dialogs[state.pending->dialog].id);
    if (!state.pending->event.empty()) {
      writeWaiting(writer, state.pending->waiting);
      writer.member("event", state.pending->event);
    }
    if (state.pending->held) writer.member("held", state.pending->held);
    writer.endObject();
  }
  if (state.run.active) {
    writer.key("run").beginObject().member("answered", state.run.answered).member("succeeded", state.run.succeeded);
    writer.key("written").beginList();
    for (AttributeId id : state.run.written) writer.value(id);
    writer.endList().key("sent").beginList();
    for (const auto& [id, hash] : state.run.sent) writer.beginList().value(id).value(formatHash(hash)).endList();
    writer.endList().endObject();
  }
  if (state.subject) writer.member("subject", formatHash(*state.subject));
  if (state.failedAttempts) writer.member("failedAttempts", state.failedAttempts);
  if (state.lockedUntil) writer.member("lockedUntil", state.lockedUntil);
}

void writeValues(JsonWriter& writer, const Bot& bot, const State& state) {
  writer.key("attributes").beginObject();
  for (std::size_t i = 0; i < state.values.size(); ++i)
    if (!state.values[i].isNull()) writer.member(std::to_string(i), state.values[i]);
  writer.endObject();
  if (!state.lastReceivedMessage.isNull()) writer.member("lastReceivedMessage", state.lastReceivedMessage);
  if (!state.pageUrl.isNull()) writer.member("pageUrl", state.pageUrl);
  if (!state.pageLanguage.isNull()) writer.member("pageLanguage", state.pageLanguage);
  if (state.dialog != noDialog) writer.member("dialog", bot.dialogs[state.dialog].id);
  if (state.cardOptions.empty()) return;
  writer.key("cardOptions").beginList();
  for (const Option& option : state.cardOptions) writer.beginList().value(option.label).value(option.value).endList();
  writer.endList();
}

void writeQueueAndTimers(JsonWriter& writer, const State& state) {
  if (!state.queue.empty()) {
    writer.key("queue").beginList();
    for (const std::string& text : state.queue) writer.value(text);
    writer.endList();
  }
  if (state.timers.empty()) return;
  writer.key("timers").beginList();
  for (const Timer& timer : state.timers)
    writer.beginList().value(timer.id).value(static_cast<int>(timer.kind)).value(timer.due).endList();
  writer.endList();
}

}  // namespace

std::string writeSnapshot(const Bot& bot, const State& state) {
  std::string body;
  JsonWriter writer(body);
  writer.beginObject().member("version", snapshot::version).member("bot", formatHash(bot.hash));
  writer.member("conversationId", state.conversationId).member("random", formatHash(state.random));
  writer.member("latest", state.latest).member("lastMessage", state.lastMessage).member("lastId", state.lastId);
  writeValues(writer, bot, state);
  writeWaiting(writer, state.waiting);
  writeQueueAndTimers(writer, state);
  writeGate(writer, bot, state);
  writer.endObject();
  std::string text(snapshot::head);
  text += formatHash(hashText(body));
  text += snapshot::middle;
  text += body += '}';
  return text;
}

}  // namespace latchkey
