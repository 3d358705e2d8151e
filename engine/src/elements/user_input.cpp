#include <algorithm>

#include "elements/elements.hpp"
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
    if (fields.has("else") && fields.has("fallback"))
      fields.loader.error("notAllowedHere", fields.at("fallback"), "\"else\" and \"fallback\" exclude each other; remove one.");
  }

  Step run(Flow& flow) const override {
    question_.say(flow);
    const Step step = flow.waitForAnswer();
    ask(flow);
    return step;
  }

  void ask(Flow& flow) const override {
    const auto write = [&](JsonWriter& writer) {
      for (const Branch& branch : branches_)
        if (branch.label) withLabel(branch, flow.scope, [&](const std::string& label) {
          // A button on which nothing stands is none.
          if (label.empty()) return false;
          writer.beginObject().member("label", label).member("value", label).endObject();
          return true;
        });
    };
    flow.effects.ask(hasButtons_ ? "choice" : "text", write, false, AttributeType::text, flow.state.waiting.repeats > 0);
  }

  std::optional<std::string> labelOf(const Scope& scope, const Value& value) const override {
    const std::string* label = value.text();
    return label && findLabel(scope, *label) ? std::optional(*label) : std::nullopt;
  }
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
    const Branch* branch = answer.chosen ? nullptr : find(flow, answer.text);
    if (!branch && answer.brought()) branch = findChosen(flow, print(*answer.brought()));
    if (branch) return flow.enterList(branch->elements);
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
    hasButtons_ = hasButtons_ || branch.label;
    for (const std::string& keyword : fields.texts("keywords"))
      branch.keywords.push_back(foldForComparison(keyword, *loader.bot.platform));
    if (source.object() && !source.find("label") && !source.find("keywords"))
      loader.error("missingField", where, "A branch needs a \"label\" (a button) or \"keywords\"; otherwise nothing leads to it.");
    fields.require("elements");
    branch.elements = fields.elements("elements");
    fields.finish();
    branches_.push_back(std::move(branch));
  }

  /// Calls `use` with the label as it is now, without a copy where it is fixed.
  static bool withLabel(const Branch& branch, const Scope& scope, FunctionRef<bool(const std::string&)> use) {
    const std::string* literal = branch.label->literal();
    return literal ? use(*literal) : use(render(*branch.label, scope, Audience::people));
  }

  const Branch* findLabel(const Scope& scope, const std::string& wanted) const {
    for (const Branch& branch : branches_)
      if (branch.label && withLabel(branch, scope, [&](const std::string& label) { return label == wanted; })) return &branch;
    return nullptr;
  }

  /// The branch of the button that was pressed, of the question itself or of a card.
  const Branch* findChosen(const Flow& flow, const std::string& value) const {
    const Branch* pressed = findLabel(flow.scope, value);
    return pressed ? pressed : find(flow, value);
  }

  /// The branch of the label or keyword.
  const Branch* find(const Flow& flow, const std::string& text) const {
    const auto labelAt = [&](std::size_t i) {
      return branches_[i].label ? render(*branches_[i].label, flow.scope, Audience::people) : std::string();
    };
    if (const auto labelled = findTypedLabel(branches_.size(), labelAt, text, *flow.bot.platform)) return &branches_[*labelled];
    const std::string folded = foldForComparison(text, *flow.bot.platform);
    for (const Branch& branch : branches_)
      if (std::find(branch.keywords.begin(), branch.keywords.end(), folded) != branch.keywords.end()) return &branch;
    return nullptr;
  }

  Question question_;
  std::vector<Branch> branches_;
  bool hasButtons_ = false;
  ListId otherwise_ = noList;
};

}  // namespace

std::unique_ptr<const Element> loadUserInput(Fields& fields) { return std::make_unique<UserInput>(fields); }

}  // namespace latchkey
