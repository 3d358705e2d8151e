#pragma once

#include <string>
#include <string_view>

namespace latchkey {

/// Whether the author's text holds markup of CommonMark: emphasis, strong, code, a link, a list, a hard line break or an
/// escaped character. Characters that only look like it (2 * 3, snake_case) are none.
bool holdsMarkup(std::string_view text);

/// `text` with every ASCII punctuation character backslash-escaped, so that nothing in it is markup.
std::string escapeMarkup(std::string_view text);

}  // namespace latchkey
