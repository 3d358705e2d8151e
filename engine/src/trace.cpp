#include "latchkey/trace.hpp"

#include "bot_model.hpp"
#include "json_writer.hpp"

namespace latchkey {

void Trace::note(std::uint32_t list, std::uint32_t index) { places_.emplace_back(list, index); }

std::vector<std::string> Trace::take(const Bot& bot) {
  std::vector<std::string> pointers;
  for (const auto& [list, index] : places_)
    pointers.push_back(index == wholeList ? bot.lists[list].where : bot.whereIs({list, index}));
  places_.clear();
  return pointers;
}

std::vector<std::string> outline(const Bot& bot) {
  std::vector<std::string> pointers;
  for (ListId list = 0; list < bot.lists.size(); ++list) {
    pointers.push_back(bot.lists[list].where);
    for (std::uint32_t index = 0; index < bot.lists[list].elements.size(); ++index) pointers.push_back(bot.whereIs({list, index}));
  }
  return pointers;
}

std::string toJson(const std::vector<std::string>& pointers) {
  std::string text;
  JsonWriter writer(text);
  writer.beginList();
  for (const std::string& pointer : pointers) writer.value(pointer);
  writer.endList();
  return text;
}

}  // namespace latchkey
