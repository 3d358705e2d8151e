#include <algorithm>

#include "elements/elements.hpp"
#include "gate.hpp"

namespace latchkey {
namespace {

/// At least a millisecond.
std::int64_t toMs(double minutes) { return std::max<std::int64_t>(1, static_cast<std::int64_t>(minutes * msPerMinute)); }

/// What is visible of the attributes, joined by a space.
std::string visibleOf(const std::vector<AttributeId>& attributes, const Flow& flow) {
  std::string all;
  for (AttributeId id : attributes) {
    const std::string printed = print(flow.scope.read({id, {}}));
    const std::string masked = mask(printed, flow.bot.attributes[id].mask);
    if (masked != mask(printed, 0)) all += (all.empty() ? "" : " ") + masked;
  }
  return all;
}

std::string shorten(std::string_view text) {
  if (countCharacters(text) <= longestSubject) return std::string(text);
  return std::string(firstCharacters(text, longestSubject - 1)) + "\u2026";
}

class AuthenticationElement final : public Element {
 public:
  explicit AuthenticationElement(Fields& fields) {
    Loader& loader = fields.loader;
    const Value* never = fields.find("never");
    const bool isNever = fields.boolean("never", false);
    if ((!never || never->boolean()) && fields.has("timeoutMinutes") == isNever)
      loader.error("timeoutAmbiguous", fields.where, "Give exactly one of \"timeoutMinutes\" and \"never\": true.");
    timeoutMs_ = readMinutes(fields, "timeoutMinutes");
    slidingMs_ = readMinutes(fields, "slidingMinutes");
    subject_ = fields.templated("subject");
    forgetList_ = static_cast<std::uint32_t>(loader.bot.forgetLists.size());
    loader.bot.forgetLists.push_back(fields.attributes("forget"));
    if (!loader.inAuthenticationDialog())
      loader.error("authenticationElementOutside", fields.where, "An authentication element may stand in the authentication dialog alone; move it there.");
  }

  Step run(Flow& flow) const override {
    std::string subject, shown;
    std::vector<AttributeId> attributes;
    if (subject_) {
      subject = render(*subject_, flow.scope, Audience::machine);
      attributes = attributesIn(*subject_);
      shown = render(*subject_, flow.scope, Audience::people);
    } else {
      attributes = flow.bot.credentials;
      subject = gate::credentialsOf(flow);
      shown = visibleOf(attributes, flow);
    }
    gate::give(flow, {true, flow.now, timeoutMs_, slidingMs_, flow.now, forgetList_, shorten(trim(shown))}, hashText(subject), attributes);
    return Step::next;
  }
  Outline outline() const override { 
    return {.authenticates = true, .namesSubject = subject_.has_value(), .forgetList = forgetList_};
  }

 private:
  static std::int64_t readMinutes(Fields& fields, std::string_view name) {
    const std::optional<double> minutes = fields.number(name, 0, longestMinutes);
    if (!minutes) return 0;
    if (*minutes > 0) return toMs(*minutes);
    fields.loader.error("outOfRange", fields.at(name), quoted(name) + " must be more than 0.");
    return 0;
  }

  std::int64_t timeoutMs_ = 0;
  std::int64_t slidingMs_ = 0;
  std::optional<Template> subject_;
  std::uint32_t forgetList_ = 0;
};

}  // namespace

std::unique_ptr<const Element> loadAuthentication(Fields& fields) { return std::make_unique<AuthenticationElement>(fields); }

}  // namespace latchkey
