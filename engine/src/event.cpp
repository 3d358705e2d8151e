#include "event.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "json_reader.hpp"
#include "json_writer.hpp"

namespace latchkey {
namespace {

/// The latest instant that ECMAScript's Date knows.
constexpr double latestInstant = 8.64e15;
/// Number.MAX_SAFE_INTEGER
constexpr double largestSeed = 9007199254740991.0;
/// A message longer than this many bytes is no message: the widget stops at 4,096 characters.
constexpr std::size_t longestText = 1 << 16;

constexpr std::array<std::string_view, 5> failures = {"network", "timeout", "tooLarge", "blocked", "aborted"};

std::optional<double> wholeNumber(const Value* value, double largest) {
  if (!value || !value->number()) return std::nullopt;
  const double number = *value->number();
  if (!(number >= 0) || number > largest || number != std::trunc(number)) return std::nullopt;
  return number;
}

std::optional<std::uint32_t> readId(const Value& event) {
  const std::optional<double> id = wholeNumber(event.find("id"), UINT32_MAX);
  if (!id) return std::nullopt;
  return static_cast<std::uint32_t>(*id);
}

bool isTextOrNull(const Value* value) { return !value || value->isNull() || value->text(); }

std::optional<Started> readStarted(const Value& event) {
  const Value* id = event.find("conversationId");
  const std::optional<double> seed = wholeNumber(event.find("seed"), largestSeed);
  const Value* url = event.find("pageUrl");
  const Value* language = event.find("pageLanguage");
  const Value* attributes = event.find("attributes");
  if (!id || !id->text() || !seed || !isTextOrNull(url) || !isTextOrNull(language)) return std::nullopt;
  if (attributes && !attributes->object()) return std::nullopt;
  const auto given = [](const Value* value) { return value ? *value : Value(); };
  return Started{*id->text(), static_cast<std::uint64_t>(*seed), given(url), given(language), given(attributes)};
}

std::optional<AttributesSet> readAttributesSet(const Value& event) {
  const Value* attributes = event.find("attributes");
  if (!attributes || !attributes->object()) return std::nullopt;
  return AttributesSet{*attributes};
}

std::optional<Answer> readAnswer(const Value& event, std::string_view type) {
  if (type == "optionChosen") {
    const Value* value = event.find("value");
    if (!value) return std::nullopt;
    return Answer{{}, *value};
  }
  const Value* text = event.find("text");
  if (!text || !text->text() || text->text()->size() > longestText) return std::nullopt;
  return Answer{*text->text(), {}};
}

std::optional<Response> readResponse(const Value& event, std::string_view type) {
  const std::optional<std::uint32_t> id = readId(event);
  if (!id) return std::nullopt;
  Response response;
  response.id = *id;
  if (type == "callFailed") {
    const Value* reason = event.find("reason");
    if (!reason || !reason->text() || std::find(failures.begin(), failures.end(), *reason->text()) == failures.end()) return std::nullopt;
    response.failure = *reason->text();
    return response;
  }
  const Value* status = event.find("status");
  const Value* headers = event.find("headers");
  const Value* body = event.find("body");
  if (!status || !status->number() || !headers || !headers->object() || !body || !body->text()) return std::nullopt;
  response.status = *status->number();
  response.body = *body->text();
  for (const auto& [name, value] : headers->object()->members()) {
    if (!value.text()) return std::nullopt;
    response.headers.emplace_back(name, *value.text());
  }
  return response;
}

template <class T>
bool put(Event& event, std::optional<T> what) {
  if (!what) return false;
  event.what = std::move(*what);
  return true;
}

bool readWhat(Event& event, const Value& source, std::string_view type) {
  if (type == "textEntered" || type == "optionChosen") return put(event, readAnswer(source, type));
  if (type == "callFinished" || type == "callFailed") return put(event, readResponse(source, type));
  if (type == "started") return put(event, readStarted(source));
  if (type == "attributesSet") return put(event, readAttributesSet(source));
  if (type == "closed") return put(event, std::optional<Closed>(Closed{}));
  if (type == "timerFired") {
    const std::optional<std::uint32_t> id = readId(source);
    return put(event, id ? std::optional<TimerFired>(TimerFired{*id}) : std::nullopt);
  }
  return false;
}

}  // namespace

std::optional<std::string_view> Response::header(std::string_view name) const {
  for (const auto& [theirs, value] : headers)
    if (lowerAscii(theirs) == lowerAscii(name)) return value;
  return std::nullopt;
}

std::optional<Event> readEvent(std::string_view text, std::string& why) {
  const std::optional<Value> source = parseJson(text);
  if (!source || !source->object()) {
    why = "notJson";
    return std::nullopt;
  }
  const std::optional<double> now = wholeNumber(source->find("now"), latestInstant);
  const Value* type = source->find("type");
  Event event;
  if (!now || !type || !type->text() || !readWhat(event, *source, *type->text())) {
    why = "malformedEvent";
    return std::nullopt;
  }
  event.now = static_cast<Instant>(*now);
  return event;
}

std::string writeEvent(const Event& event) {
  std::string text;
  JsonWriter writer(text);
  writer.beginObject().member("now", event.now);
  if (const auto* answer = std::get_if<Answer>(&event.what)) {
    if (answer->chosen) writer.member("type", "optionChosen").member("value", *answer->chosen);
    else writer.member("type", "textEntered").member("text", answer->text);
  } else if (const auto* fired = std::get_if<TimerFired>(&event.what)) {
    writer.member("type", "timerFired").member("id", fired->id);
  } else if (const auto* response = std::get_if<Response>(&event.what)) {
    writer.member("type", response->failure.empty() ? "callFinished" : "callFailed").member("id", response->id);
    if (response->failure.empty()) {
      writer.member("status", response->status).key("headers").beginObject();
      for (const auto& [name, value] : response->headers) writer.member(name, value);
      writer.endObject().member("body", response->body);
    } else {
      writer.member("reason", response->failure);
    }
  }
  writer.endObject();
  return text;
}

}  // namespace latchkey
