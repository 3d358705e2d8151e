#include "elements/options.hpp"

#include <algorithm>

#include "text.hpp"

namespace latchkey {
namespace {

template <class Test>
const Option* findIf(const std::vector<Option>& options, Test test) {
  const auto found = std::find_if(options.begin(), options.end(), test);
  return found == options.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Option> renderOptions(const std::vector<OptionTemplate>& options, const Scope& scope) {
  std::vector<Option> rendered;
  rendered.reserve(options.size());
  for (const OptionTemplate& option : options)
    rendered.push_back({render(option.label, scope, Audience::people), evaluate(option.value, scope, Audience::people)});
  return rendered;
}

const Option* findTyped(const std::vector<Option>& options, std::string_view text, const Platform& platform) {
  if (options.empty()) return nullptr;
  const std::string wanted = foldForComparison(text, platform);
  return findIf(options, [&](const Option& option) { return foldForComparison(option.label, platform) == wanted; });
}

const Option* findChosen(const std::vector<Option>& options, const Value& value) {
  return findIf(options, [&](const Option& option) { return option.value == value; });
}

}  // namespace latchkey
