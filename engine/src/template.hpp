#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "attribute.hpp"
#include "path.hpp"

namespace latchkey {

class Scope;

/// `{{ name.path[0] }}`: what a template or a test reads.
struct Reference {
  AttributeId attribute = 0;
  Path path;
};

/// Text with `{{ … }}` in it, checked at load.
struct Template {
  using Part = std::variant<std::string, Reference>;
  std::vector<Part> parts;

  /// True when nothing is read.
  bool constant() const;
};

/// What the bot says: one text, or up to five variations of which chance picks one.
struct Text {
  std::vector<Template> variations;
};

/// Where a rendered text goes: people read sensitive values masked; requests, conditions and sensitive attributes get them clear.
enum class Audience { people, machine };

/// The text with every reference printed.
std::string render(const Template& source, const Scope& scope, Audience audience);

/// The same, with `transform` applied to what each reference prints.
std::string render(const Template& source, const Scope& scope, Audience audience,
                   const std::function<std::string(std::string)>& transform);

/// A template that is one reference and nothing else keeps the type of what it reads.
Value evaluate(const Template& source, const Scope& scope, Audience audience);

/// JSON with templates in its texts.
struct JsonTemplate {
  struct Member;
  std::variant<Value, Template, std::vector<JsonTemplate>, std::vector<Member>> held;
};
struct JsonTemplate::Member {
  std::string key;
  JsonTemplate value;
};

Value evaluate(const JsonTemplate& source, const Scope& scope, Audience audience);

}  // namespace latchkey
