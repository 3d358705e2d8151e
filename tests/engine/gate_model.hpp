#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "random_visitor.hpp"

/// What docs/bot-format.md, section 7, says of who may be where and when, told a second time and in another way: not by the
/// engine's code but from the bot file, the instants of the events and the trace of what ran.
class GateModel {
 public:
  explicit GateModel(const Json& bot);

  /// An event that the engine took, or a reload, at this instant, is about to be looked at.
  void begin(const Step& step);
  /// Something ran, in its order: an element, or a list of elements was entered. Why that was not allowed; empty when it was.
  std::string ran(const std::string& pointer);
  /// The turn is over; `closed`: the session has ended.
  void end(bool closed);

  bool authenticated() const { return since_.has_value() && !over(now_); }
  int secured() const { return secured_; }

 private:
  static constexpr std::size_t noDialog = SIZE_MAX;
  struct Place {
    std::string type;
    std::size_t dialog = noDialog;
    bool entry = false;
  };

  void collect(const Json& node, const std::string& pointer, std::size_t dialog);
  bool isSecured(std::size_t dialog) const { return dialog != noDialog && bot_["dialogs"][dialog].value("secured", false); }
  bool over(std::int64_t now) const;
  std::string refuse(const std::string& pointer, const char* why) const;

  const Json& bot_;
  std::map<std::string, Place> places_;
  bool everyTurn_ = false;
  std::int64_t sessionMs_ = 0;

  std::int64_t now_ = 0;
  std::int64_t latest_ = 0;
  std::int64_t lastMessage_ = 0;
  bool closed_ = true;
  std::optional<std::int64_t> since_;
  std::int64_t timeoutMs_ = 0;
  std::int64_t slidingMs_ = 0;
  std::int64_t slidingFrom_ = 0;
  /// The dialog that was entered last, and whether that was by right.
  std::optional<std::size_t> inside_;
  /// Signed out in this turn: what follows in the dialog still runs.
  bool signedOut_ = false;
  int secured_ = 0;
};
