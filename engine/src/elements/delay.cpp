#include "elements/elements.hpp"
#include "flow.hpp"

namespace latchkey {
namespace {

constexpr double longestDelay = 60;

class Delay final : public Element {
 public:
  explicit Delay(Fields& fields) {
    if (fields.require("seconds")) seconds_ = fields.number("seconds", 0, longestDelay).value_or(0);
  }

  Step run(Flow& flow) const override { return flow.waitForDelay(static_cast<std::int64_t>(seconds_ * 1000)); }
  Outline outline() const override { return {.pauses = true}; }
  bool delays() const override { return true; }

 private:
  double seconds_ = 0;
};

}  // namespace

std::unique_ptr<const Element> loadDelay(Fields& fields) { return std::make_unique<Delay>(fields); }

}  // namespace latchkey
