#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attribute.hpp"
#include "element.hpp"
#include "index.hpp"
#include "latchkey/bot.hpp"
#include "template.hpp"
#include "texts.hpp"

namespace latchkey {

inline constexpr double msPerMinute = 60'000;
/// A year: the most that a bot's minutes may be.
inline constexpr double longestMinutes = 525'600;

/// What happens after the last element of a list.
enum class AtEnd {
  /// the flow goes on after the element that holds the list
  goOn,
  /// the dialog is over
  endDialog,
  /// the flow waits for nothing in particular: an answer's fallback
  endFlow
};

struct ElementList {
  std::vector<std::unique_ptr<const Element>> elements;
  AtEnd atEnd = AtEnd::endDialog;
  /// The element that holds this list, for goOn.
  Place parent;
  /// RFC 6901 pointer of the list in the bot file.
  std::string where;
};

enum class DialogKind { standard, initial, authentication, sessionExpired };

struct Dialog {
  std::string id;
  std::string name;
  DialogKind kind = DialogKind::standard;
  bool secured = false;
  ListId elements = noList;
  /// Its attributes of scope "dialog".
  std::vector<AttributeId> attributes;
};

/// The authentication dialog's own fields (docs/bot-format.md, section 7.8).
struct AttemptLimit {
  int maxAttempts = 5;
  double lockMinutes = 15;
  std::optional<Text> lockedText;
  DialogIndex lockedDialog = noDialog;
};

struct Settings {
  std::vector<std::string> apiOrigins = {"self"};
  bool checksEveryTurn = false;
  double sessionMinutes = 0;
  Fallback fallback;
  double maxResponseBytes = 1048576;
  Texts texts;
};

/// A checked bot file. Lists are numbered so that a place in the flow is two numbers.
struct Bot {
  const Platform* platform = nullptr;
  std::uint64_t hash = 0;
  std::string id;
  std::string name;
  std::string language = "en";
  Settings settings;
  std::vector<Attribute> attributes;
  std::vector<Dialog> dialogs;
  std::vector<ElementList> lists;
  Index keywords;
  AttemptLimit attemptLimit;
  DialogIndex initialDialog = noDialog;
  DialogIndex authenticationDialog = noDialog;
  DialogIndex sessionExpiredDialog = noDialog;
  /// What an authentication is told apart by when its element names no subject: the sensitive attributes that the
  /// authentication dialog's requests send.
  std::vector<AttributeId> credentials;
  /// What becomes null when an authentication ends, for each Authentication element.
  std::vector<std::vector<AttributeId>> forgetLists;

  const Element* elementAt(Place place) const {
    if (place.list >= lists.size() || place.index >= lists[place.list].elements.size()) return nullptr;
    return lists[place.list].elements[place.index].get();
  }
  std::string whereIs(Place place) const { return lists[place.list].where + "/" + std::to_string(place.index); }
};

}  // namespace latchkey
