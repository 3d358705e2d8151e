#include "elements/request.hpp"

#include <algorithm>
#include <array>

#include "json_writer.hpp"
#include "text.hpp"
#include "url.hpp"

namespace latchkey {
namespace {

constexpr std::size_t longestHeaderValue = 4096;

/// The forbidden request-headers of the Fetch standard that a page cannot set, and those that decide about connections.
constexpr std::array<std::string_view, 22> forbiddenHeaders = {
    "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
    "access-control-request-private-network", "connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect",
    "host", "keep-alive", "origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via"};

/// A token of RFC 9110 that the Fetch standard lets a page send.
bool isHeaderName(std::string_view name) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  const bool token = !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return isLetter(c) || isDigit(c) || marks.find(c) != std::string_view::npos;
  });
  const std::string lower = lowerAscii(name);
  const bool forbidden = std::find(forbiddenHeaders.begin(), forbiddenHeaders.end(), lower) != forbiddenHeaders.end();
  return token && !forbidden && !lower.starts_with("proxy-") && !lower.starts_with("sec-");
}

bool isHeaderValue(std::string_view value) {
  return value.size() <= longestHeaderValue &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c < 0x7F; });
}

/// True when the literal text of the template holds something that cannot stand in a header.
bool hasBadLiteral(const Template& value) {
  return std::any_of(value.parts.begin(), value.parts.end(), [](const Template::Part& part) {
    const auto* literal = std::get_if<std::string>(&part);
    return literal && !isHeaderValue(*literal);
  });
}

/// `.`, `..` and nothing climb out of the path that the author wrote, also when they are percent-encoded.
bool climbs(std::string_view segment) {
  std::string plain = lowerAscii(segment);
  for (std::size_t at; (at = plain.find("%2e")) != std::string::npos;) plain.replace(at, 3, ".");
  return plain.empty() || plain == "." || plain == "..";
}

}  // namespace

RequestTemplate::RequestTemplate(Fields& fields) {
  static constexpr std::array<std::string_view, 6> methods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
  static constexpr std::array<std::string_view, 3> credentials = {"omit", "same-origin", "include"};
  fields.require("method");
  if (const auto method = fields.choice("method", {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})) method_ = methods[*method];
  credentials_ = credentials[fields.choice("credentials", {"omit", "same-origin", "include"}).value_or(0)];
  readUrl(fields);
  readQuery(fields);
  readHeaders(fields);
  readBody(fields);
}

void RequestTemplate::readUrl(Fields& fields) {
  const std::optional<std::string> url = fields.requireText("url");
  if (!url) return;
  Loader& loader = fields.loader;
  const std::string where = fields.at("url");
  // The address is split as it is written: a template can stand in no place but path and query.
  const std::size_t authority = url->starts_with('/') ? 0 : url->find("://") == std::string::npos ? 0 : url->find("://") + 3;
  const std::size_t end = std::min(url->find_first_of("/?#", authority), url->size());
  const std::string_view base = std::string_view(*url).substr(0, end);
  const std::optional<UrlParts> parts = url->starts_with('/') ? splitUrl(url->substr(0, 2)) : splitUrl(base);
  if (base.find("{{") != std::string_view::npos)
    return loader.error("badUrl", where, "Scheme, host and port may not come from a template; write them out.");
  if (!parts) return loader.error("badUrl", where, quoted(*url) + " is neither an absolute http(s) address nor a path that starts with \"/\".");
  origin_ = parts->origin;
  path_ = readPart(fields, Value(std::string_view(*url).substr(end)), where);
  for (const Template::Part& part : path_.parts) {
    const auto* literal = std::get_if<std::string>(&part);
    if (!literal) continue;
    if (literal->find('#') != std::string::npos) loader.error("badUrl", where, "A fragment (#…) is never sent; remove it.");
    if (std::any_of(literal->begin(), literal->end(), [](char c) { return (c >= 0 && c <= ' ') || c == '\\' || c == 0x7F; }))
      loader.error("badUrl", where, "An address has no white space and no backslash; percent-encode them.");
  }
  const std::vector<std::string>& allowed = loader.bot.settings.apiOrigins;
  const std::string wanted = origin_.empty() ? "self" : origin_;
  if (std::find(allowed.begin(), allowed.end(), wanted) == allowed.end())
    loader.error("originNotAllowed", where, quoted(wanted) + " is not in settings.apiOrigins; add it there.");
  if (!parts->secure && !parts->local)
    loader.warn("insecureUrl", where, "http can be read on the way: this request fails, and is never sent; use https.");
}

Template RequestTemplate::readPart(Fields& fields, const Value& value, const std::string& where) {
  if (!value.text()) {
    fields.loader.error("wrongType", where, "This must be a text.");
    return {};
  }
  Template loaded = fields.loader.loadTemplate(*value.text(), where);
  const std::vector<AttributeId> read = attributesIn(loaded);
  fields.loader.noteSent(read);
  const bool sensitive = std::any_of(read.begin(), read.end(), [&](AttributeId id) { return fields.loader.sensitive(id); });
  const bool inUrl = where.starts_with(fields.at("url")) || where.starts_with(fields.at("query"));
  if (sensitive && inUrl)
    fields.loader.warn("credentialInUrl", where, "A sensitive value in an address is kept in logs and histories; send it in a header or a body.");
  return loaded;
}

