#include <algorithm>
#include <array>

#include "check.hpp"
#include "json_writer.hpp"
#include "effects.hpp"
#include "loader.hpp"
#include "text.hpp"
#include "url.hpp"

namespace latchkey {
namespace {

/// docs/bot-format.md, section 10.
constexpr std::size_t largestFile = 16u << 20;
constexpr int formatVersion = 1;
constexpr std::size_t longestDialogId = 128;
constexpr std::size_t longestName = 64;
constexpr double largestResponse = 64.0 * 1024 * 1024;

constexpr std::array<std::pair<std::string_view, AttributeType>, predefined::count> predefinedAttributes = {{
    {"authenticated", AttributeType::boolean}, {"authenticatedAt", AttributeType::text},
    {"authenticationExpiresAt", AttributeType::text}, {"lastReceivedMessage", AttributeType::text},
    {"conversationId", AttributeType::text}, {"now", AttributeType::text}, {"today", AttributeType::text},
    {"pageUrl", AttributeType::text}, {"pageLanguage", AttributeType::text},
}};

bool isBotId(std::string_view id) {
  return !id.empty() && id.size() <= longestName && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-';
  });
}

/// RFC 5646, section 2.1: letters, then letters and digits, 1 to 8 each, joined by hyphens.
bool isLanguageTag(std::string_view tag) {
  std::size_t length = 0;
  bool first = true;
  for (char c : tag) {
    if (c == '-' && length > 0) {
      first = false;
      length = 0;
    } else if (++length > 8 || !(isLetter(c) || (isDigit(c) && !first))) {
      return false;
    }
  }
  return length > 0;
}

bool isAttributeName(std::string_view name) {
  if (name.empty() || name.size() > longestName || isDigit(name.front())) return false;
  if (name == "__proto__" || name == "constructor" || name == "prototype") return false;
  return std::all_of(name.begin(), name.end(), [](char c) { return isLetter(c) || isDigit(c) || c == '_'; });
}

bool isDialogId(std::string_view id) {
  char before = 0;
  for (char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    // U+0080 to U+009F are controls too; they begin with C2.
    if (byte < 0x20 || byte == 0x7F || (before == '\xC2' && byte < 0xA0)) return false;
    before = c;
  }
  return !id.empty() && countCharacters(id) <= longestDialogId;
}

class BotLoader {
 public:
  BotLoader(Loader& loader, const Value& source) : bot_(loader.bot), loader_(loader), source_(source), top_(loader, source, "") {}

  void load() {
    if (!source_.object()) return;
    readHead();
    for (const auto& [name, type] : predefinedAttributes) loader_.registerAttribute({std::string(name), type, false, false, 0, {}, noDialog});
    registerDialogs();
    readAttributes();
    readSettings();
    readDialogs();
    top_.finish();
    checkBot(loader_);
  }

 private:
  void readHead() {
    if (const Value* version = top_.require("latchkey")) {
      if (!version->number()) top_.wrongType("latchkey", "the number 1");
      else if (*version->number() != formatVersion)
        loader_.error("unsupportedVersion", top_.at("latchkey"), "This engine reads version 1 of the format; write \"latchkey\": 1 or use a newer engine.");
    }
    if (const auto id = top_.requireText("id")) {
      bot_.id = *id;
      if (!isBotId(*id)) loader_.error("badName", top_.at("id"), "An id is 1 to 64 of a-z, 0-9 and -.");
    }
    bot_.name = top_.text("name").value_or(bot_.id);
    bot_.language = top_.text("language").value_or("en");
    if (!isLanguageTag(bot_.language)) loader_.error("badName", top_.at("language"), "A language is a BCP 47 tag, such as \"en\" or \"pt-BR\".");
    top_.text("description");
    bot_.settings.texts = builtInTexts(bot_.language);
  }

  void registerDialogs() {
    const Value* dialogs = source_.find("dialogs");
    if (!dialogs || !dialogs->list()) return;
    for (const Value& dialog : *dialogs->list()) {
      const auto index = static_cast<DialogIndex>(bot_.dialogs.size());
      bot_.dialogs.emplace_back();
      const Value* id = dialog.find("id");
      if (!id || !id->text()) continue;
      bot_.dialogs.back().id = *id->text();
      loader_.registerDialog(*id->text(), index);
    }
  }

