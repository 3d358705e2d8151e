#pragma once

#include "flow.hpp"
#include "loader.hpp"

namespace latchkey {

/// The address of something that people see or follow: an absolute http(s) one or a path of the page's own origin.
/// A template may be the whole of it or stand in it; a value that stands in it is percent-encoded.
class Address {
 public:
  /// A `link` may also lead to mailto: and tel:.
  Address(Fields& fields, std::string_view name, bool link = false);

  /// The address as it is now; nothing when it came out as none, which is reported unless it is empty.
  std::optional<std::string> render(Flow& flow) const;

 private:
  bool isAddress(std::string_view text) const;
  void check(Fields& fields, std::string_view name) const;

  Template source_;
  bool link_;
  /// RFC 6901 pointer below the element.
  std::string field_;
};

}  // namespace latchkey
