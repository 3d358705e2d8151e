#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

using Json = nlohmann::json;

/// One conversation of a file, as docs/conversation-tests.md describes them.
struct ConversationCase {
  std::filesystem::path file;
  /// the file's `bot`, `now`, `page`, `language`
  Json setting;
  Json conversation;

  std::string name() const;
};

/// For GoogleTest, which would print the bytes otherwise.
void PrintTo(const ConversationCase& test, std::ostream* out);

/// How a conversation is run: as it stands; with a reload before every step; with events that fit nothing before every step.
enum class Mode { straight, reload, intruder };

/// Every conversation below tests/conversations, and those of the example bots.
std::vector<ConversationCase> conversationCases();
/// Every conversation below tests/failing-conversations.
std::vector<ConversationCase> failingConversationCases();

/// Runs one conversation; empty when it came out as written, else a report for people.
std::string runConversation(const ConversationCase& test, Mode mode);
