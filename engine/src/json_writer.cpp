#include "json_writer.hpp"

#include <algorithm>

#include "text.hpp"

namespace latchkey {
namespace {

void appendEscaped(std::string& out, unsigned char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: (out += "\\u00") += {hex[c >> 4], hex[c & 15]};
  }
}

bool needsEscape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

}  // namespace

void JsonWriter::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

JsonWriter& JsonWriter::begin(char bracket) {
  separate();
  out_ += bracket;
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  out_ += bracket;
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  value(name);
  out_ += ':';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::plainKey(std::string_view name) {
  quote(name);
  out_ += ':';
  first_ = true;
  return *this;
}

/// Writes text that needs no escape in one go: the quotes are there before the text is put between them.
void JsonWriter::quote(std::string_view text) {
  const std::size_t at = out_.size();
  out_.append((first_ ? 0 : 1) + text.size() + 2, '"');
  char* put = out_.data() + at;
  if (!first_) *put++ = ',';
  std::copy(text.begin(), text.end(), put + 1);
  first_ = false;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  if (std::none_of(text.begin(), text.end(), needsEscape)) {
    quote(text);
    return *this;
  }
  separate();
  out_ += '"';
  for (char c : text) {
    if (needsEscape(c)) appendEscaped(out_, static_cast<unsigned char>(c));
    else out_ += c;
  }
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::value(double number) { return raw(formatNumber(number)); }

JsonWriter& JsonWriter::value(const Value& held) {
  if (held.isNull()) return null();
  if (held.boolean()) return value(*held.boolean());
  if (held.number()) return value(*held.number());
  if (held.text()) return value(std::string_view(*held.text()));
  if (held.list()) {
    beginList();
    for (const Value& item : *held.list()) value(item);
    return endList();
  }
  beginObject();
  for (const auto& [name, item] : held.object()->members()) member(name, item);
  return endObject();
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

std::string writeJson(const Value& value) {
  std::string out;
  JsonWriter(out).value(value);
  return out;
}

}  // namespace latchkey