  void readAttributes() {
    top_.each("attributes", 0, 10'000, [&](const Value& source, const std::string& where) { readAttribute(source, where); });
  }

  void readAttribute(const Value& source, const std::string& where) {
    Fields fields(loader_, source, where);
    Attribute attribute;
    attribute.name = fields.requireText("name").value_or("");
    if (const auto type = fields.text("type")) {
      const std::optional<AttributeType> known = attributeTypeNamed(*type);
      if (!known) loader_.error("unknownType", fields.at("type"), "There is no attribute type " + quoted(*type) + nearestKnown(*type, attributeTypes));
      attribute.type = known.value_or(AttributeType::text);
    } else if (source.object() && !source.find("type")) {
      fields.require("type");
    }
    const bool ofDialog = readScope(fields, attribute);
    attribute.sensitive = fields.boolean("sensitive", false);
    attribute.mask = fields.integer("mask", 0, 4).value_or(0);
    readExternal(fields, attribute, ofDialog);
    if (const Value* initial = fields.find("default")) {
      const std::optional<Value> value = convert(attribute.type, *initial);
      if (!value) loader_.error("typeMismatch", fields.at("default"), told(*initial, attribute) + " is no value of type " + plain(nameOf(attribute.type)) + ".");
      attribute.initial = value.value_or(Value());
    }
    fields.finish();
    if (source.find("name") && source.find("name")->text()) registerAttribute(std::move(attribute), fields.at("name"));
  }

  /// True when it is of a dialog.
  bool readScope(Fields& fields, Attribute& attribute) {
    const bool ofDialog = fields.choice("scope", {"chatbot", "dialog"}).value_or(0) == 1;
    if (ofDialog && fields.require("dialog")) attribute.dialog = fields.dialog("dialog");
    else if (!ofDialog && fields.has("dialog"))
      loader_.error("outOfRange", fields.at("dialog"), "\"dialog\" goes with \"scope\": \"dialog\"; add that or remove this.");
    return ofDialog;
  }

  void readExternal(Fields& fields, Attribute& attribute, bool ofDialog) {
    attribute.external = fields.boolean("external", false);
    if (attribute.external && attribute.sensitive)
      loader_.error("notAllowedHere", fields.at("external"), "What the page sets is no secret from it; remove \"external\" or \"sensitive\".");
    if (attribute.external && ofDialog)
      loader_.error("notAllowedHere", fields.at("external"), "The page knows no dialogs, and sets only what the whole chatbot sees; remove \"external\", or \"scope\" and \"dialog\".");
  }

  void registerAttribute(Attribute attribute, const std::string& where) {
    const std::string name = attribute.name;
    if (!isAttributeName(name))
      return loader_.error("badName", where, quoted(name) + " cannot name an attribute: use letters, digits and _, at most 64, not beginning with a digit.");
    for (const auto& [reserved, type] : predefinedAttributes)
      if (reserved == name) return loader_.error("reservedAttribute", where, quoted(name) + " is predefined; choose another name.");
    const auto id = static_cast<AttributeId>(bot_.attributes.size());
    if (loader_.registerAttribute(std::move(attribute))) loader_.declared.emplace_back(id, where.substr(0, where.rfind('/')));
    else loader_.error("duplicateId", where, "There is an attribute " + quoted(name) + " already; choose another name.");
  }

  void readSettings() {
    const Value* source = top_.find("settings");
    if (!source) return;
    Fields fields(loader_, *source, "/settings");
    Settings& settings = bot_.settings;
    if (fields.has("apiOrigins")) settings.apiOrigins.clear();
    fields.each("apiOrigins", 0, 1000, [&](const Value& value, const std::string& where) {
      if (!value.text()) return loader_.error("wrongType", where, "This must be a text.");
      const std::optional<std::string> origin = *value.text() == "self" ? "self" : parseOrigin(*value.text());
      // Of an address that is more than its origin this is meant, and calls to it are no further mistake to tell.
      const std::optional<UrlParts> parts = origin || !hasProblemTexts ? std::nullopt : splitUrl(*value.text());
      const std::string meant = origin ? *origin : parts ? parts->origin : "";
      if (!meant.empty()) settings.apiOrigins.push_back(meant);
      if (!origin) loader_.error("badUrl", where, quoted(*value.text()) + " is not an origin; write it like " + plain(meant.empty() ? "https://api.example.com" : meant) + ", or \"self\".");
    });
    settings.checksEveryTurn = fields.choice("authenticationCheck", {"onEntry", "everyTurn"}).value_or(0) == 1;
    settings.sessionMinutes = fields.number("sessionMinutes", 0, longestMinutes).value_or(0);
    settings.maxResponseBytes = fields.number("maxResponseBytes", 1, largestResponse).value_or(settings.maxResponseBytes);
    settings.fallback = fields.fallback("fallback", AtEnd::endFlow);
    if (const Value* texts = fields.find("texts")) {
      Fields named(loader_, *texts, fields.at("texts"));
      settings.texts.fallback = named.text("fallback").value_or(settings.texts.fallback);
      settings.texts.locked = named.text("locked").value_or(settings.texts.locked);
      named.finish();
    }
    fields.finish();
  }

  void readDialogs() {
    top_.require("dialogs");
    DialogIndex index = 0;
    top_.each("dialogs", 0, 100'000, [&](const Value& source, const std::string& where) {
      loader_.dialog = index++;
      readDialog(source, where);
    });
    loader_.dialog = noDialog;
    if (source_.find("dialogs") && source_.find("dialogs")->list() && bot_.initialDialog == noDialog)
      loader_.error("defaultMissing", "/dialogs", "Every session begins in the dialog whose id is \"default\"; add it.");
  }

