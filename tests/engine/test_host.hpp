#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "latchkey/conversation.hpp"

using Json = nlohmann::json;

/// What went wrong; empty when nothing did.
using Failure = std::string;

/// Who and where, for the event `started`.
struct Opening {
  std::int64_t now = 0;
  std::int64_t seed = 0;
  Json pageUrl;
  Json pageLanguage;
  Json attributes = Json::object();
};

/// What the effects left for a test to look at.
struct Page {
  std::deque<Json> messages;
  std::deque<Json> calls;
  std::deque<Json> emitted;
  /// each with its `data` and its `transcript`
  std::deque<Json> handOvers;
  /// codes of the problems reported since the last step that did something
  std::vector<std::string> reports;
  /// the question that is open, or null
  Json ask;
  /// the buttons with a value of the cards that were said since the user's last message
  Json cardButtons = Json::array();
  std::string echo;
  std::vector<std::string> transcript;
};

/// Stands in for page, network and clock. Time is what the test says; timers run on it, not on the wall clock.
class TestHost {
 public:
  TestHost(std::shared_ptr<const latchkey::Bot> bot, Opening opening);

  Failure start();
  /// Sends an event; the host adds the instant.
  Failure send(Json event);
  /// Sends text as it is and fails unless it is rejected and changes nothing.
  Failure expectRejected(const std::string& event);
  /// Lets time pass; timers due on the way fire in their order.
  Failure wait(std::int64_t ms);
  void setClock(std::int64_t now) { ahead_ = now - elapsed_; }
  /// The page goes away and comes back.
  Failure reload();
  /// The page goes away and comes back with this snapshot; a refused one begins the conversation again.
  Failure reloadWith(const std::string& snapshot);

  std::int64_t now() const { return elapsed_ + ahead_; }
  std::string snapshot() const { return conversation_.snapshot(); }
  Json status() const;
  Json attributes() const;
  Page& page() { return page_; }
  /// What may be pressed now: the question's options, then the buttons of cards.
  Json buttons() const;

 private:
  struct Timer {
    std::int64_t id;
    std::int64_t due;
  };

  /// A line of the transcript that is handed over.
  struct Line {
    std::string from;
    std::string text;
    bool secured;
    std::int64_t at;
  };

  Failure perform(const std::string& turn);
  /// Performs a turn; timers that are due then fire at once.
  Failure performAndFire(const std::string& turn);
  std::string handle(Json event);
  Failure performOne(const Json& effect);
  void say(const Json& effect);
  void echo(const Json& effect);
  void finish(const std::string& reason);
  Json spokenLines() const;
  Failure keepAsk();
  void keepCardButtons(const Json& message);
  std::string restore(const std::string& snapshot);
  void cancelTimer(std::int64_t id);

  std::shared_ptr<const latchkey::Bot> bot_;
  Opening opening_;
  latchkey::Conversation conversation_;
  Page page_;
  std::vector<Line> lines_;
  bool authenticated_ = false;
  bool finished_ = false;
  std::vector<Timer> timers_;
  std::int64_t elapsed_ = 0;
  std::int64_t ahead_ = 0;
};
