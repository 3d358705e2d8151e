// Any bytes as the body of an API's answer, to an element that saves from it or, when the second byte is odd, to the one that asks
// who the user is. The first two bytes are the status: 200 as often as all others together.

#include <nlohmann/json.hpp>

#include "fuzz.hpp"

namespace {

constexpr std::int64_t now = 1767603602000;

/// The answer to the request in the turn; nothing when there is none in it.
std::string answer(std::string_view turn, int status, std::string_view body) {
  constexpr std::string_view mark = R"("type":"call","id":)";
  const std::size_t at = turn.find(mark);
  if (at == std::string_view::npos) return {};
  const nlohmann::json event = {{"type", "callFinished"}, {"now", now}, {"id", std::atoi(turn.data() + at + mark.size())}, {"status", status},
                                {"headers", {{"etag", std::string(body.substr(0, 40))}}}, {"body", std::string(body)}};
  return event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const int status = data[0] % 2 == 0 ? 200 : 100 + data[0] * 2 + data[1];
  const std::string_view body = textOf(data + 2, size - 2);
  latchkey::Conversation conversation(fuzzBot());
  conversation.handle(startedEvent());
  std::string turn = conversation.handle(textEvent(data[1] % 2 == 0 ? "fetch" : "in", now));
  if (turn.find(R"("type":"call")") == std::string::npos) turn = conversation.handle(textEvent("C-1001", now));
  turn = conversation.handle(answer(turn, status, body));
  require(turn.starts_with(R"({"effects":[)"), "the answer was not taken", turn);
  const std::string state = conversation.status(now);
  require(status == 200 || state.find(R"("authenticated":true)") == std::string::npos, "a failure authenticates", state);
  turn = conversation.handle(textEvent("5", now));
  require(isTurn(turn), "that is no turn", turn);
  return 0;
}
