#include <algorithm>

#include "elements/elements.hpp"
#include "elements/options.hpp"
#include "elements/question.hpp"
#include "text.hpp"

namespace latchkey {
namespace {

class UserInput final : public Element {
 public:
  explicit UserInput(Fields& fields) : question_(fields) {
    fields.require("branches");
    fields.each("branches", 1, 100, [&](const Value& source, const std::string& where) { readBranch(fields.loader, source, where); });
    otherwise_ = fields.elements("else");
    if (otherwise_ != noList && question_.hasFallback())
      fields.loader.error("notAllowedHere", fields.at("fallback"), "\"else\" and \"fallback\" exclude each other; remove one.");
  }

  Step run(Flow& flow) const override {
    question_.say(flow);
    ask(flow);
    return flow.waitForAnswer(0);
  }

  void ask(Flow& flow) const override {
    const std::vector<Option> options = offered(flow.scope);
    flow.effects.ask(options.empty() ? "text" : "choice", options, false, AttributeType::text);
  }

  bool offers(const Scope& scope, const Value& value) const override { return findChosen(offered(scope), value) != nullptr; }
  std::string labelOf(const Scope&, const Value& value) const override { return print(value); }
  bool receives() const override { return true; }

  Outline outline() const override {
    Outline outline;
    outline.pauses = true;
    for (const Branch& branch : branches_) outline.branches.push_back(branch.elements);
    if (otherwise_ != noList) outline.branches.push_back(otherwise_);
    if (question_.fallback().elements != noList) outline.fallbacks.push_back(question_.fallback().elements);
    outline.passes = false;
    return outline;
  }

  Step receive(Flow& flow, const Answer& answer) const override {
    const std::string wanted = answer.chosen ? print(*answer.chosen) : foldForComparison(answer.text, *flow.bot.platform);
    for (const Branch& branch : branches_)
      if (matches(branch, flow, wanted, answer.chosen.has_value())) return flow.enterList(branch.elements);
    if (question_.repeats(flow, std::nullopt)) {
      ask(flow);
      return Step::wait;
    }
    return otherwise_ != noList ? flow.enterList(otherwise_) : flow.fail(question_.fallback());
  }

 private:
  struct Branch {
    std::optional<Template> label;
    /// Folded.
    std::vector<std::string> keywords;
    ListId elements = noList;
  };

  void readBranch(Loader& loader, const Value& source, const std::string& where) {
    Fields fields(loader, source, where);
    Branch branch;
    branch.label = fields.templated("label");
    for (const std::string& keyword : fields.texts("keywords"))
      branch.keywords.push_back(foldForComparison(keyword, *loader.bot.platform));
    if (source.object() && !source.find("label") && !source.find("keywords"))
      loader.error("missingField", where, "A branch needs a \"label\" (a button) or \"keywords\"; otherwise nothing leads to it.");
    fields.require("elements");
    branch.elements = fields.elements("elements");
    fields.finish();
    branches_.push_back(std::move(branch));
  }

  static bool matches(const Branch& branch, const Flow& flow, const std::string& wanted, bool chosen) {
    if (branch.label) {
      const std::string label = render(*branch.label, flow.scope, Audience::people);
      if ((chosen ? label : foldForComparison(label, *flow.bot.platform)) == wanted) return true;
    }
    return !chosen && std::find(branch.keywords.begin(), branch.keywords.end(), wanted) != branch.keywords.end();
  }

  std::vector<Option> offered(const Scope& scope) const {
    std::vector<Option> options;
    for (const Branch& branch : branches_) {
      if (!branch.label) continue;
      std::string label = render(*branch.label, scope, Audience::people);
      Value value(label);
      options.push_back({std::move(label), std::move(value)});
    }
    return options;
  }

  Question question_;
  std::vector<Branch> branches_;
  ListId otherwise_ = noList;
};

}  // namespace

std::unique_ptr<const Element> loadUserInput(Fields& fields) { return std::make_unique<UserInput>(fields); }

}  // namespace latchkey
