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

/// What stands between groups of digits, and before the fraction.
struct Separators {
  char group, decimal;
};

// By CLDR, a region where it differs from its language. All others write 1,234.5.
constexpr std::string_view withCommas = "es-419 es-br es-bz es-cu es-do es-gt es-hn es-mx es-ni es-pa es-pe es-pr es-sv es-us kk-cn";
constexpr std::string_view withDots =
    "az bs ca da de el es eu gl hr id is it lb mk nl pt ro sl sr tr vi ar-dz ar-lb ar-ly ar-ma ar-mr ar-tn "
    "en-at en-be en-de en-dk en-es en-id en-it en-nl en-pl en-ro en-si fr-lu fr-ma ms-bn ms-id sw-cd";
constexpr std::string_view withSpaces =
    "be bg cs et fi fr hu hy ka kk lt lv nb nn no pl ru sk sq sv uk uz "
    "en-cz en-ee en-fi en-fr en-ge en-hu en-lt en-lv en-no en-pt en-se en-sk en-ua en-za";
constexpr std::string_view withApostrophes = "de-ch de-li en-ch it-ch";
/// These have groups of two before the last: 12,34,567.
constexpr std::string_view byTwo = "bn en-in gu hi kn ml mr pa ta te";

/// The language with its region, two letters or three digits; only the language where the tag names none.
std::string withRegion(std::string_view tag) {
  const std::string lower = lowerAscii(tag);
  for (std::size_t at = lower.find('-'); at != std::string::npos; at = lower.find('-', at + 1)) {
    const std::size_t length = std::min(lower.find('-', at + 1), lower.size()) - at - 1;
    if (length == 2 || (length == 3 && isDigit(lower[at + 1]))) return primaryOf(tag) + lower.substr(at, length + 1);
  }
  return primaryOf(tag);
}

bool isOf(std::string_view list, std::string_view tag) { return isOneOf(list, withRegion(tag)) || isOneOf(list, primaryOf(tag)); }

/// Where a region differs, it is in a list before that of its language.
Separators separatorsOf(std::string_view tag) {
  if (isOf(withApostrophes, tag)) return {'\'', '.'};
  if (isOf(withCommas, tag)) return {',', '.'};
  if (isOf(withDots, tag)) return {'.', ','};
  return isOf(withSpaces, tag) ? Separators{' ', ','} : Separators{',', '.'};
}

/// The text with every kind of space, apostrophe and minus as the plain one.
std::string withPlainMarks(std::string_view text) {
  std::string plain(text);
  constexpr std::array<std::pair<std::string_view, char>, 4> marks = {{{"\u00A0", ' '}, {"\u202F", ' '}, {"\u2019", '\''}, {"\u2212", '-'}}};
  for (const auto& [mark, own] : marks)
    for (std::size_t at; (at = plain.find(mark)) != std::string::npos;) plain.replace(at, mark.size(), 1, own);
  return plain;
}

/// `digits` with the group mark taken out; nothing when the last group has not three digits, or another not three, or two where
/// those are grouped `byTwos`. Spaces and apostrophes group in every language: they mean nothing else.
std::optional<std::string> withoutGroups(std::string_view digits, char own, bool byTwos) {
  const std::size_t end = std::min(digits.find_first_not_of("0123456789"), digits.size());
  std::string plain(digits.substr(0, end));
  if (end == digits.size()) return plain;
  const char group = digits[end];
  if (end == 0 || end > 3 || (group != own && group != ' ' && group != '\'')) return std::nullopt;
  for (std::size_t at = end; at < digits.size();) {
    const std::string_view next = digits.substr(at + 1, digits.find(group, at + 1) - at - 1);
    at += next.size() + 1;
    const bool isLast = at >= digits.size();
    if (next.size() != 3 && (isLast || !byTwos || next.size() != 2)) return std::nullopt;
    plain += next;
  }
  return plain;
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
  const Separators own = separatorsOf(language);
  std::string number = withPlainMarks(text);
  const std::string plain = number.substr(number.starts_with('-') ? 1 : 0);
  const std::size_t mark = std::min(plain.find(own.decimal), plain.size());
  if (const auto whole = withoutGroups(std::string_view(plain).substr(0, mark), own.group, isOf(byTwo, language))) {
    std::string local = (number.starts_with('-') ? "-" : "") + *whole;
    if (mark < plain.size()) local += "." + plain.substr(mark + 1);
    if (const auto parsed = parseNumber(local)) return parsed;
  }
  return parseNumber(number);
}

}  // namespace latchkey
