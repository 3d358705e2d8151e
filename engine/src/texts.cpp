#include "texts.hpp"

#include <algorithm>
#include <array>

#include "text.hpp"

namespace latchkey {
namespace {

struct Language {
  /// `yes` and `no` are words for true and false too, folded, with spaces between them.
  std::string_view tag, fallback, locked, yes, no;
};

constexpr std::array<Language, 11> languages = {{
    {"en", "Sorry, I did not understand that.", "Too many attempts. Please try again later.", "yes true", "no false"},
    {"de", "Das habe ich leider nicht verstanden.", "Zu viele Versuche. Bitte versuchen Sie es später noch einmal.", "ja wahr", "nein falsch"},
    {"es", "Lo siento, no le he entendido.", "Demasiados intentos. Inténtelo de nuevo más tarde.", "sí si verdadero", "no falso"},
    {"fr", "Désolé, je n’ai pas compris.", "Trop de tentatives. Veuillez réessayer plus tard.", "oui vrai", "non faux"},
    {"hr", "Nažalost, nisam razumio.", "Previše pokušaja. Pokušajte ponovno kasnije.", "da točno istina", "ne netočno laž"},
    {"it", "Mi dispiace, non ho capito.", "Troppi tentativi. Riprovi più tardi.", "sì si vero", "no falso"},
    {"pl", "Przepraszam, nie rozumiem.", "Zbyt wiele prób. Proszę spróbować później.", "tak prawda", "nie fałsz"},
    {"pt", "Desculpe, não entendi.", "Demasiadas tentativas. Tente novamente mais tarde.", "sim verdadeiro", "não nao falso"},
    {"ar", "عذرًا، لم أفهم ذلك.", "محاولات كثيرة جدًا. يرجى المحاولة مرة أخرى لاحقًا.", "نعم صحيح", "لا خطأ"},
    {"ja", "申し訳ありませんが、理解できませんでした。", "試行回数が多すぎます。しばらくしてからもう一度お試しください。", "はい 真", "いいえ 偽"},
    {"zh", "抱歉，我没有听懂。", "尝试次数过多，请稍后再试。", "是 真", "否 假"},
}};

std::string primaryOf(std::string_view tag) { return lowerAscii(tag.substr(0, tag.find('-'))); }

const Language& languageOf(std::string_view tag) {
  const std::string primary = primaryOf(tag);
  for (const Language& language : languages)
    if (language.tag == primary) return language;
  return languages.front();
}

/// What stands between groups of digits, and before the fraction; `byTwos`: groups before the last have two, 12,34,567.
struct Separators {
  char group, decimal;
  bool byTwos;
};

/// By CLDR, the group mark of each language that does not write 1,234.5, and after all of these of each region that differs from its
/// language; `_` is a space, `2` a comma by twos. Before the fraction stands a comma after dots and spaces, else a dot. English in
/// other countries of Europe is read as English: who writes it there does so as often as not.
constexpr std::string_view groupMarks =
    " az. be_ bg_ bn2 bs. ca. cs_ da. de. el. es. et_ eu. fi_ fr_ gl. gu2 hi2 hr. hu_ hy_ id. is. it. ka_ kk_ kn2 lb. lt_ lv_ mk. ml2 mr2 nb_ nl. nn_ no_"
    " pa2 pl_ pt. ro. ru_ sk_ sl. sq_ sr. sv_ ta2 te2 tr. uk_ uz_ vi."
    " ar-dz. ar-lb. ar-ly. ar-ma. ar-mr. ar-tn. de-ch' de-li' en-ch' en-in2 en-za_ es-419, es-br, es-bz, es-cu, es-do, es-gt, es-hn, es-mx, es-ni, es-pa, es-pe,"
    " es-pr, es-sv, es-us, fr-lu. fr-ma. it-ch' kk-cn, ms-bn. ms-id. sw-cd. ";

Separators separatorsOf(std::string_view tag) {
  const std::string lower = lowerAscii(tag), primary = primaryOf(tag);
  char mark = ',';
  // The language alone, and with each of its further subtags: that of the region is in the table, or none.
  for (std::size_t start = 0; start < lower.size();) {
    const std::size_t end = std::min(lower.find('-', start), lower.size());
    const std::string name = " " + primary + (start == 0 ? "" : "-" + lower.substr(start, end - start));
    const std::size_t at = groupMarks.find(name);
    const char after = at == std::string_view::npos ? '-' : groupMarks[at + name.size()];
    if (after != '-' && !isLetter(after)) mark = after;
    start = end + 1;
  }
  return {mark == '_' ? ' ' : mark == '2' ? ',' : mark, mark == '.' || mark == '_' ? ',' : '.', mark == '2'};
}

/// The text with every kind of space, apostrophe and minus as the plain one.
std::string withPlainMarks(std::string_view text) {
  std::string plain(text);
  constexpr std::array<std::pair<std::string_view, char>, 4> marks = {{{"\u00A0", ' '}, {"\u202F", ' '}, {"\u2019", '\''}, {"\u2212", '-'}}};
  for (const auto& [mark, own] : marks)
    for (std::size_t at; (at = plain.find(mark)) != std::string::npos;) plain.replace(at, mark.size(), 1, own);
  return plain;
}

/// `number` without its group marks, and with a dot before the fraction; nothing when the last group has not three digits, or
/// another not three, or two where those are grouped by twos. Spaces and apostrophes group in every language: they mean nothing else.
std::optional<std::string> withoutGroups(std::string_view number, const Separators& own) {
  std::string plain;
  char group = 0;
  std::size_t run = 0;
  bool fraction = false;
  for (char c : number) {
    const bool ends = !fraction && c == own.decimal;
    if (ends && group != 0 && run != 3) return std::nullopt;
    fraction = fraction || ends;
    const bool groups = !fraction && (c == own.group || c == ' ' || c == '\'');
    if (groups) {
      if (group == 0 ? run == 0 || run > 3 : c != group || (run != 3 && !(own.byTwos && run == 2))) return std::nullopt;
      group = c;
    } else {
      plain += ends ? '.' : c;
    }
    run = isDigit(c) ? run + 1 : 0;
  }
  return fraction || group == 0 || run == 3 ? std::optional(plain) : std::nullopt;
}

}  // namespace

Texts builtInTexts(std::string_view language) {
  const Language& own = languageOf(language);
  return {std::string(own.fallback), std::string(own.locked)};
}

std::optional<bool> parseYesNo(std::string_view text, std::string_view language, const Platform& platform) {
  const std::string answer = foldForComparison(text, platform);
  for (const Language* own : {&languageOf(language), &languages.front()}) {
    if (isOneOf(own->yes, answer)) return true;
    if (isOneOf(own->no, answer)) return false;
  }
  return std::nullopt;
}

std::optional<double> parseLocalNumber(std::string_view text, std::string_view language) {
  const std::string plain = withPlainMarks(text);
  const std::optional<std::string> local = withoutGroups(plain, separatorsOf(language));
  const std::optional<double> number = local ? parseNumber(*local) : std::nullopt;
  return number ? number : parseNumber(plain);
}

}  // namespace latchkey
