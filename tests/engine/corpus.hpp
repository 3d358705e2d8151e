#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

using Json = nlohmann::json;

/// The folder `tests`: the environment's LATCHKEY_TESTS, else the one that the build names.
std::filesystem::path testsDirectory();

/// The folder of the demo, web/demo, with its bots.
std::filesystem::path demoDirectory();

/// The files in `directory` whose names end with `suffix`, sorted by name.
std::vector<std::filesystem::path> filesIn(const std::filesystem::path& directory, std::string_view suffix);

/// The text of a file; empty when it cannot be read.
std::string readText(const std::filesystem::path& file);

/// The file as JSON; a discarded value when it is not JSON.
Json readJson(const std::filesystem::path& file);

/// Letters and digits of `text`, everything else as single underscores: what GoogleTest takes as a name.
std::string asTestName(std::string_view text);
