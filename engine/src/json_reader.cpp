#include "json_reader.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "index.hpp"
#include "problem_text.hpp"

namespace latchkey {
namespace {

using Json = nlohmann::json;

/// Beyond this many members the search for duplicates uses an index.
constexpr std::size_t smallObject = 16;
/// Events nest no deeper, and have no more members: room for them is made at once.
constexpr std::size_t usualDepth = 4;
constexpr std::size_t usualMembers = 4;

/// The length of the text, word or number that was read last; 1 when it broke off.
std::size_t wholeLength(std::string_view token) {
  // Before a word nlohmann leaves what came before it.
  for (std::string_view word : {"true", "false", "null"})
    if (token.ends_with(word)) return word.size();
  const bool isText = token.size() > 1 && token.starts_with('"') && token.ends_with('"');
  const bool isNumber = token.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
  return isText || isNumber ? std::max<std::size_t>(token.size(), 1) : 1;
}

/// Builds the tree from nlohmann's parse events, so that depth and duplicate keys are seen before anything is built.
class TreeBuilder final : public nlohmann::json_sax<Json> {
 public:
  TreeBuilder(JsonResult& result, int depth) : result_(result), depth_(static_cast<std::size_t>(depth)) { open_.reserve(usualDepth); }

  bool null() override { return put(Value()); }
  bool boolean(bool value) override { return put(Value(value)); }
  bool number_integer(number_integer_t value) override { return put(Value(static_cast<double>(value))); }
  bool number_unsigned(number_unsigned_t value) override { return put(Value(static_cast<double>(value))); }
  bool number_float(number_float_t value, const string_t&) override { return put(Value(value)); }
  bool string(string_t& value) override { return put(Value(std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override {
    Object object;
    object.members().reserve(usualMembers);
    return open(Value(std::move(object)));
  }
  bool start_array(std::size_t) override { return open(Value(List())); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Level& level = open_.back();
    level.skip = seen(level, name);
    if (level.skip) result_.faults.push_back({JsonFault::Kind::duplicateKey, 0, where() + pointerToken(name)});
    level.key = std::move(name);
    return true;
  }

  /// `position` is that behind what was read last. A whole token is to blame from its beginning, a part of one where it breaks off.
  bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception&) override {
    const std::size_t length = hasProblemTexts ? wholeLength(token) : 1;
    result_.faults.push_back({JsonFault::Kind::syntax, position - std::min(position, length), {}});
    return false;
  }

 private:
  struct Level {
    Value value;
    std::string key;
    bool skip = false;
    Index keys;
  };

  static bool seen(Level& level, const std::string& name) {
    const Object& object = *level.value.object();
    if (object.members().size() < smallObject) return object.find(name) != nullptr;
    if (level.keys.empty())
      for (const auto& member : object.members()) level.keys.emplace(member.first, 0);
    return !level.keys.emplace(name, 0).second;
  }

  std::string where() const {
    std::string pointer;
    for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
      const Level& level = open_[i];
      pointer += level.value.list() ? "/" + std::to_string(level.value.list()->size()) : pointerToken(level.key);
    }
    return pointer;
  }

  bool open(Value value) {
    open_.push_back({std::move(value), {}, false, {}});
    if (open_.size() <= depth_) return true;
    result_.faults.push_back({JsonFault::Kind::tooDeep, 0, where()});
    return false;
  }

  bool close() {
    Value value = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(value));
  }

  bool put(Value value) {
    if (open_.empty()) {
      result_.value = std::move(value);
      return true;
    }
    Level& level = open_.back();
    if (List* list = level.value.list()) list->push_back(std::move(value));
    else if (!level.skip) level.value.object()->add(std::move(level.key), std::move(value));
    return true;
  }

  JsonResult& result_;
  const std::size_t depth_;
  std::vector<Level> open_;
};

}  // namespace

JsonResult readJson(std::string_view text, int depth) {
  JsonResult result;
  // nlohmann's lexer takes a NUL for the end of the text.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    result.faults.push_back({JsonFault::Kind::syntax, nul, {}});
    return result;
  }
  TreeBuilder builder(result, depth);
  if (!Json::sax_parse(text.data(), text.data() + text.size(), &builder) && result.good())
    result.faults.push_back({JsonFault::Kind::syntax, text.size(), {}});
  return result;
}

std::optional<Value> parseJson(std::string_view text, int depth) {
  JsonResult result = readJson(text, depth);
  if (!result.good()) return std::nullopt;
  return std::move(result.value);
}

std::string pointerToken(std::string_view key) {
  std::string token = "/";
  if (key.find_first_of("~/") == std::string_view::npos) return token += key;
  for (char c : key) {
    if (c == '~') token += "~0";
    else if (c == '/') token += "~1";
    else token += c;
  }
  return token;
}

}  // namespace latchkey
