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

/// Reads `label` and `value`, which is the label when it is absent.
OptionTemplate readOption(Fields& fields);

Option renderOption(const OptionTemplate& option, const Scope& scope);

/// The option that typed text means: its label, compared as keywords are.
const OptionTemplate* findTyped(const std::vector<OptionTemplate>& options, const Scope& scope, std::string_view text, const Platform& platform);
const OptionTemplate* findChosen(const std::vector<OptionTemplate>& options, const Scope& scope, const Value& value);

}  // namespace latchkey
