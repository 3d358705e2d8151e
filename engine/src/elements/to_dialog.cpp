#include "elements/elements.hpp"
#include "flow.hpp"
#include "gate.hpp"

namespace latchkey {
namespace {

class ToDialog final : public Element {
 public:
  explicit ToDialog(Fields& fields) : resumesPending_(fields.boolean("resumePending", false)) {
    if (fields.require("dialog")) dialog_ = fields.dialog("dialog");
  }

  Step run(Flow& flow) const override {
    if (!resumesPending_ || !flow.state.pending) return flow.enter(dialog_);
    gate::leaveAuthenticationDialog(flow);
    return gate::resume(flow);
  }
  Outline outline() const override { return {.leaves = true, .target = dialog_}; }

 private:
  DialogIndex dialog_ = noDialog;
  bool resumesPending_;
};

}  // namespace

std::unique_ptr<const Element> loadToDialog(Fields& fields) { return std::make_unique<ToDialog>(fields); }

}  // namespace latchkey
