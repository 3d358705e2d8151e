// Any bytes as events, a line each: a turn or a rejection, which changes nothing; an empty line is a reload.

#include "fuzz.hpp"

namespace {

constexpr std::int64_t now = 1767603700000;

void reload(latchkey::Conversation& conversation) {
  const std::string snapshot = conversation.snapshot();
  conversation = latchkey::Conversation(fuzzBot());
  require(conversation.restore(snapshot, now).starts_with(R"({"effects")"), "its own snapshot is refused", snapshot);
}

void send(latchkey::Conversation& conversation, std::string_view event) {
  const std::string before = conversation.snapshot();
  const std::string turn = conversation.handle(event);
  require(isTurn(turn), "that is no turn", turn);
  if (turn.starts_with(R"({"rejected")")) require(conversation.snapshot() == before, "rejected, and changed", event);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = textOf(data, size);
  latchkey::Conversation conversation(fuzzBot());
  bool started = false;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    if (!line.empty()) send(conversation, line);
    // One that has not begun has no snapshot to go on from.
    else if (started) reload(conversation);
    started = started || conversation.status(now).find(R"("dialog":")") != std::string::npos;
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return 0;
}