  void readDialog(const Value& source, const std::string& where) {
    Fields fields(loader_, source, where);
    Dialog& dialog = bot_.dialogs[loader_.dialog];
    if (fields.requireText("id")) checkId(fields, dialog);
    const std::string name = fields.text("name").value_or(dialog.id);
    dialog.name = name;
    readKind(fields, dialog);
    readLock(fields, dialog);
    readKeywords(fields);
    if (dialog.kind == DialogKind::authentication) readAttemptLimit(fields);
    const Value* elements = fields.require("elements");
    dialog.elements = elements ? loader_.loadList(*elements, fields.at("elements"), AtEnd::endDialog, {}) : noList;
    fields.finish();
  }

  void checkId(Fields& fields, const Dialog& dialog) {
    if (!isDialogId(dialog.id))
      loader_.error("badName", fields.at("id"), "A dialog's id has 1 to 128 characters and no control characters.");
    if (loader_.findDialog(dialog.id) != loader_.dialog)
      loader_.error("duplicateId", fields.at("id"), "There is a dialog " + quoted(dialog.id) + " already; choose another id.");
    else if (dialog.id == "default")
      bot_.initialDialog = loader_.dialog;
  }

  void readKind(Fields& fields, Dialog& dialog) {
    const std::optional<std::size_t> kind = fields.choice("kind", {"standard", "default", "authentication", "sessionExpired"});
    dialog.kind = static_cast<DialogKind>(kind.value_or(0));
    if (dialog.kind == DialogKind::initial && dialog.id != "default") {
      loader_.error("outOfRange", fields.at("kind"), "The default dialog is the one whose id is \"default\"; remove the kind or change the id.");
      dialog.kind = DialogKind::standard;
    }
    if (dialog.id == "default") {
      if (kind && dialog.kind != DialogKind::initial && dialog.kind != DialogKind::standard)
        loader_.error("outOfRange", fields.at("kind"), "The dialog \"default\" is where every session begins; give this kind to another dialog.");
      dialog.kind = DialogKind::initial;
    }
    if (dialog.kind == DialogKind::authentication) claim(bot_.authenticationDialog, "authenticationDialogDuplicate", fields);
    if (dialog.kind == DialogKind::sessionExpired) claim(bot_.sessionExpiredDialog, "duplicateId", fields);
  }

  void claim(DialogIndex& only, const char* code, const Fields& fields) {
    if (only == noDialog) only = loader_.dialog;
    else loader_.error(code, fields.where, "A bot has at most one dialog of this kind; remove this one or change its kind.");
  }

  void readLock(Fields& fields, Dialog& dialog) {
    dialog.secured = fields.boolean("secured", false);
    if (!dialog.secured) return;
    const std::string where = fields.at("secured");
    switch (dialog.kind) {
      case DialogKind::standard: return;
      case DialogKind::initial:
        loader_.defaultSecured = true;
        loader_.error("defaultSecured", where, "The default dialog cannot be secured; put a To Dialog to a secured dialog into it.");
        break;
      case DialogKind::authentication:
        loader_.error("authenticationSecured", where, "The authentication dialog cannot be secured, for it gives the authentication; remove the lock.");
        break;
      case DialogKind::sessionExpired:
        loader_.error("sessionExpiredSecured", where, "The sessionExpired dialog cannot be secured; remove the lock.");
        break;
    }
    dialog.secured = false;
  }

