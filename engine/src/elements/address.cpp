#include "elements/address.hpp"

#include <algorithm>

#include "url.hpp"

namespace latchkey {

Address::Address(Fields& fields, std::string_view name, bool link) : link_(link) {
  const std::optional<std::string> source = fields.requireText(name);
  if (!source) return;
  field_ = fields.at(name).substr(fields.loader.bot.whereIs(fields.loader.place()).size());
  source_ = fields.loader.loadTemplate(*source, fields.at(name));
  check(fields, name);
}

void Address::check(Fields& fields, std::string_view name) const {
  Loader& loader = fields.loader;
  for (const AttributeId id : attributesIn(source_))
    if (loader.sensitive(id))
      loader.warn("credentialInUrl", fields.at(name), "A sensitive value has no place in an address that people see; it prints masked.");
  // What a value leads on to is known only when it is printed.
  const auto* start = source_.parts.empty() ? nullptr : std::get_if<std::string>(&source_.parts.front());
  if (!start && !source_.parts.empty()) return;
  const std::string written = (start ? *start : std::string()) + (source_.parts.size() > 1 ? "x" : "");
  if (!isAddress(written))
    return loader.error("badUrl", fields.at(name), quoted(written) + " is neither an absolute http(s) address nor a path that starts with \"/\"" + (link_ ? ", nor mailto: or tel:." : "."));
  if (const auto parts = splitUrl(written); parts && !parts->secure && !parts->local)
    loader.warn("insecureUrl", fields.at(name), "http can be read on the way; use https.");
}

bool Address::isAddress(std::string_view text) const {
  if (splitUrl(text)) return true;
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != 0x7F; });
  return link_ && plain && ((text.starts_with("mailto:") && text.size() > 7) || (text.starts_with("tel:") && text.size() > 4));
}

std::optional<std::string> Address::render(Flow& flow) const {
  std::string address;
  for (const Template::Part& part : source_.parts) {
    const bool leads = address.empty();
    const std::string printed = latchkey::render(part, flow.scope, Audience::people);
    address += leads || std::holds_alternative<std::string>(part) ? printed : percentEncode(printed);
  }
  if (isAddress(address)) return address;
  if (!address.empty()) flow.report("badUrl", field_, "The address came out as no http(s) address; it was left out.");
  return std::nullopt;
}

}  // namespace latchkey
