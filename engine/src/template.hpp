#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "attribute.hpp"
#include "path.hpp"

namespace latchkey {

class Scope;
struct Filter;

/// `{{ name.path[0] }}`: what a template or a test reads.
struct Reference {
  AttributeId attribute = 0;
  Path path;
};

/// What a filter is given: what is read, or the literal where that is no attribute.
struct Argument {
  Reference reference{noAttribute, {}};
  Value literal;
  bool reads() const { return reference.attribute != noAttribute; }
};

/// `| append: "x"`
struct FilterCall {
  const Filter* filter = nullptr;
  std::size_t given = 0;
  Argument first;
  Argument second;
};

/// `{{ name | default: "friend" | upcase }}`: what is read, and the filters that it passes, from left to right.
struct Expression {
  Reference reference;
  std::vector<FilterCall> filters;
};

/// Text with `{{ … }}` in it, checked at load.
struct Template {
  using Part = std::variant<std::string, Expression>;
  std::vector<Part> parts;
  /// The author's own text holds CommonMark; looked for in messages alone.
  bool markup = false;

  /// True when nothing is read.
  bool constant() const;
  /// The text when nothing is read, null pointer otherwise.
  const std::string* literal() const;
};

/// What the bot says: one text, or up to five variations of which chance picks one.
struct Text {
  std::vector<Template> variations;
};

/// Where a rendered text goes: people read sensitive values masked; requests, conditions and sensitive attributes get them clear.
enum class Audience { people, machine };

/// What a part prints: a list that filters made prints its items one after the other, as in Liquid, any other value as print() says.
std::string render(const Template::Part& part, const Scope& scope, Audience audience);

/// The text with every expression printed, and with `transform` applied to what each of them prints.
std::string render(const Template& source, const Scope& scope, Audience audience, std::string (*transform)(std::string_view) = nullptr);

/// A template that is one expression and nothing else keeps the type of its value.
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

/// Every attribute that the template reads, in arguments of filters too.
std::vector<AttributeId> attributesIn(const Template& source);
std::vector<AttributeId> attributesIn(const JsonTemplate& source);

}  // namespace latchkey
