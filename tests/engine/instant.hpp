#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// Milliseconds since the epoch of an ISO 8601 UTC instant (`2026-01-05T09:00:00Z`, with or without a fraction).
std::optional<std::int64_t> parseInstant(std::string_view text);

/// Milliseconds of a length of time such as `90s`, `1799999ms` or `1d`.
std::optional<std::int64_t> parseDuration(std::string_view text);