void RequestTemplate::readQuery(Fields& fields) {
  fields.eachMember("query", [&](const std::string& name, const Value& value, const std::string& where) {
    query_.emplace_back(name, readPart(fields, value, where));
  });
}

void RequestTemplate::readHeaders(Fields& fields) {
  fields.eachMember("headers", [&](const std::string& name, const Value& value, const std::string& where) {
    if (!isHeaderName(name)) fields.loader.error("badHeader", where, quoted(name) + " is not a header that a page may send; remove it.");
    Template loaded = readPart(fields, value, where);
    if (hasBadLiteral(loaded)) fields.loader.error("badHeader", where, "A header value is visible ASCII of at most 4096 characters.");
    headers_.emplace_back(name, std::move(loaded));
  });
}

void RequestTemplate::readBody(Fields& fields) {
  const Value* source = fields.find("body");
  if (!source) return;
  Loader& loader = fields.loader;
  if (method_ == "GET" || method_ == "HEAD")
    loader.error("bodyNotAllowed", fields.at("body"), plain(method_) + " has no body; use POST, or move the values to \"query\".");
  Fields body(loader, *source, fields.at("body"));
  const Value* json = body.find("json");
  const Value* text = body.find("text");
  const bool form = body.has("form");
  if ((json != nullptr) + (text != nullptr) + form != 1 && source->object())
    loader.error("missingField", fields.at("body"), "A body is exactly one of \"json\", \"form\" and \"text\".");
  if (json) {
    bodyKind_ = BodyKind::json;
    jsonBody_ = loader.loadJsonTemplate(*json, body.at("json"));
    loader.noteSent(attributesIn(jsonBody_));
  } else if (form) {
    bodyKind_ = BodyKind::form;
    body.eachMember("form", [&](const std::string& name, const Value& value, const std::string& where) {
      formBody_.emplace_back(name, readPart(fields, value, where));
    });
  } else if (text) {
    bodyKind_ = BodyKind::text;
    textBody_ = readPart(fields, *text, body.at("text"));
  }
  body.finish();
}

std::string RequestTemplate::renderPairs(const Flow& flow, const Pairs& pairs) const {
  std::string text;
  for (const auto& [name, value] : pairs) {
    if (!text.empty()) text += '&';
    text += percentEncode(name) + "=" + percentEncode(latchkey::render(value, flow.scope, Audience::machine));
  }
  return text;
}

std::optional<std::string> RequestTemplate::renderUrl(const Flow& flow, Refusal& refusal) const {
  // Which bytes of the path came from values: a segment that holds one may not climb.
  std::string rest;
  std::vector<std::size_t> values;
  for (const Template::Part& part : path_.parts) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      rest += *literal;
      continue;
    }
    values.push_back(rest.size());
    rest += percentEncode(latchkey::render(part, flow.scope, Audience::machine));
  }
  const std::size_t pathEnd = std::min(rest.find('?'), rest.size());
  for (const std::size_t at : values) {
    if (at > pathEnd) continue;
    const std::size_t slash = at == 0 ? std::string::npos : rest.rfind('/', at - 1);
    const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
    const std::size_t end = std::min({rest.find('/', at), pathEnd});
    if (!climbs(std::string_view(rest).substr(start, end - start))) continue;
    refusal = {"badUrl", "/url", "a value in its path is empty or dots."};
    return std::nullopt;
  }
  if (!query_.empty()) rest += (pathEnd == rest.size() ? "?" : rest.ends_with('?') ? "" : "&") + renderPairs(flow, query_);
  return origin_ + rest;
}

bool RequestTemplate::renderHeaders(const Flow& flow, Request& request, Refusal& refusal) const {
  for (const auto& [name, value] : headers_) {
    std::string text = latchkey::render(value, flow.scope, Audience::machine);
    if (!isHeaderValue(text)) {
      refusal = {"badHeader", "/headers" + pointerToken(name), "the value is not visible ASCII of at most 4096 characters."};
      return false;
    }
    request.headers.emplace_back(name, std::move(text));
  }
  static constexpr std::array<std::string_view, 4> types = {"", "application/json", "application/x-www-form-urlencoded", "text/plain;charset=UTF-8"};
  const bool typed = std::any_of(headers_.begin(), headers_.end(), [](const auto& header) { return lowerAscii(header.first) == "content-type"; });
  if (bodyKind_ != BodyKind::none && !typed) request.headers.emplace_back("Content-Type", types[static_cast<std::size_t>(bodyKind_)]);
  return true;
}

std::optional<Request> RequestTemplate::render(const Flow& flow, Refusal& refusal) const {
  Request request;
  std::optional<std::string> url = renderUrl(flow, refusal);
  if (!url || !renderHeaders(flow, request, refusal)) return std::nullopt;
  request.method = method_;
  request.url = std::move(*url);
  request.credentials = credentials_;
  switch (bodyKind_) {
    case BodyKind::none: break;
    case BodyKind::json: request.body = writeJson(evaluate(jsonBody_, flow.scope, Audience::machine)); break;
    case BodyKind::form: request.body = renderPairs(flow, formBody_); break;
    case BodyKind::text: request.body = latchkey::render(textBody_, flow.scope, Audience::machine); break;
  }
  return request;
}

}  // namespace latchkey
