#pragma once

#include <string_view>

/// False for what PCRE2 takes but ECMAScript refuses under the `u` flag (`\A`, `(?i)`, `a++`, a lone `}` …).
/// What both refuse is left to PCRE2.
bool isEcmaScriptSyntax(std::string_view source);
