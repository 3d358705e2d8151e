#include "elements/data.hpp"
#include "elements/elements.hpp"
#include "flow.hpp"

namespace latchkey {
namespace {

class ToAgent final : public Element {
 public:
  explicit ToAgent(Fields& fields) : text_(fields.said("text").value_or(Text())), data_(loadData(fields)) {}

  Step run(Flow& flow) const override {
    flow.say(text_);
    flow.effects.handOver(evaluate(data_, flow.scope, Audience::people));
    return flow.finish("handedOver");
  }
  Outline outline() const override { return {.leaves = true}; }

 private:
  Text text_;
  JsonTemplate data_;
};

}  // namespace

std::unique_ptr<const Element> loadToAgent(Fields& fields) { return std::make_unique<ToAgent>(fields); }

}  // namespace latchkey
