#pragma once

// A snapshot is `{"checksum":"…","state":{…}}`. The checksum is over the text of the state: it tells damage and careless
// edits, it protects nothing (whoever has the page can compute it). So the reader trusts no index and no type either.

#include <string_view>

namespace latchkey::snapshot {

inline constexpr int version = 1;
inline constexpr std::string_view head = R"({"checksum":")";
inline constexpr std::string_view middle = R"(","state":)";

}  // namespace latchkey::snapshot
