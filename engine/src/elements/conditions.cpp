#include "elements/elements.hpp"
#include "flow.hpp"

namespace latchkey {
namespace {

class Conditions final : public Element {
 public:
  explicit Conditions(Fields& fields) {
    fields.require("branches");
    // What is asked for in a branch is not asked for each time.
    std::vector<AttributeId>& asked = fields.loader.askedToAuthenticate;
    const std::size_t askedBefore = asked.size();
    fields.each("branches", 1, 1000, [&](const Value& source, const std::string& where) {
      Fields branch(fields.loader, source, where);
      const Value* condition = branch.require("if");
      Branch loaded;
      if (condition) loaded.condition = fields.loader.loadCondition(*condition, branch.at("if"));
      branch.require("elements");
      loaded.elements = branch.elements("elements");
      branch.finish();
      branches_.push_back(std::move(loaded));
      asked.resize(askedBefore);
    });
    otherwise_ = fields.elements("else");
    asked.resize(askedBefore);
  }

  Step run(Flow& flow) const override {
    for (const Branch& branch : branches_)
      if (holds(branch.condition, flow.scope, *flow.bot.platform)) return flow.enterList(branch.elements);
    return flow.enterList(otherwise_);
  }

  Outline outline() const override {
    Outline outline;
    for (const Branch& branch : branches_) outline.branches.push_back(branch.elements);
    if (otherwise_ != noList) outline.branches.push_back(otherwise_);
    outline.passes = otherwise_ == noList;
    return outline;
  }

 private:
  struct Branch {
    Condition condition;
    ListId elements = noList;
  };
  std::vector<Branch> branches_;
  ListId otherwise_ = noList;
};

}  // namespace

std::unique_ptr<const Element> loadConditions(Fields& fields) { return std::make_unique<Conditions>(fields); }

}  // namespace latchkey
