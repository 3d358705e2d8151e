#include "elements/data.hpp"
#include "elements/elements.hpp"
#include "flow.hpp"

namespace latchkey {
namespace {

class EmitEvent final : public Element {
 public:
  explicit EmitEvent(Fields& fields) : name_(fields.requireText("name").value_or("")), data_(loadData(fields)) {}

  Step run(Flow& flow) const override {
    flow.effects.emit(name_, evaluate(data_, flow.scope, Audience::people));
    return Step::next;
  }

 private:
  std::string name_;
  JsonTemplate data_;
};

}  // namespace

std::unique_ptr<const Element> loadEvent(Fields& fields) { return std::make_unique<EmitEvent>(fields); }

}  // namespace latchkey
