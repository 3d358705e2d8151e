#include "elements/elements.hpp"
#include "gate.hpp"

namespace latchkey {
namespace {

class SignOut final : public Element {
 public:
  Step run(Flow& flow) const override {
    gate::end(flow, "signOut");
    flow.state.run.succeeded = false;
    return Step::next;
  }
};

}  // namespace

std::unique_ptr<const Element> loadSignOut(Fields&) { return std::make_unique<SignOut>(); }

}  // namespace latchkey
