#include "json_writer.hpp"

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

bool needsEscape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

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

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  out_ += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needsEscape(static_cast<unsigned char>(text[i]))) continue;
    out_ += text.substr(done, i - done);
    appendEscaped(out_, static_cast<unsigned char>(text[i]));
    done = i + 1;
  }
  out_ += text.substr(done);
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
