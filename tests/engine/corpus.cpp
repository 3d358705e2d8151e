#include "corpus.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace fs = std::filesystem;

fs::path testsDirectory() {
  if (const char* fromEnvironment = std::getenv("LATCHKEY_TESTS")) return fromEnvironment;
#ifdef LATCHKEY_TESTS_DIR
  return LATCHKEY_TESTS_DIR;
#else
  return "tests";
#endif
}

fs::path demoDirectory() { return testsDirectory().parent_path() / "web/demo"; }

std::vector<fs::path> filesIn(const fs::path& directory, std::string_view suffix) {
  std::vector<fs::path> found;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, none)) {
    const std::string name = entry.path().filename().string();
    if (name.size() > suffix.size() && name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0) {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string readText(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

Json readJson(const fs::path& file) { return Json::parse(readText(file), nullptr, false); }

std::string asTestName(std::string_view text) {
  std::string name;
  for (unsigned char c : text) {
    if (std::isalnum(c)) name += static_cast<char>(c);
    else if (!name.empty() && name.back() != '_') name += '_';
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name;
}
