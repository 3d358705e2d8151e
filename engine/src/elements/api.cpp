#include <algorithm>
#include <cmath>

#include "elements/elements.hpp"
#include "elements/request.hpp"
#include "flow.hpp"
#include "gate.hpp"
#include "json_reader.hpp"

namespace latchkey {
namespace {

constexpr double longestTimeout = 60;
constexpr double usualTimeout = 10;
constexpr int mostRetries = 3;
constexpr std::int64_t firstRetryMs = 500;
constexpr std::int64_t longestRetryAfterMs = 30'000;

/// What came of a request: the status, or 0 for no answer.
struct Outcome {
  int status = 0;
  std::optional<Value> body;
  bool answered() const { return status != 0; }
  /// The customer API could not do its work; another try may.
  bool unable() const { return status == 408 || status == 429 || status >= 500; }
};

bool worthRetrying(const Response& response, const Outcome& outcome) {
  if (!response.failure.empty()) return response.failure == "network" || response.failure == "timeout";
  const int status = outcome.status;
  return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

/// `Retry-After` in milliseconds: seconds, or an HTTP date (RFC 9110, section 10.2.3).
std::optional<std::int64_t> retryAfterMs(const Response& response, Instant now) {
  const std::optional<std::string_view> header = response.header("retry-after");
  if (!header) return std::nullopt;
  std::optional<std::int64_t> delay;
  if (const auto seconds = parseNumber(trim(*header)); seconds && *seconds >= 0) delay = static_cast<std::int64_t>(std::min(*seconds, 3600.0) * 1000);
  else if (const auto date = parseHttpDate(trim(*header))) delay = std::max<std::int64_t>(0, *date - now);
  return delay ? std::optional(std::min(*delay, longestRetryAfterMs)) : std::nullopt;
}

class Api final : public Element {
 public:
  explicit Api(Fields& fields) : request_(fields) {
    timeoutMs_ = static_cast<std::int64_t>(fields.number("timeoutSeconds", 1, longestTimeout).value_or(usualTimeout) * 1000);
    retry_ = fields.integer("retry", 0, mostRetries).value_or(0);
    retryUnsafe_ = fields.boolean("retryUnsafe", false);
    if (const Value* save = fields.find("save")) readSave(fields.loader, *save, fields.at("save"));
    fallback_ = fields.fallback("fallback", AtEnd::goOn);
  }

  Step run(Flow& flow) const override {
    RequestTemplate::Refusal refusal;
    std::optional<Request> request = request_.render(flow, refusal);
    forget(flow);
    if (!request) {
      flow.report(refusal.code, refusal.field, "The request was not sent: " + refusal.why);
      return conclude(flow, {}, {});
    }
    if (flow.state.run.active) gate::noteCredentials(flow);
    request->id = flow.newId();
    request->timeoutMs = timeoutMs_;
    flow.effects.call(*request, flow.bot.settings.maxResponseBytes);
    return flow.waitForResponse(std::move(*request));
  }

  Step receive(Flow& flow, const Response& response) const override {
    const Outcome outcome = read(flow, response);
    Request& request = *flow.state.waiting.request;
    if (!worthRetrying(response, outcome) || request.retries >= retry_ || !(request_.idempotent() || retryUnsafe_))
      return conclude(flow, response, outcome);
    const std::int64_t backOff = firstRetryMs << request.retries;
    ++request.retries;
    request.retryTimer = flow.startTimer(TimerKind::retry, retryAfterMs(response, flow.now).value_or(backOff));
    return Step::wait;
  }

  bool calls() const override { return true; }
  Outline outline() const override {
    Outline outline;
    outline.pauses = true;
    if (fallback_.elements != noList) outline.branches.push_back(fallback_.elements);
    return outline;
  }

 private:
  struct SavedBody { AttributeId attribute; Path path; };
  struct SavedHeader { AttributeId attribute; std::string name; };

  /// An old 200 must never pass for a new one.
  void forget(Flow& flow) const {
    if (status_) flow.assign(*status_, Value());
    for (const SavedBody& each : bodies_) flow.assign(each.attribute, Value());
    for (const SavedHeader& each : headers_) flow.assign(each.attribute, Value());
  }

  Outcome read(const Flow& flow, const Response& response) const {
    Outcome outcome;
    const bool isStatus = response.status >= 100 && response.status <= 599 && response.status == std::trunc(response.status);
    if (!response.failure.empty() || !isStatus) return outcome;
    if (static_cast<double>(response.body.size()) > flow.bot.settings.maxResponseBytes) return outcome;
    const int status = static_cast<int>(response.status);
    JsonResult body = readJson(response.body);
    if (!body.good() && body.faults.back().kind == JsonFault::Kind::tooDeep) return outcome;
    if (!bodies_.empty()) {
      const bool promised = status >= 200 && status < 300 && status != 204 && status != 205 && !request_.bodiless();
      if (!body.good() && promised) return outcome;
      if (body.good()) outcome.body = std::move(body.value);
    }
    outcome.status = status;
    return outcome;
  }

  Step conclude(Flow& flow, const Response& response, const Outcome& outcome) const {
    if (flow.state.run.active && outcome.answered() && !outcome.unable()) flow.state.run.answered = true;
    if (outcome.answered()) saveAnswer(flow, response, outcome);
    // The last to be saved: where an attribute is named twice, no body passes for a status.
    if (status_) save(flow, *status_, Value(static_cast<double>(outcome.status)), "/save/status");
    if (!fallback_.given() || (outcome.answered() && !outcome.unable())) return Step::next;
    if (fallback_.text) flow.say(*fallback_.text);
    return flow.enterList(fallback_.elements);
  }

  void saveAnswer(Flow& flow, const Response& response, const Outcome& outcome) const {
    for (std::size_t i = 0; outcome.body && i < bodies_.size(); ++i)
      if (const Value* value = follow(*outcome.body, bodies_[i].path))
        save(flow, bodies_[i].attribute, *value, "/save/body/" + std::to_string(i));
    for (std::size_t i = 0; i < headers_.size(); ++i)
      if (const auto value = response.header(headers_[i].name))
        save(flow, headers_[i].attribute, Value(*value), "/save/headers/" + std::to_string(i));
  }

  void save(Flow& flow, AttributeId id, const Value& value, std::string_view field) const {
    const Attribute& attribute = flow.bot.attributes[id];
    const std::optional<Value> converted = convert(attribute.type, value);
    if (converted) return flow.assign(id, *converted);
    flow.report("typeMismatch", field, "The customer API's value is no " + std::string(nameOf(attribute.type)) + "; \"" + attribute.name + "\" is null now.");
  }

  void readSave(Loader& loader, const Value& source, const std::string& where) {
    Fields fields(loader, source, where);
    if (fields.has("status")) {
      status_ = fields.writtenAttribute("status");
      const bool holds = !status_ || convert(loader.bot.attributes[*status_].type, Value(200.0)).has_value();
      if (!holds) loader.error("typeMismatch", fields.at("status"), "A status is a number; save it in an attribute of type number or text.");
    }
    fields.each("body", 1, 100, [&](const Value& each, const std::string& place) {
      Fields body(loader, each, place);
      const std::optional<AttributeId> attribute = body.writtenAttribute("attribute");
      const std::optional<std::string> source = body.requireText("path");
      std::optional<Path> path = source ? parseQuery(*source) : std::nullopt;
      if (source && !path) loader.error("badPath", body.at("path"), quoted(*source) + " is not an RFC 9535 singular query; write it like $.accounts[0].balance.");
      if (attribute && path) bodies_.push_back({*attribute, std::move(*path)});
      body.finish();
    });
    fields.each("headers", 1, 100, [&](const Value& each, const std::string& place) {
      Fields header(loader, each, place);
      const std::optional<AttributeId> attribute = header.writtenAttribute("attribute");
      const std::optional<std::string> name = header.requireText("name");
      if (attribute && name) headers_.push_back({*attribute, *name});
      header.finish();
    });
    fields.finish();
  }

  RequestTemplate request_;
  std::int64_t timeoutMs_ = 0;
  int retry_ = 0;
  bool retryUnsafe_ = false;
  std::optional<AttributeId> status_;
  std::vector<SavedBody> bodies_;
  std::vector<SavedHeader> headers_;
  Fallback fallback_;
};

}  // namespace

std::unique_ptr<const Element> loadApi(Fields& fields) { return std::make_unique<Api>(fields); }

}  // namespace latchkey
