#include "elements/address.hpp"
#include "elements/elements.hpp"
#include "elements/options.hpp"

namespace latchkey {
namespace {

constexpr std::size_t mostCards = 10;
constexpr std::size_t mostButtons = 10;

class Cards final : public Element {
 public:
  explicit Cards(Fields& fields) {
    fields.require("cards");
    fields.each("cards", 1, mostCards, [&](const Value& source, const std::string& where) { readCard(fields.loader, source, where); });
  }

  Step run(Flow& flow) const override {
    // Beside the effects, for an address that is none is reported among them.
    std::string cards;
    JsonWriter writer(cards);
    writer.beginList();
    for (const Card& card : cards_) write(flow, writer, card);
    writer.endList();
    flow.effects.beginMessage("cards").key("cards").raw(cards);
    flow.effects.endMessage(flow.secured());
    return Step::next;
  }

 private:
  /// A button brings a value, or leads to an address.
  struct Button {
    OptionTemplate option;
    std::optional<Address> url;
  };
  struct Card {
    Template title;
    Text text;
    std::optional<Address> image;
    Template alt;
    std::vector<Button> buttons;
  };

  void readCard(Loader& loader, const Value& source, const std::string& where) {
    Fields fields(loader, source, where);
    Card card;
    card.title = fields.requireTemplate("title");
    card.text = fields.said("text").value_or(Text());
    if (fields.has("image")) {
      card.image.emplace(fields, "image");
      card.alt = fields.requireTemplate("alt");
    } else if (fields.has("alt")) {
      loader.error("missingField", where, "\"alt\" describes the image, and there is none; add \"image\" or remove \"alt\".");
    }
    fields.each("buttons", 1, mostButtons, [&](const Value& button, const std::string& at) { readButton(loader, card, button, at); });
    fields.finish();
    cards_.push_back(std::move(card));
  }

  static void readButton(Loader& loader, Card& card, const Value& source, const std::string& where) {
    Fields fields(loader, source, where);
    Button button{readOption(fields), {}};
    if (fields.has("url")) button.url.emplace(fields, "url", true);
    if (fields.has("url") && fields.has("value"))
      loader.error("notAllowedHere", fields.at("value"), "A button has a \"value\" or a \"url\"; remove one.");
    fields.finish();
    card.buttons.push_back(std::move(button));
  }

  static void write(Flow& flow, JsonWriter& writer, const Card& card) {
    writer.beginObject().member("title", render(card.title, flow.scope, Audience::people));
    if (!card.text.variations.empty()) writeText(flow, writer, "text", flow.pick(card.text));
    if (const auto image = card.image ? card.image->render(flow) : std::nullopt) {
      writer.member("image", *image);
      writeText(flow, writer, "alt", card.alt);
    }
    if (!card.buttons.empty()) {
      writer.key("buttons").beginList();
      for (const Button& button : card.buttons) write(flow, writer, button);
      writer.endList();
    }
    writer.endObject();
  }

  static void writeText(Flow& flow, JsonWriter& writer, std::string_view name, const Template& source) {
    const std::string text = render(source, flow.scope, Audience::people);
    if (!text.empty()) writer.member(name, text);
  }

  static void write(Flow& flow, JsonWriter& writer, const Button& button) {
    const Option option = renderOption(button.option, flow.scope);
    if (!button.url) {
      writer.beginObject().member("label", option.label).member("value", option.value).endObject();
      flow.offer(option);
    } else if (const auto url = button.url->render(flow)) {
      writer.beginObject().member("label", option.label).member("url", *url).endObject();
    }
  }

  std::vector<Card> cards_;
};

}  // namespace

std::unique_ptr<const Element> loadCards(Fields& fields) { return std::make_unique<Cards>(fields); }

}  // namespace latchkey
