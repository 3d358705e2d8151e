#pragma once

#include <cstdint>

#include <nlohmann/json.hpp>

using Json = nlohmann::json;

/// A bot that nobody would write but that has no errors: a few dialogs of all elements, some of them secured, nested and leading to
/// each other at random. The same seed gives the same bot.
Json randomBot(std::uint64_t seed);
