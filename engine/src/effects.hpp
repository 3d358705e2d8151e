#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attribute.hpp"
#include "function_ref.hpp"
#include "json_writer.hpp"
#include "latchkey/problem.hpp"
#include "state.hpp"

namespace latchkey {

/// Writes what the host shall do, in order, as a JSON list (web/src/protocol.ts).
class Effects {
 public:
  explicit Effects(JsonWriter& writer) : writer_(writer) {}

  /// A text message. `markdown`: the same as CommonMark, empty where the author wrote none.
  /// `secured`: said in a secured dialog, for the host to hide when nobody is authenticated.
  void say(std::string_view text, std::string_view markdown = {}, bool secured = false);
  /// A message of another kind: its members are written between these two.
  JsonWriter& beginMessage(std::string_view kind);
  void endMessage(bool secured);
  /// `writeOptions` writes the buttons, with writeOption.
  void ask(std::string_view kind, FunctionRef<void(JsonWriter&)> writeOptions, bool sensitive, AttributeType type, bool repeated);
  void call(const Request& request, double maxBytes);
  void startTimer(std::uint32_t id, std::int64_t delayMs);
  void cancelTimer(std::uint32_t id);
  void echo(std::string_view text, bool secured = false);
  void authenticationChanged(bool authenticated, std::optional<Instant> expires, std::string_view reason);
  void emit(std::string_view name, const Value& data);
  void wipe();
  void handOver(const Value& data);
  void report(const Problem& problem);
  void finish(std::string_view reason);

 private:
  JsonWriter& begin(std::string_view type) { return writer_.beginObject().member("type", type); }

  JsonWriter& writer_;
};

void writeOption(JsonWriter& writer, std::string_view label, const Value& value);
void writeProblem(JsonWriter& writer, const Problem& problem);
void writeInstant(JsonWriter& writer, std::string_view name, std::optional<Instant> instant);

}  // namespace latchkey
