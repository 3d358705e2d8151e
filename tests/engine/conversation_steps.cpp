#include "conversation_steps.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include "instant.hpp"
#include "test_platform.hpp"

namespace {

Failure differs(const Json& expected, const Json& came) { return "expected " + expected.dump() + "\n  came     " + came.dump(); }

Failure compare(const Json& expected, const Json& came) { return expected == came ? Failure() : differs(expected, came); }

// The next of what the bot did, taken off the queue; null when there is none.
Json take(std::deque<Json>& queue) {
  if (queue.empty()) return nullptr;
  Json first = std::move(queue.front());
  queue.pop_front();
  return first;
}

bool matches(const std::string& expression, const std::string& text) {
  const auto pattern = testPlatform().compile(expression, false);
  return pattern && pattern->matches(text);
}

// Whether a value is as expected, but for members that its objects have besides; null stands for a member that is missing.
bool holds(const Json& expected, const Json& came) {
  if (expected.is_array() && came.is_array())
    return std::equal(expected.begin(), expected.end(), came.begin(), came.end(), holds);
  if (!expected.is_object() || !came.is_object()) return expected == came;
  for (const auto& [name, value] : expected.items())
    if (!holds(value, came.value(name, Json()))) return false;
  return true;
}

Failure bot(TestHost& host, const Json&, const Json& expected) {
  const Json message = take(host.page().messages);
  if (message.is_null()) return "expected the bot to say " + expected.dump() + ", but it said nothing more";
  const bool isText = message.value("kind", "") == "text";
  if (expected.is_string()) return isText && message["text"] == expected ? Failure() : differs(expected, message);
  Json fields = expected;
  fields.erase("matches");
  const bool matching = !expected.contains("matches") || (isText && matches(expected["matches"], message["text"]));
  return matching && holds(fields, message) ? Failure() : differs(expected, message);
}

Failure user(TestHost& host, const Json&, const Json& text) { return host.send({{"type", "textEntered"}, {"text", text}}); }

Json labelsOf(const Json& buttons) {
  Json labels = Json::array();
  for (const Json& button : buttons) labels.push_back(button["label"]);
  return labels;
}

Failure set(TestHost& host, const Json&, const Json& attributes) {
  return host.send({{"type", "attributesSet"}, {"attributes", attributes}});
}

Failure choose(TestHost& host, const Json&, const Json& label) {
  const Json buttons = host.buttons();
  for (const Json& button : buttons) {
    if (button["label"] == label) return host.send({{"type", "optionChosen"}, {"value", button["value"]}});
  }
  return "no button " + label.dump() + " is on offer, only " + labelsOf(buttons).dump();
}

Failure options(TestHost& host, const Json&, const Json& expected) { return compare(expected, labelsOf(host.buttons())); }

std::string lowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool holdsHeaders(const Json& expected, const Json& came) {
  const auto items = came.items();
  for (const auto& header : expected.items()) {
    const auto same = [&](const auto& each) { return lowerCase(each.key()) == lowerCase(header.key()) && each.value() == header.value(); };
    if (std::none_of(items.begin(), items.end(), same)) return false;
  }
  return true;
}

bool sameBody(const Json& expected, const Json& came) {
  if (expected.is_string() || expected.is_null()) return expected == came;
  return came.is_string() && Json::parse(came.get<std::string>(), nullptr, false) == expected;
}

bool sameField(const std::string& field, const Json& expected, const Json& came) {
  if (field == "headers") return holdsHeaders(expected, came);
  if (field == "body") return sameBody(expected, came);
  return expected == came;
}

Failure reply(TestHost& host, const Json& id, const Json& answer) {
  if (answer.contains("failed")) return host.send({{"type", "callFailed"}, {"id", id}, {"reason", answer["failed"]}});
  const Json body = answer.value("body", Json(""));
  return host.send({{"type", "callFinished"},
                    {"id", id},
                    {"status", answer.value("status", 200)},
                    {"headers", answer.value("headers", Json::object())},
                    {"body", body.is_string() ? body : Json(body.dump())}});
}

Failure call(TestHost& host, const Json& step, const Json& expected) {
  if (!step.contains("reply")) return "a step \"call\" needs a \"reply\"";
  const Json came = take(host.page().calls);
  if (came.is_null()) return "expected the request " + expected.dump() + ", but there was none";
  for (const auto& [field, value] : expected.items()) {
    if (!came.contains(field) || !sameField(field, value, came[field])) return "field " + field + ": " + differs(expected, came);
  }
  return reply(host, came["id"], step["reply"]);
}

Failure wait(TestHost& host, const Json&, const Json& length) {
  const auto ms = parseDuration(length.get<std::string>());
  return ms ? host.wait(*ms) : "not a length of time: " + length.dump();
}

Failure clock(TestHost& host, const Json&, const Json& instant) {
  const auto now = parseInstant(instant.get<std::string>());
  if (!now) return "not an instant: " + instant.dump();
  host.setClock(*now);
  return {};
}

Failure reload(TestHost& host, const Json&, const Json&) { return host.reload(); }

Failure tamper(TestHost& host, const Json&, const Json& changes) {
  auto snapshot = nlohmann::ordered_json::parse(host.snapshot(), nullptr, false);
  for (const auto& [pointer, value] : changes.items()) {
    snapshot[nlohmann::ordered_json::json_pointer(pointer)] = nlohmann::ordered_json::parse(value.dump());
  }
  return host.reloadWith(snapshot.dump());
}

// An instant prints with or without its zero milliseconds.
bool sameValue(const std::string& name, const Json& expected, const Json& came) {
  const bool instant = name == "now" || name == "authenticatedAt" || name == "authenticationExpiresAt";
  if (!instant || !expected.is_string() || !came.is_string()) return expected == came;
  const auto wanted = parseInstant(expected.get<std::string>());
  return wanted && wanted == parseInstant(came.get<std::string>());
}

Failure attribute(TestHost& host, const Json& step, const Json& expected) {
  const Json attributes = host.attributes();
  const char* side = step.value("masked", false) ? "masked" : "value";
  for (const auto& [name, value] : expected.items()) {
    if (!attributes.contains(name)) return "there is no attribute " + name;
    const Json came = attributes[name].value(side, Json());
    if (!sameValue(name, value, came)) return name + ": " + differs(value, came);
  }
  return {};
}

Failure authenticated(TestHost& host, const Json&, const Json& expected) {
  if (Failure failure = compare(expected, host.status().value("authenticated", Json())); !failure.empty()) return failure;
  return compare(expected, host.attributes()["authenticated"].value("value", Json()));
}

Failure subject(TestHost& host, const Json&, const Json& expected) { return compare(expected, host.status().value("subject", Json())); }

Failure dialog(TestHost& host, const Json&, const Json& expected) { return compare(expected, host.status().value("dialog", Json())); }

Failure awaiting(TestHost& host, const Json&, const Json& expected) { return compare(expected, host.status().value("awaiting", Json())); }

Failure emits(TestHost& host, const Json&, const Json& expected) {
  const Json came = take(host.page().emitted);
  if (came.is_null()) return "expected the event " + expected.dump() + ", but there was none";
  for (const auto& [field, value] : expected.items()) {
    if (came.value(field, Json()) != value) return differs(expected, came);
  }
  return {};
}

// Whether these are the two parts of a hand-over, or one of them, and not names of what is handed over.
bool areParts(const Json& expected) {
  for (const auto& [name, value] : expected.items()) {
    if (!(name == "data" && value.is_object()) && !(name == "transcript" && value.is_array())) return false;
  }
  return true;
}

Failure handOver(TestHost& host, const Json&, const Json& expected) {
  const Json came = take(host.page().handOvers);
  if (came.is_null()) return "expected the bot to hand over, but it did not";
  const bool parts = areParts(expected);
  if (parts && expected.value("transcript", came["transcript"]) != came["transcript"]) return differs(expected, came);
  const Json data = parts ? expected.value("data", Json::object()) : expected;
  for (const auto& [name, value] : data.items()) {
    if (came["data"].value(name, Json()) != value) return differs(expected, came);
  }
  return {};
}

Failure echo(TestHost& host, const Json&, const Json& expected) { return compare(expected, host.page().echo); }

Failure reported(TestHost& host, const Json&, const Json& code) {
  const auto& reports = host.page().reports;
  const bool found = std::find(reports.begin(), reports.end(), code.get<std::string>()) != reports.end();
  return found ? Failure() : "expected a report of " + code.dump() + ", came " + Json(reports).dump();
}

Failure rejected(TestHost& host, const Json&, const Json& event) {
  Json complete = event;
  if (!complete.contains("now")) complete["now"] = host.now();
  return host.expectRejected(complete.dump());
}

Failure quiet(TestHost& host, const Json&, const Json&) {
  const auto& messages = host.page().messages;
  return messages.empty() ? Failure() : "the bot said more than was expected: " + messages.front().dump();
}

using Take = Failure (*)(TestHost&, const Json& step, const Json& value);

struct StepKind {
  const char* key;
  Take take;
  /// something happens: reports of before are history
  bool acts;
};

constexpr StepKind stepKinds[] = {
    {"bot", bot, false},           {"user", user, true},         {"choose", choose, true},     {"options", options, false},
    {"set", set, true},            {"call", call, true},         {"wait", wait, true},         {"clock", clock, false},      {"reload", reload, true},
    {"tamper", tamper, true},      {"attribute", attribute, false}, {"authenticated", authenticated, false},
    {"subject", subject, false},   {"dialog", dialog, false},     {"awaiting", awaiting, false}, {"emits", emits, false},     {"handOver", handOver, false},
    {"echo", echo, false},         {"report", reported, false},  {"rejected", rejected, false}, {"quiet", quiet, false},
};

}  // namespace

Failure takeStep(TestHost& host, const Json& step) {
  const StepKind* kind = nullptr;
  for (const StepKind& candidate : stepKinds) {
    if (!step.contains(candidate.key)) continue;
    if (kind) return "a step has exactly one of the keys, not \"" + std::string(kind->key) + "\" and \"" + candidate.key + "\"";
    kind = &candidate;
  }
  if (!kind) return "no step is known by this";
  if (kind->acts) host.page().reports.clear();
  return kind->take(host, step, step[kind->key]);
}
