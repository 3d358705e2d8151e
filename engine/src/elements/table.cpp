#include <array>
#include <utility>

#include "elements/elements.hpp"

namespace latchkey {
namespace {

constexpr std::array<std::pair<std::string_view, LoadElement>, 13> table = {{
    {"text", loadText}, {"delay", loadDelay},
    {"saveResponse", loadSaveResponse}, {"userInput", loadUserInput},
    {"setAttribute", loadSetAttribute}, {"toDialog", loadToDialog}, {"api", loadApi}, {"conditions", loadConditions},
    {"authentication", loadAuthentication}, {"signOut", loadSignOut}, {"toAgent", loadToAgent}, {"event", loadEvent},
    {"closeSession", loadCloseSession},
}};

}  // namespace

LoadElement elementLoader(std::string_view type) {
  for (const auto& [name, load] : table)
    if (name == type) return load;
  return nullptr;
}

std::vector<std::string_view> elementTypes() {
  std::vector<std::string_view> types;
  for (const auto& [name, load] : table) types.push_back(name);
  return types;
}

}  // namespace latchkey