  void readKeywords(Fields& fields) {
    const DialogKind kind = bot_.dialogs[loader_.dialog].kind;
    if (fields.has("keywords") && kind != DialogKind::standard && kind != DialogKind::initial)
      loader_.error("notAllowedHere", fields.at("keywords"), "Only standard dialogs and the default one have keywords; remove them.");
    fields.each("keywords", 0, 10'000, [&](const Value& value, const std::string& where) {
      if (!value.text()) return loader_.error("wrongType", where, "This must be a text.");
      const auto [held, added] = bot_.keywords.emplace(foldForComparison(*value.text(), *bot_.platform), loader_.dialog);
      if (!added && held->second != loader_.dialog)
        loader_.error("duplicateKeyword", where, quoted(*value.text()) + " leads to the dialog " + quoted(bot_.dialogs[held->second].id) + " already; remove it from one of them.");
    });
  }

  void readAttemptLimit(Fields& fields) {
    AttemptLimit& limit = bot_.attemptLimit;
    limit.maxAttempts = fields.integer("maxAttempts", 1, 1000).value_or(limit.maxAttempts);
    limit.lockMinutes = fields.number("lockMinutes", 0, longestMinutes).value_or(limit.lockMinutes);
    limit.lockedText = fields.said("lockedText");
    limit.lockedDialog = fields.dialog("lockedDialog");
    if (limit.lockedDialog != noDialog && needsLock(limit.lockedDialog))
      loader_.error("notAllowedHere", fields.at("lockedDialog"), "Who is locked out cannot enter a secured dialog or the authentication dialog; name another one.");
  }

  /// Looks at the file, for the dialog may come later in it.
  bool needsLock(DialogIndex index) const {
    const Value& dialog = (*source_.find("dialogs")->list())[index];
    const Value* secured = dialog.find("secured");
    const Value* kind = dialog.find("kind");
    return (secured && secured->boolean() && *secured->boolean()) || (kind && kind->text() && *kind->text() == "authentication");
  }

  Bot& bot_;
  Loader& loader_;
  const Value& source_;
  Fields top_;
};

/// "line 3, column 14", both from 1, columns in characters.
ProblemText lineAndColumn(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return "line " + plain(static_cast<double>(line)) + ", column " + plain(static_cast<double>(countCharacters(before.substr(start)) + 1));
}

/// What people mean most often who write JSON by hand.
ProblemText syntaxHint(std::string_view text, std::size_t offset) {
  const std::string_view before = trim(text.substr(0, std::min(offset, text.size())));
  const std::string_view after = text.substr(std::min(offset, text.size()));
  if (trim(text).empty()) return "the file is empty.";
  if (after.starts_with('/') || before.ends_with('/')) return "JSON has no comments; write \"comment\": \"…\" into the object.";
  if (before.ends_with(',') && after.find_first_of("]}") == 0) return "remove the comma before the bracket.";
  return "mend the text there.";
}

ProblemText describeSyntax(std::string_view text, std::size_t offset) {
  if (!hasProblemTexts) return {};
  return "This is not JSON at " + lineAndColumn(text, offset) + "; " + syntaxHint(text, offset);
}

void report(const JsonFault& fault, std::string_view text, Loader& loader) {
  switch (fault.kind) {
    case JsonFault::Kind::tooDeep:
      return loader.error("tooDeep", fault.where, "Lists and objects may be nested 64 deep; move the inner elements to a dialog of their own.");
    case JsonFault::Kind::duplicateKey:
      return loader.error("duplicateKey", fault.where, "This key is in the same object already; remove one of them.");
    case JsonFault::Kind::syntax: return loader.error("jsonSyntax", "", describeSyntax(text, fault.offset));
  }
}

bool hasError(const std::vector<Problem>& problems) {
  return std::any_of(problems.begin(), problems.end(), [](const Problem& p) { return p.severity == Severity::error; });
}

}  // namespace

LoadResult loadBot(std::string_view text, const Platform& platform) {
  LoadResult result;
  auto bot = std::make_shared<Bot>();
  Loader loader(*bot, result.problems);
  if (text.size() > largestFile) {
    loader.error("tooLarge", "", "A bot file may have 16 MiB; split this bot.");
    return result;
  }
  const JsonResult json = readJson(text);
  bool whole = true;
  for (const JsonFault& fault : json.faults) {
    report(fault, text, loader);
    whole = whole && fault.kind == JsonFault::Kind::duplicateKey;
  }
  if (!whole) return result;
  bot->platform = &platform;
  bot->hash = hashText(text);
  BotLoader(loader, json.value).load();
  if (!hasError(result.problems)) result.bot = std::move(bot);
  return result;
}

std::string toJson(const LoadResult& result) {
  std::string text;
  JsonWriter writer(text);
  writer.beginObject().key("bot");
  if (result.bot)
    writer.beginObject().member("id", result.bot->id).member("name", result.bot->name).member("language", result.bot->language).endObject();
  else
    writer.null();
  writer.key("problems").beginList();
  for (const Problem& problem : result.problems) writeProblem(writer, problem);
  writer.endList().endObject();
  return text;
}

}  // namespace latchkey
