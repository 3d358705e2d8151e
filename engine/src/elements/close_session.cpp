#include "elements/elements.hpp"
#include "flow.hpp"

namespace latchkey {
namespace {

class CloseSession final : public Element {
 public:
  Step run(Flow& flow) const override { return flow.finish("closed"); }
  Outline outline() const override { return {.leaves = true}; }
};

}  // namespace

std::unique_ptr<const Element> loadCloseSession(Fields&) { return std::make_unique<CloseSession>(); }

}  // namespace latchkey
