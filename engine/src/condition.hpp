#pragma once

#include <memory>
#include <vector>

#include "latchkey/platform.hpp"
#include "template.hpp"

namespace latchkey {

enum class Operator {
  is, isNot, isNull, contains, startsWith, endsWith, matches, lessThan, atMost, greaterThan, atLeast, before, after, in
};

/// A test of one attribute, or all, any or none of the conditions inside.
struct Condition {
  enum class Kind { test, all, any, negation } kind = Kind::test;
  std::vector<Condition> inner;

  Reference subject;
  Operator operation = Operator::is;
  JsonTemplate value;
  bool ignoreCase = false;
  std::shared_ptr<const Pattern> pattern;
};

bool holds(const Condition& condition, const Scope& scope, const Platform& platform);

}  // namespace latchkey
