#include <array>

#include "elements/elements.hpp"

namespace latchkey {
namespace {

struct ElementType {
  std::string_view name;
  LoadElement load;
  bool sends = false;
};

constexpr std::array<ElementType, 18> table = {{
    {"text", loadText, true}, {"image", loadImage, true}, {"video", loadVideo, true}, {"audio", loadAudio, true},
    {"document", loadDocument, true}, {"cards", loadCards, true}, {"delay", loadDelay, true},
    {"saveResponse", loadSaveResponse}, {"userInput", loadUserInput},
    {"setAttribute", loadSetAttribute}, {"toDialog", loadToDialog}, {"api", loadApi}, {"conditions", loadConditions},
    {"authentication", loadAuthentication}, {"signOut", loadSignOut}, {"toAgent", loadToAgent}, {"event", loadEvent},
    {"closeSession", loadCloseSession},
}};

const ElementType* find(std::string_view name) {
  for (const ElementType& type : table)
    if (type.name == name) return &type;
  return nullptr;
}

}  // namespace

LoadElement elementLoader(std::string_view type) {
  const ElementType* known = find(type);
  return known ? known->load : nullptr;
}

bool sends(std::string_view type) {
  const ElementType* known = find(type);
  return known && known->sends;
}

std::vector<std::string_view> elementTypes() {
  std::vector<std::string_view> types;
  for (const ElementType& type : table) types.push_back(type.name);
  return types;
}

}  // namespace latchkey
