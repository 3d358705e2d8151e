// Any bytes as a snapshot. With an even first byte as they are: refused, for no fuzzer finds a checksum that it does not know.
// With an odd one the rest is a state that gets the right checksum: refused, or a conversation that goes on sanely.

#include "fuzz.hpp"
#include "text.hpp"

namespace {

constexpr std::int64_t now = 1767603700000;

std::string withChecksum(std::string_view state) {
  return R"({"checksum":")" + latchkey::formatHash(latchkey::hashText(state)) + R"(","state":)" + std::string(state) + "}";
}

void goOn(latchkey::Conversation& conversation) {
  for (int id = 1; id < 5; ++id) {
    const std::string number = std::to_string(id), instant = std::to_string(now + id * 1000);
    for (const std::string& event : {R"({"type":"timerFired","id":)" + number + R"(,"now":)" + instant + "}",
                                     R"({"type":"callFailed","reason":"network","id":)" + number + R"(,"now":)" + instant + "}",
                                     textEvent("5", now + id * 1000)}) {
      const std::string turn = conversation.handle(event);
      require(isTurn(turn), "that is no turn", turn);
    }
  }
  latchkey::Conversation again(fuzzBot());
  const std::string snapshot = conversation.snapshot();
  require(again.restore(snapshot, now).starts_with(R"({"effects")"), "its own snapshot is refused", snapshot);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest = textOf(data + 1, size - 1);
  const bool forged = data[0] % 2 == 1;
  latchkey::Conversation conversation(fuzzBot());
  const std::string answer = conversation.restore(forged ? withChecksum(rest) : std::string(rest), now);
  if (answer.starts_with(R"({"refused":")")) return 0;
  require(isTurn(answer), "that is no turn", answer);
  goOn(conversation);
  return 0;
}
