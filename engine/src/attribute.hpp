#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "latchkey/platform.hpp"
#include "value.hpp"

namespace latchkey {

enum class AttributeType { text, number, boolean, date, email, phone, url, list, json };

/// Index of an attribute: the predefined ones first, then the declared ones in the order of the file.
using AttributeId = std::uint32_t;
inline constexpr AttributeId noAttribute = UINT32_MAX;
/// Index of a dialog in the order of the file.
using DialogIndex = std::uint32_t;
inline constexpr DialogIndex noDialog = UINT32_MAX;

/// Attributes that the engine computes; a bot reads them and cannot declare or write them.
namespace predefined {
enum : AttributeId {
  authenticated, authenticatedAt, authenticationExpiresAt, lastReceivedMessage, conversationId, now, today, pageUrl,
  pageLanguage, count
};
}

struct Attribute {
  std::string name;
  AttributeType type = AttributeType::text;
  bool sensitive = false;
  /// The page may set it.
  bool external = false;
  /// How many of the last characters stay visible when the value is masked, 0–4.
  int mask = 0;
  Value initial;
  /// The dialog that alone sees it, or noDialog for the whole chatbot.
  DialogIndex dialog = noDialog;
};

std::optional<AttributeType> attributeTypeNamed(std::string_view name);
std::string_view nameOf(AttributeType type);
std::vector<std::string_view> attributeTypes();

/// What the user typed, as a value of the type; nothing when it is not one. Text is trimmed, 1–4096 characters.
std::optional<Value> parseAnswer(AttributeType type, std::string_view answer, std::string_view language, const Platform& platform);

/// A JSON value (from the bot file, an API or a template) as a value of the type; nothing when the type refuses it.
/// Null stays null. Numbers and their text forms convert into each other.
std::optional<Value> convert(AttributeType type, const Value& value);

inline constexpr std::size_t largestValue = 1u << 20;

/// Whether a value that a bot made of others may be kept: at most 1 MiB (largestValue) of text, nested at most 64 deep. A bot that adds to
/// an attribute again and again would outgrow every snapshot otherwise.
bool isModest(const Value& value);

/// What the page sets an attribute to: as convert() has it, but text of at most 4096 characters, and only what is modest.
std::optional<Value> convertExternal(AttributeType type, const Value& value);

/// A value as people read it: null is nothing, text is itself, lists and objects are JSON text.
std::string print(const Value& value);

/// `printed` with all but its last `keep` characters hidden behind four bullets.
std::string mask(std::string_view printed, int keep);

}  // namespace latchkey
