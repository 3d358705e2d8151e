// Any bytes as events, a line each: a turn or a rejection, which changes nothing; an empty line is a reload.

#include <utility>

#include "fuzz.hpp"

namespace {

constexpr std::int64_t now = 1767603700000;

/// A conversation, and the snapshot that its last line left.
struct Tried {
  latchkey::Conversation conversation{fuzzBot()};
  std::string snapshot = conversation.snapshot();
  bool started = false;
  bool reloaded = false;

  void reload() {
    // One that has not begun has no snapshot to go on from, and a second reload finds what the first one found.
    if (!started || std::exchange(reloaded, true)) return;
    conversation = latchkey::Conversation(fuzzBot());
    require(conversation.restore(snapshot, now).starts_with(R"({"effects")"), "its own snapshot is refused", snapshot);
    snapshot = conversation.snapshot();
  }

  void send(std::string_view event) {
    reloaded = false;
    const std::string turn = conversation.handle(event);
    require(isTurn(turn), "that is no turn", turn);
    const std::string before = std::exchange(snapshot, conversation.snapshot());
    if (turn.starts_with(R"({"rejected")")) require(snapshot == before, "rejected, and changed", event);
    started = started || conversation.status(now).find(R"("dialog":")") != std::string::npos;
  }
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = textOf(data, size);
  Tried tried;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    if (line.empty()) tried.reload();
    else tried.send(line);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return 0;
}
