#pragma once

#include <string>
#include <string_view>

/// ECMAScript's toUpperCase and toLowerCase of UTF-8, by utf8proc.
std::string toUpperCase(std::string_view text);
std::string toLowerCase(std::string_view text);
