#pragma once

#include <string>
#include <string_view>

#include "text.hpp"

namespace latchkey {

/// The instant in UTC as strftime prints it, with English names: `%a %A %b %B %c %C %d %e %h %H %I %j %k %l %L %m %M %n %N %p
/// %P %q %s %S %t %u %U %w %W %x %X %y %Y %z %Z %%`, each with the flags `- _ 0 ^ # :` and a width. Anything else stays as it
/// is. Grows little beyond largestValue, then breaks off.
std::string formatDate(Instant instant, std::string_view format);

}  // namespace latchkey
