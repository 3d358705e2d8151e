#pragma once

#include "effects.hpp"
#include "loader.hpp"
#include "scope.hpp"

namespace latchkey {

/// The buttons of a question.
struct OptionTemplate {
  Template label;
  JsonTemplate value;
};

/// The buttons as they are offered now.
std::vector<Option> renderOptions(const std::vector<OptionTemplate>& options, const Scope& scope);

/// The option that typed text means: its label, compared as keywords are.
const Option* findTyped(const std::vector<Option>& options, std::string_view text, const Platform& platform);
const Option* findChosen(const std::vector<Option>& options, const Value& value);

}  // namespace latchkey
