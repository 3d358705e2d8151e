#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace latchkey {

class Value;
using List = std::vector<Value>;

/// The members of a JSON object in the order of the text. Keys are unique: the reader refuses duplicates.
class Object {
 public:
  using Member = std::pair<std::string, Value>;
  const Value* find(std::string_view key) const;
  void add(std::string key, Value value);
  std::vector<Member>& members() { return members_; }
  const std::vector<Member>& members() const { return members_; }
  bool operator==(const Object& other) const;

 private:
  std::vector<Member> members_;
};

/// A JSON value, and the value of an attribute.
class Value {
 public:
  Value() = default;
  Value(bool value) : held_(value) {}
  Value(double value) : held_(value) {}
  Value(std::string value) : held_(std::move(value)) {}
  Value(std::string_view value) : held_(std::string(value)) {}
  Value(const char* value) : held_(std::string(value)) {}
  Value(List value) : held_(std::move(value)) {}
  Value(Object value) : held_(std::move(value)) {}

  bool isNull() const { return std::holds_alternative<std::monostate>(held_); }
  const bool* boolean() const { return std::get_if<bool>(&held_); }
  const double* number() const { return std::get_if<double>(&held_); }
  const std::string* text() const { return std::get_if<std::string>(&held_); }
  const List* list() const { return std::get_if<List>(&held_); }
  const Object* object() const { return std::get_if<Object>(&held_); }
  List* list() { return std::get_if<List>(&held_); }
  Object* object() { return std::get_if<Object>(&held_); }

  /// The member `key` of an object, null otherwise.
  const Value* find(std::string_view key) const { return object() ? object()->find(key) : nullptr; }

  bool operator==(const Value& other) const { return held_ == other.held_; }

 private:
  std::variant<std::monostate, bool, double, std::string, List, Object> held_;
};

inline const Value* Object::find(std::string_view key) const {
  for (const Member& member : members_)
    if (member.first == key) return &member.second;
  return nullptr;
}
inline void Object::add(std::string key, Value value) { members_.emplace_back(std::move(key), std::move(value)); }
inline bool Object::operator==(const Object& other) const {
  if (members_.size() != other.members_.size()) return false;
  for (const Member& member : members_) {
    const Value* theirs = other.find(member.first);
    if (!theirs || !(*theirs == member.second)) return false;
  }
  return true;
}

}  // namespace latchkey
