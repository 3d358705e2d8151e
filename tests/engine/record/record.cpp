// Writes conversations with bots of the corpus and bots made by chance to the standard output, for another build of the engine to
// have them again (tests/web/same-bytes.test.mjs): a line of JSON each, `{ "bot": text, "steps": [ { "event" or "reload", "turn",
// "snapshot" } ] }`. Arguments: how many conversations, and the number of the first.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "random_visitor.hpp"

namespace {

constexpr int stepsOfAWalk = 40;

Json record(const RandomTalk& talk, std::uint64_t seed) {
  RandomVisitor visitor(talk, seed);
  latchkey::Conversation conversation(talk.bot);
  Json steps = Json::array();
  for (int i = 0; i < stepsOfAWalk; ++i) {
    const Step step = visitor.next();
    const std::string turn = perform(conversation, talk, step);
    const Json parsed = Json::parse(turn, nullptr, false);
    if (step.kind == Step::Kind::reload) visitor.forget();
    if (parsed.contains("effects")) visitor.see(parsed["effects"]);
    Json line = {{"turn", turn}, {"snapshot", conversation.snapshot()}};
    if (step.kind == Step::Kind::reload) line["reload"] = step.now;
    else line["event"] = step.event;
    steps.push_back(std::move(line));
  }
  return {{"name", talk.name + ", seed " + std::to_string(seed)}, {"bot", talk.botText}, {"steps", steps}};
}

Json recordNumber(std::uint64_t number) {
  const auto& talks = corpusTalks();
  if (number % 2 == 0) return record(randomTalk(number / 2), number);
  return record(talks[number / 2 % talks.size()], number);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("Usage: latchkey_record COUNT FIRST\n", stderr);
    return 2;
  }
  const std::uint64_t first = std::strtoull(arguments[2], nullptr, 10);
  const std::uint64_t end = first + std::strtoull(arguments[1], nullptr, 10);
  for (std::uint64_t number = first; number < end; ++number) std::printf("%s\n", recordNumber(number).dump().c_str());
  return 0;
}
