// Snapshots that somebody made: the checksum is right, the state is not. The engine refuses them or goes on sanely.

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "script.hpp"
#include "text.hpp"

namespace {

using OrderedJson = nlohmann::ordered_json;
using Change = std::function<void(OrderedJson& state)>;

// The kinds of timers as a snapshot writes them: a timer is [id, kind, due].
enum TimerKind { delayTimer, retryTimer };

// The timer of this kind; an empty one when there is none.
OrderedJson& timerOf(OrderedJson& state, TimerKind kind) {
  static OrderedJson none;
  for (OrderedJson& timer : state["timers"]) {
    if (timer[1] == kind) return timer;
  }
  return none = OrderedJson::array({0, 0, 0});
}

// The snapshot with another state, and the checksum of that.
std::string forge(const std::string& snapshot, const Change& change) {
  OrderedJson whole = OrderedJson::parse(snapshot, nullptr, false);
  change(whole["state"]);
  const std::string state = whole["state"].dump();
  return R"({"checksum":")" + latchkey::formatHash(latchkey::hashText(state)) + R"(","state":)" + state + "}";
}

Json stateOf(const Script& script) { return Json::parse(script.conversation.snapshot())["state"]; }

Json restore(Script& script, const std::string& snapshot) {
  return Json::parse(script.conversation.restore(snapshot, script.now), nullptr, false);
}

bool isRefused(const Script& before, const Change& change) {
  Script after(corpusBot("every-turn-timers"));
  after.now = before.now;
  return restore(after, forge(before.conversation.snapshot(), change)).contains("refused");
}

// A visitor who was just authenticated and said the keyword of a secured dialog.
Script inside(const char* keyword) {
  Script script(corpusBot("every-turn-timers"));
  script.start();
  script.type(keyword);
  script.type("C-1001");
  return script;
}

Script waitingForDelay() { return inside("slow"); }
Script waitingForResponse() { return inside("fetch"); }

Script waitingForRetry() {
  Script script = waitingForResponse();
  script.answer(503);
  return script;
}

// The delay ended too late; the authentication dialog asks.
Script waitingForCredentials() {
  Script script = waitingForDelay();
  script.now += 60'000;
  script.fire({{"id", stateOf(script)["waiting"]["delayTimer"]}});
  return script;
}

// Whatever this snapshot does, it does it as every other: every event is answered, and what comes out can be stored.
void expectSane(const Script& before, const Change& change) {
  Script script(corpusBot("every-turn-timers"));
  script.now = before.now;
  const std::string forged = forge(before.conversation.snapshot(), change);
  if (restore(script, forged).contains("refused")) return;
  script.lastCall = before.lastCall;
  const auto expectStorable = [&script, &forged] {
    Script again(corpusBot("every-turn-timers"));
    again.now = script.now;
    EXPECT_TRUE(restore(again, script.conversation.snapshot()).contains("effects")) << forged;
    EXPECT_TRUE(script.status().is_object()) << forged;
  };
  expectStorable();
  const std::vector<Json> events = {
      {{"type", "callFinished"}, {"id", before.lastCall}, {"status", 503}, {"headers", Json::object()}, {"body", ""}},
      {{"type", "timerFired"}, {"id", 2}},
      {{"type", "timerFired"}, {"id", 3}},
      {{"type", "textEntered"}, {"text", "C-1001"}},
      {{"type", "textEntered"}, {"text", "fetch"}},
      {{"type", "optionChosen"}, {"value", 1}},
      {{"type", "closed"}},
      {{"type", "textEntered"}, {"text", "Hello"}},
  };
  for (const Json& event : events) {
    const Json turn = script.send(event);
    EXPECT_TRUE(turn.is_array() || turn.contains("rejected")) << event << " gave " << turn << " after " << forged;
    expectStorable();
  }
}

TEST(HostileSnapshots, AreMadeOfWhatTheyNeed) {
  EXPECT_TRUE(stateOf(waitingForDelay())["waiting"].contains("delayTimer"));
  EXPECT_TRUE(stateOf(waitingForResponse())["waiting"].contains("request"));
  EXPECT_TRUE(stateOf(waitingForRetry())["waiting"]["request"].contains("retryTimer"));
  EXPECT_TRUE(stateOf(waitingForCredentials())["pending"].contains("event"));
  EXPECT_TRUE(stateOf(waitingForCredentials()).contains("run"));
}

TEST(HostileSnapshots, AreTakenWhenNothingIsWrongWithThem) {
  for (const Script& script : {waitingForDelay(), waitingForResponse(), waitingForRetry(), waitingForCredentials()}) {
    EXPECT_FALSE(isRefused(script, [](OrderedJson&) {})) << script.conversation.snapshot();
    expectSane(script, [](OrderedJson&) {});
  }
}

TEST(HostileSnapshots, HaveOneTimerOfAKind) {
  const Script script = waitingForDelay();
  EXPECT_TRUE(isRefused(script, [](OrderedJson& state) {
    state["lastId"] = 9;
    state["timers"].push_back({9, delayTimer, state["latest"]});
  })) << "two delays";
  EXPECT_TRUE(isRefused(script, [](OrderedJson& state) { state["timers"].push_back(timerOf(state, delayTimer)); })) << "one twice";
}

TEST(HostileSnapshots, HaveTheTimerOfTheDelay) {
  const Script script = waitingForDelay();
  EXPECT_TRUE(isRefused(script, [](OrderedJson& state) { state.erase("timers"); })) << "none";
  EXPECT_TRUE(isRefused(script, [](OrderedJson& state) {
    state["lastId"] = 9;
    timerOf(state, delayTimer)[0] = 9;
  })) << "another";
  EXPECT_TRUE(isRefused(script, [](OrderedJson& state) { state["waiting"].erase("delayTimer"); })) << "not its own";
}

TEST(HostileSnapshots, HaveNoRetryTimerWhileTheRequestIsOut) {
  EXPECT_TRUE(isRefused(waitingForResponse(), [](OrderedJson& state) {
    state["lastId"] = 9;
    state["timers"].push_back({9, retryTimer, state["latest"]});
  }));
  EXPECT_TRUE(isRefused(waitingForRetry(), [](OrderedJson& state) { state["waiting"]["request"].erase("retryTimer"); }));
}

TEST(HostileSnapshots, HaveTheTimerOfTheRetry) {
  EXPECT_TRUE(isRefused(waitingForRetry(), [](OrderedJson& state) { state.erase("timers"); })) << "none";
  EXPECT_TRUE(isRefused(waitingForRetry(), [](OrderedJson& state) {
    state["lastId"] = 9;
    timerOf(state, retryTimer)[0] = 9;
  })) << "another";
}

TEST(HostileSnapshots, HaveOnlyIdsThatWereGiven) {
  EXPECT_TRUE(isRefused(waitingForDelay(), [](OrderedJson& state) { state["lastId"] = 1; })) << "below a timer's";
  EXPECT_TRUE(isRefused(waitingForResponse(), [](OrderedJson& state) {
    state.erase("timers");
    state["lastId"] = 1;
  })) << "below the request's";
  EXPECT_TRUE(isRefused(waitingForDelay(), [](OrderedJson& state) {
    state["timers"] = OrderedJson::array({{0, delayTimer, state["latest"]}});
    state["waiting"]["delayTimer"] = 0;
  })) << "no id is 0";
}

TEST(HostileSnapshots, HaveNothingThatGoesOnAfterTheEnd) {
  Script closed = waitingForDelay();
  closed.send({{"type", "closed"}});
  EXPECT_FALSE(isRefused(closed, [](OrderedJson&) {}));
  for (const char* name : {"timers", "queue", "pending", "run", "authentication"}) {
    const Script other = std::string(name) == "pending" || std::string(name) == "run" ? waitingForCredentials() : waitingForDelay();
    const OrderedJson going = name == std::string("queue") ? OrderedJson({"x"}) : OrderedJson::parse(stateOf(other)[name].dump());
    ASSERT_FALSE(going.is_null()) << name;
    EXPECT_TRUE(isRefused(closed, [&](OrderedJson& state) { state[name] = going; })) << name;
  }
}

TEST(HostileSnapshots, HaveADialogThatTheBotHas) {
  EXPECT_TRUE(isRefused(waitingForDelay(), [](OrderedJson& state) { state.erase("dialog"); }));
  EXPECT_TRUE(isRefused(waitingForDelay(), [](OrderedJson& state) { state["dialog"] = "elsewhere"; }));
  EXPECT_TRUE(isRefused(waitingForCredentials(), [](OrderedJson& state) { state["pending"]["dialog"] = "default"; }));
  EXPECT_TRUE(isRefused(waitingForCredentials(), [](OrderedJson& state) { state["dialog"] = "default"; })) << "a sign-in runs in its dialog alone";
}

TEST(HostileSnapshots, HaveAPendingEventThatFitsItsPlace) {
  const Script script = waitingForCredentials();
  const auto expectRefused = [&script](const Json& event) {
    EXPECT_TRUE(isRefused(script, [&event](OrderedJson& state) { state["pending"]["event"] = event.dump(); })) << event;
  };
  expectRefused({{"now", 1}, {"type", "callFinished"}, {"id", 2}, {"status", 200}, {"headers", Json::object()}, {"body", ""}});
  expectRefused({{"now", 1}, {"type", "callFailed"}, {"id", 2}, {"reason", "network"}});
  expectRefused({{"now", 1}, {"type", "textEntered"}, {"text", "Hello"}});
  expectRefused({{"now", 1}, {"type", "optionChosen"}, {"value", 1}});
  expectRefused({{"now", 1}, {"type", "started"}, {"conversationId", "c"}, {"seed", 1}});
  expectRefused({{"now", 1}, {"type", "closed"}});
  expectRefused({{"now", 1}, {"type", "authenticated"}});
  expectRefused("not an event");
}

TEST(HostileSnapshots, HoldNoMoreMessagesThanAreKept) {
  const auto holds = [](const Json& held) {
    return !isRefused(waitingForCredentials(), [&held](OrderedJson& state) {
      state["queue"] = {"one", "two"};
      state["pending"]["held"] = OrderedJson::parse(held.dump());
    });
  };
  for (const int held : {0, 1, 2}) EXPECT_TRUE(holds(held)) << held;
  for (const Json& held : {Json(3), Json(-1), Json(1.5), Json("1"), Json(nullptr)}) EXPECT_FALSE(holds(held)) << held;
}

TEST(HostileSnapshots, HaveAPendingPlaceThatFitsItsEvent) {
  const Json place = stateOf(waitingForResponse())["waiting"];
  const auto becomes = [](const OrderedJson& waiting) {
    return isRefused(waitingForCredentials(), [&waiting](OrderedJson& state) { state["pending"]["waiting"] = waiting; });
  };
  EXPECT_TRUE(becomes(OrderedJson::parse(place.dump()))) << "a request that is out waits for no timer";
  for (const int kind : {0, 1, 3, 4, 5, -1}) EXPECT_TRUE(becomes({{"kind", kind}})) << kind;
  EXPECT_TRUE(becomes({{"kind", 2}})) << "a delay at no place";
  EXPECT_TRUE(becomes({{"kind", 2}, {"place", {0, 0}}})) << "a delay at a text";
  EXPECT_TRUE(becomes(nullptr));
}

TEST(HostileSnapshots, CountNothingBelowZeroNorBeyondMeasure) {
  const std::vector<double> counts = {-1, -40, -9e15, 0.5, 4294967295.0, 9e15};
  for (const double count : counts) {
    const auto refuses = [count](const Script& script, const char* pointer) {
      return isRefused(script, [=](OrderedJson& state) { state[OrderedJson::json_pointer(pointer)] = count; });
    };
    EXPECT_TRUE(refuses(waitingForRetry(), "/waiting/request/retries")) << count;
    EXPECT_TRUE(refuses(waitingForRetry(), "/waiting/request/id")) << count;
    EXPECT_TRUE(refuses(waitingForCredentials(), "/waiting/repeats")) << count;
    EXPECT_TRUE(refuses(waitingForDelay(), "/waiting/delayTimer")) << count;
    EXPECT_TRUE(refuses(waitingForDelay(), "/failedAttempts")) << count;
    EXPECT_TRUE(refuses(waitingForDelay(), "/lastId")) << count;
    EXPECT_TRUE(refuses(waitingForDelay(), "/authentication/forgetList")) << count;
  }
}

TEST(HostileSnapshots, TellWhoIsSignedInInAFewWords) {
  const auto refuses = [](const OrderedJson& subject) {
    return isRefused(waitingForDelay(), [&](OrderedJson& state) { state["authentication"]["subject"] = subject; });
  };
  EXPECT_FALSE(refuses(std::string(64, 'a')));
  for (const OrderedJson& subject : {OrderedJson(std::string(65, 'a')), OrderedJson(5), OrderedJson(nullptr)}) EXPECT_TRUE(refuses(subject)) << subject;
}

TEST(HostileSnapshots, KnowNoInstantBeyondTheCalendar) {
  for (const double instant : {9e15, -9e15, 1e300}) {
    for (const char* pointer : {"/latest", "/lastMessage", "/lockedUntil", "/timers/0/2", "/authentication/since", "/authentication/timeoutMs"}) {
      EXPECT_TRUE(isRefused(waitingForDelay(), [=](OrderedJson& state) { state[OrderedJson::json_pointer(pointer)] = instant; }))
          << pointer << " " << instant;
    }
  }
}

TEST(HostileSnapshots, HaveOnlyAttributesThatTheBotHas) {
  for (const char* index : {"3", "99", "-1", "4294967296", "1e9", "", "status"}) {
    EXPECT_TRUE(isRefused(waitingForDelay(), [=](OrderedJson& state) { state["attributes"][index] = "x"; })) << index;
  }
  EXPECT_TRUE(isRefused(waitingForDelay(), [](OrderedJson& state) { state["attributes"]["1"] = "no number"; }));
  for (const int id : {0, 99, -1}) {
    EXPECT_TRUE(isRefused(waitingForCredentials(), [=](OrderedJson& state) { state["run"]["written"] = {id}; })) << id;
  }
}

TEST(HostileSnapshots, HoldPairsOfWhatTheyAreMadeOf) {
  const auto takes = [](const char* card, const char* header) {
    return !isRefused(waitingForResponse(), [&](OrderedJson& state) {
      state["cardOptions"] = OrderedJson::parse(card);
      state["waiting"]["request"]["headers"] = OrderedJson::parse(header);
    });
  };
  EXPECT_TRUE(takes(R"([["Loan", 1], ["Card", { "a": [] }]])", R"([["accept", "text/html"]])"));
  for (const char* cards : {R"(["Loan"])", R"([["Loan"]])", R"([["Loan", 1, 2]])", R"([[1, "Loan"]])", R"([{ "Loan": 1 }])", R"([null])", R"([[]])"})
    EXPECT_FALSE(takes(cards, "[]")) << cards;
  for (const char* headers : {R"(["accept"])", R"([["accept"]])", R"([["accept", "a", "b"]])", R"([["accept", 1]])", R"([[1, "a"]])", R"([null])"})
    EXPECT_FALSE(takes("[]", headers)) << headers;
  Json full = Json::array();
  for (int i = 0; i < 100; ++i) full.push_back({"Loan", i});
  EXPECT_TRUE(takes(full.dump().c_str(), "[]"));
  full.push_back({"Loan", 100});
  EXPECT_FALSE(takes(full.dump().c_str(), "[]"));
}

TEST(HostileSnapshots, WaitWhereThereIsSomethingToWaitFor) {
  for (const auto& place : {std::vector<int>{0, 0}, {0, 99}, {99, 0}, {-1, 0}, {0}, {0, 0, 0}, {}}) {
    EXPECT_TRUE(isRefused(waitingForCredentials(), [&](OrderedJson& state) { state["waiting"]["place"] = place; })) << Json(place);
  }
  for (const Json& waiting : {Json(nullptr), Json(5), Json::array(), Json::object(), Json({{"kind", 1}}), Json({{"kind", 9}})}) {
    EXPECT_TRUE(isRefused(waitingForResponse(), [&](OrderedJson& state) { state["waiting"] = OrderedJson::parse(waiting.dump()); })) << waiting;
  }
}

// What cannot be told from a real one may do what it likes, except break the engine.
TEST(HostileSnapshots, NeverBreakTheEngine) {
  const std::vector<OrderedJson> values = {nullptr, true, -1, 0, 1, 3, 1e9, 8.64e15, -8.64e15, "", "vault", "fetch", OrderedJson::array(), OrderedJson::object()};
  for (const Script& script : {waitingForDelay(), waitingForResponse(), waitingForRetry(), waitingForCredentials()}) {
    const OrderedJson state = OrderedJson::parse(script.conversation.snapshot())["state"];
    const OrderedJson places = state.flatten();
    for (const auto& [pointer, old] : places.items()) {
      for (const OrderedJson& value : values) {
        expectSane(script, [&pointer = pointer, &value](OrderedJson& forged) { forged[OrderedJson::json_pointer(pointer)] = value; });
      }
    }
    for (const auto& [name, old] : state.items()) {
      expectSane(script, [&name = name](OrderedJson& forged) { forged.erase(name); });
    }
  }
}

TEST(DamagedSnapshotsE3, OfARequestUnderWayAreRefusedHoweverTheyAreCutOff) {
  const std::string whole = waitingForResponse().conversation.snapshot();
  Script after(corpusBot("every-turn-timers"));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_TRUE(restore(after, whole.substr(0, length)).contains("refused")) << length;
  }
  EXPECT_TRUE(restore(after, whole + "}").contains("refused"));
}

TEST(DamagedSnapshotsE3, OfARequestUnderWayAreRefusedWhicheverByteIsAnother) {
  const std::string whole = waitingForResponse().conversation.snapshot();
  Script after(corpusBot("every-turn-timers"));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int bit = 1; bit < 256; bit *= 2) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ bit);
      EXPECT_TRUE(restore(after, damaged).contains("refused")) << damaged;
    }
  }
  EXPECT_FALSE(after.status()["authenticated"].get<bool>());
}

}  // namespace
