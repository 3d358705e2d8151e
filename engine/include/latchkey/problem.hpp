#pragma once

#include <string>

namespace latchkey {

enum class Severity { error, warning };

/// A finding about a bot: what is wrong, where, and how to mend it.
struct Problem {
  Severity severity = Severity::error;
  /// One of the codes of docs/bot-format.md, such as "unknownDialog". Points to static storage.
  const char* code = "";
  /// RFC 6901 pointer into the bot file; for "jsonSyntax" the empty pointer, with line and column in the message.
  std::string where;
  /// One or two sentences that name the fix.
  std::string message;
};

}  // namespace latchkey
