#include "gate_model.hpp"

#include <cmath>

namespace {

constexpr std::int64_t msPerMinute = 60'000;
constexpr std::int64_t clockToleranceMs = 120'000;

std::int64_t minutes(const Json& object, const char* name) {
  return object.contains(name) ? static_cast<std::int64_t>(object[name].get<double>() * msPerMinute) : 0;
}

bool isMessage(const Step& step) {
  const Json event = Json::parse(step.event, nullptr, false);
  return event.is_object() && (event["type"] == "textEntered" || event["type"] == "optionChosen");
}

}  // namespace

GateModel::GateModel(const Json& bot) : bot_(bot) {
  const Json settings = bot.value("settings", Json::object());
  everyTurn_ = settings.value("authenticationCheck", "") == "everyTurn";
  sessionMs_ = minutes(settings, "sessionMinutes");
  collect(settings, "/settings", noDialog);
  for (std::size_t i = 0; i < bot["dialogs"].size(); ++i) {
    const std::string pointer = "/dialogs/" + std::to_string(i) + "/elements";
    places_[pointer] = {"", i, true};
    collect(bot["dialogs"][i]["elements"], pointer, i);
  }
}

void GateModel::collect(const Json& node, const std::string& pointer, std::size_t dialog) {
  if (!node.is_structured()) return;
  if (node.is_object() && node.contains("type") && node["type"].is_string()) places_[pointer] = {node["type"], dialog, false};
  for (const auto& [key, value] : node.items()) collect(value, pointer + "/" + key, dialog);
}

bool GateModel::over(std::int64_t now) const {
  return (timeoutMs_ > 0 && now >= *since_ + timeoutMs_) || (slidingMs_ > 0 && now >= slidingFrom_ + slidingMs_);
}

void GateModel::begin(const Step& step) {
  now_ = step.now;
  if (now_ < latest_ && latest_ - now_ <= clockToleranceMs) now_ = latest_;
  if (now_ < latest_) {
    since_.reset();
    lastMessage_ -= latest_ - now_;
  }
  latest_ = now_;
  if (since_ && over(now_)) since_.reset();
  if (!closed_ && sessionMs_ > 0 && now_ >= lastMessage_ + sessionMs_) since_.reset();
  if (closed_ || isMessage(step)) lastMessage_ = now_;
  if (isMessage(step)) slidingFrom_ = now_;
  signedOut_ = false;
}

std::string GateModel::ran(const std::string& pointer) {
  const auto found = places_.find(pointer);
  if (found == places_.end()) return {};  // a list inside an element
  const auto& [type, dialog, entry] = found->second;
  const bool secured = isSecured(dialog);
  if (entry) {
    inside_ = dialog;
    if (secured && !authenticated()) return refuse(pointer, "a secured dialog was entered without authentication");
    return {};
  }
  if (secured) {
    ++secured_;
    if (everyTurn_ && !authenticated() && !signedOut_) return refuse(pointer, "an element of a secured dialog ran without authentication");
    if (inside_ != dialog && !authenticated()) return refuse(pointer, "an element ran of a secured dialog that was not entered");
    inside_ = dialog;
  }
  if (type == "authentication") {
    const Json& element = bot_[Json::json_pointer(pointer)];
    since_ = slidingFrom_ = now_;
    timeoutMs_ = minutes(element, "timeoutMinutes");
    slidingMs_ = minutes(element, "slidingMinutes");
  }
  if (type == "signOut") {
    signedOut_ = authenticated() || signedOut_;
    since_.reset();
  }
  if (type == "closeSession" || type == "toAgent") since_.reset();
  return {};
}

void GateModel::end(bool closed) {
  if (closed) since_.reset();
  closed_ = closed;
}

std::string GateModel::refuse(const std::string& pointer, const char* why) const {
  return std::string(why) + ": " + pointer + " at " + std::to_string(now_);
}
