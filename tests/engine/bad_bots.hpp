#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "latchkey/problem.hpp"

/// One bot of tests/bad-bots, and the problem that loading it must find.
struct BadBot {
  std::filesystem::path file;
  std::string name;
  std::string code;
  latchkey::Severity severity = latchkey::Severity::error;
  std::string where;
  /// what the message must name; may be empty
  std::string mentions;
  std::string text;
};

void PrintTo(const BadBot& bot, std::ostream* out);

/// Every case of every file.
std::vector<BadBot> badBots();

/// A bot without any fault but its nesting; the root is depth 1.
std::string botOfDepth(int depth);

/// A bot without any fault, of exactly this many bytes.
std::string botOfSize(std::size_t bytes);
