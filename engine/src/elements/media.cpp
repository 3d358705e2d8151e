#include "elements/address.hpp"
#include "elements/elements.hpp"

namespace latchkey {
namespace {

/// Image, video, audio and document: they differ in their kind and in what they ask of the author.
class Media final : public Element {
 public:
  Media(Fields& fields, std::string_view kind) : kind_(kind), url_(fields, "url") {
    alt_ = kind == "image" ? fields.requireTemplate("alt") : fields.templated("alt").value_or(Template());
    caption_ = fields.templated("caption").value_or(Template());
    if (kind == "document") name_ = fields.templated("name").value_or(Template());
  }

  Step run(Flow& flow) const override {
    const std::optional<std::string> url = url_.render(flow);
    if (!url) return Step::next;
    JsonWriter& message = flow.effects.beginMessage(kind_).member("url", *url);
    const auto write = [&](std::string_view name, const Template& source) {
      const std::string text = render(source, flow.scope, Audience::people);
      if (!text.empty()) message.member(name, text);
    };
    write("alt", alt_);
    write("caption", caption_);
    write("name", name_);
    flow.effects.endMessage(flow.secured());
    return Step::next;
  }

 private:
  std::string_view kind_;
  Address url_;
  Template alt_;
  Template caption_;
  Template name_;
};

}  // namespace

std::unique_ptr<const Element> loadImage(Fields& fields) { return std::make_unique<Media>(fields, "image"); }
std::unique_ptr<const Element> loadVideo(Fields& fields) { return std::make_unique<Media>(fields, "video"); }
std::unique_ptr<const Element> loadAudio(Fields& fields) { return std::make_unique<Media>(fields, "audio"); }
std::unique_ptr<const Element> loadDocument(Fields& fields) { return std::make_unique<Media>(fields, "document"); }

}  // namespace latchkey
