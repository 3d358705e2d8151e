#include "effects.hpp"

#include "text.hpp"

namespace latchkey {

void writeProblem(JsonWriter& writer, const Problem& problem) {
  writer.beginObject()
      .member("severity", problem.severity == Severity::error ? "error" : "warning")
      .member("code", problem.code)
      .member("where", problem.where)
      .member("message", problem.message)
      .endObject();
}

void writeOption(JsonWriter& writer, std::string_view label, const Value& value) {
  writer.beginObject().member("label", label).member("value", value).endObject();
}

void writeInstant(JsonWriter& writer, std::string_view name, std::optional<Instant> instant) {
  writer.key(name);
  if (instant) writer.value(formatInstant(*instant));
  else writer.null();
}

JsonWriter& Effects::beginMessage(std::string_view kind) {
  return begin("say").key("message").beginObject().member("kind", kind);
}

void Effects::endMessage(bool secured) {
  writer_.endObject();
  if (secured) writer_.member("secured", true);
  writer_.endObject();
}

void Effects::say(std::string_view text, std::string_view markdown, bool secured) {
  beginMessage("text").member("text", text);
  if (!markdown.empty()) writer_.member("markdown", markdown);
  endMessage(secured);
}

void Effects::ask(std::string_view kind, FunctionRef<void(JsonWriter&)> writeOptions, bool sensitive, AttributeType type, bool repeated) {
  begin("ask").member("kind", kind).key("options").beginList();
  writeOptions(writer_);
  writer_.endList().member("sensitive", sensitive).member("attributeType", nameOf(type));
  if (repeated) writer_.member("repeated", true);
  writer_.endObject();
}

void Effects::call(const Request& request, double maxBytes) {
  begin("call").member("id", request.id).member("method", request.method).member("url", request.url);
  writer_.key("headers").beginObject();
  for (const auto& [name, value] : request.headers) writer_.member(name, value);
  writer_.endObject().key("body");
  if (request.body) writer_.value(*request.body);
  else writer_.null();
  writer_.member("timeoutMs", request.timeoutMs).member("credentials", request.credentials);
  writer_.member("maxBytes", maxBytes).endObject();
}

void Effects::startTimer(std::uint32_t id, std::int64_t delayMs) {
  begin("startTimer").member("id", id).member("delayMs", delayMs).endObject();
}

void Effects::cancelTimer(std::uint32_t id) { begin("cancelTimer").member("id", id).endObject(); }

void Effects::echo(std::string_view text, bool secured) {
  begin("echo").member("text", text);
  if (secured) writer_.member("secured", true);
  writer_.endObject();
}

void Effects::authenticationChanged(bool authenticated, std::optional<Instant> expires, std::string_view reason) {
  begin("authenticationChanged").member("authenticated", authenticated);
  writeInstant(writer_, "expiresAt", expires);
  writer_.member("reason", reason).endObject();
}

void Effects::emit(std::string_view name, const Value& data) {
  begin("emit").member("name", name).member("data", data).endObject();
}

void Effects::wipe() { begin("wipe").endObject(); }

void Effects::handOver(const Value& data) { begin("handOver").member("data", data).endObject(); }

void Effects::report(const Problem& problem) {
  begin("report").key("problem");
  writeProblem(writer_, problem);
  writer_.endObject();
}

void Effects::finish(std::string_view reason) { begin("finish").member("reason", reason).endObject(); }

}  // namespace latchkey
