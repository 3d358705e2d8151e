#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "latchkey/platform.hpp"
#include "latchkey/problem.hpp"

namespace latchkey {

/// A checked bot file: immutable, shared by all its conversations. Opaque; see engine/src/bot_model.hpp for its parts.
struct Bot;

struct LoadResult {
  /// Null when `problems` holds an error.
  std::shared_ptr<const Bot> bot;
  /// Every problem of the file, errors and warnings: first those of single places in the order of the file, then those of the whole.
  std::vector<Problem> problems;
};

/// Reads and checks a bot file (JSON text). Any bytes are welcome: what is wrong is in the result, never a crash.
/// `platform` must outlive the bot.
LoadResult loadBot(std::string_view text, const Platform& platform);

/// The result as JSON text: `{ "bot": { "id", "name", "language" } | null, "problems": [ … ] }`.
std::string toJson(const LoadResult& result);

}  // namespace latchkey
