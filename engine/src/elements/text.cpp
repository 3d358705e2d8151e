#include "elements/elements.hpp"
#include "flow.hpp"

namespace latchkey {
namespace {

class TextElement final : public Element {
 public:
  explicit TextElement(Fields& fields) : text_(fields.requireSaid("text")) {}

  Step run(Flow& flow) const override {
    flow.say(text_);
    return Step::next;
  }

 private:
  Text text_;
};

}  // namespace

std::unique_ptr<const Element> loadText(Fields& fields) { return std::make_unique<TextElement>(fields); }

}  // namespace latchkey
