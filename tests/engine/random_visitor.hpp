#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "chance.hpp"
#include "latchkey/conversation.hpp"

using Json = nlohmann::json;

/// What visitors say and APIs answer: what is in the bot, in conversations with it, and strange texts.
struct Vocabulary {
  std::vector<std::string> texts;
  std::vector<Json> values;
  struct Reply {
    int status;
    std::string body;
  };
  std::vector<Reply> replies;
  /// Names of attributes that the page may set.
  std::vector<std::string> externals;
};

/// A bot to talk to at random, checked, with what there is to say to it.
struct RandomTalk {
  std::string name;
  std::string botText;
  Json botFile;
  std::shared_ptr<const latchkey::Bot> bot;
  Vocabulary vocabulary;
};

/// The bots of the conversations below tests/conversations and of the example bots, each once.
const std::vector<RandomTalk>& corpusTalks();

/// A bot made by chance (random_bot.hpp). One that does not load fails the test.
RandomTalk randomTalk(std::uint64_t seed);

/// One thing that a host does: an event, or a reload at an instant.
struct Step {
  enum class Kind { event, reload } kind = Kind::event;
  /// JSON text of the event; not always one that fits, nor well-formed.
  std::string event;
  std::int64_t now = 0;
};

/// A host and its visitor gone wild: answers, buttons, API responses, timers early and late, reloads, nonsense, and a clock that stands,
/// jumps and goes back. The same talk and seed give the same steps, as long as the engine gives the same turns.
class RandomVisitor {
 public:
  RandomVisitor(const RandomTalk& talk, std::uint64_t seed) : vocabulary_(talk.vocabulary), chance_(seed), seed_(seed) {}

  Step next();
  /// The effects of the step that was performed last; nothing of a rejected one.
  void see(const Json& effects);
  /// After a reload only what the engine asks for again is open.
  void forget();
  /// What was typed, unlike anything else, when the engine said that the answer is sensitive.
  const std::vector<std::string>& secrets() const { return secrets_; }

 private:
  struct Timer {
    std::int64_t id;
    std::int64_t due;
  };

  void passTime();
  Step event(const char* type, Json fields);
  Step start();
  Step say();
  Step choose();
  Step setAttribute();
  Step answerCall();
  Step fireTimer();
  Step nonsense();

  const Vocabulary& vocabulary_;
  Chance chance_;
  std::uint64_t seed_;
  bool started_ = false;
  std::int64_t now_ = 1'767'603'600'000;
  std::vector<std::int64_t> calls_;
  std::vector<Timer> timers_;
  std::vector<Json> options_;
  bool sensitive_ = false;
  std::vector<std::string> secrets_;
};

/// Performs the step; a reload replaces the conversation by a new one, restored from the snapshot. Returns the turn.
std::string perform(latchkey::Conversation& conversation, const RandomTalk& talk, const Step& step, latchkey::Trace* trace = nullptr);
