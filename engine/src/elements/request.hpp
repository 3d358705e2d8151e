#pragma once

#include "flow.hpp"
#include "loader.hpp"

namespace latchkey {

/// A request to the customer API with templates in it (docs/bot-format.md, section 6a).
class RequestTemplate {
 public:
  explicit RequestTemplate(Fields& fields);

  /// Why the rules refuse a request, and which field of the element is to blame.
  struct Refusal {
    const char* code = "";
    std::string field;
    std::string why;
  };
  /// The request as it is now, without id and timeout; nothing when the rules refuse it.
  std::optional<Request> render(const Flow& flow, Refusal& refusal) const;

  /// GET, HEAD, PUT and DELETE may be sent twice.
  bool idempotent() const { return method_ != "POST" && method_ != "PATCH"; }
  /// A response to it has no body.
  bool bodiless() const { return method_ == "HEAD"; }

 private:
  enum class BodyKind { none, json, form, text };
  using Pairs = std::vector<std::pair<std::string, Template>>;

  void readUrl(Fields& fields);
  void readQuery(Fields& fields);
  void readHeaders(Fields& fields);
  void readBody(Fields& fields);
  Template readPart(Fields& fields, const Value& value, const std::string& where);
  std::optional<std::string> renderUrl(const Flow& flow, Refusal& refusal) const;
  bool renderHeaders(const Flow& flow, Request& request, Refusal& refusal) const;
  std::string renderPairs(const Flow& flow, const Pairs& pairs) const;

  std::string method_;
  std::string credentials_;
  /// Scheme, host and port, which no template may give; empty for the page's own origin.
  std::string origin_;
  /// From the path on.
  Template path_;
  Pairs query_;
  Pairs headers_;
  BodyKind bodyKind_ = BodyKind::none;
  JsonTemplate jsonBody_;
  Pairs formBody_;
  Template textBody_;
};

}  // namespace latchkey
