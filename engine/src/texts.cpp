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

bool isOneOf(std::string_view words, std::string_view word) {
  for (;;) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    if (end == words.size()) return false;
    words.remove_prefix(end + 1);
  }
}

/// What stands between groups of three digits, a space meaning any kind of space; and before the fraction.
struct Separators {
  char group, decimal;
};

// By CLDR. All other languages write 1,234.5, and so do these regions of Spanish.
constexpr std::string_view withDots = "az bs ca da de el es eu gl hr id is it lb mk nl pt ro sl sr tr vi";
constexpr std::string_view withSpaces = "be bg cs et fi fr hu hy ka kk lt lv nb nn no pl ru sk sq sv uk uz";
constexpr std::string_view spanishWithCommas = "419 do gt hn mx ni pa pe pr sv us";

Separators separatorsOf(std::string_view tag) {
  const std::string primary = primaryOf(tag);
  if (primary == "es" && isOneOf(spanishWithCommas, lowerAscii(tag.substr(tag.rfind('-') + 1)))) return {',', '.'};
  if (isOneOf(withDots, primary)) return {'.', ','};
  return isOneOf(withSpaces, primary) ? Separators{' ', ','} : Separators{',', '.'};
}

/// The text with every kind of space that separates groups as a plain one.
std::string withPlainSpaces(std::string_view text) {
  std::string plain(text);
  for (std::string_view space : {"\u00A0", "\u202F"})
    for (std::size_t at; (at = plain.find(space)) != std::string::npos;) plain.replace(at, space.size(), " ");
  return plain;
}

/// `digits` with the group mark taken out; nothing when a group has not three digits.
std::optional<std::string> withoutGroups(std::string_view digits, char group) {
  std::string plain(digits.substr(0, digits.find(group)));
  if (plain.empty() || (plain.size() > 3 && plain.size() < digits.size())) return std::nullopt;
  for (std::size_t at = plain.size(); at < digits.size(); at += 4) {
    if (digits[at] != group || at + 4 > digits.size() || (at + 4 < digits.size() && digits[at + 4] != group)) return std::nullopt;
    plain += digits.substr(at + 1, 3);
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
  const std::string plain = withPlainSpaces(text);
  const std::string_view unsignedText = std::string_view(plain).substr(plain.starts_with('-') ? 1 : 0);
  const std::size_t mark = std::min(unsignedText.find(own.decimal), unsignedText.size());
  const std::optional<std::string> whole = withoutGroups(unsignedText.substr(0, mark), own.group);
  if (!whole) return parseNumber(text);
  std::string number = (plain.starts_with('-') ? "-" : "") + *whole;
  if (mark < unsignedText.size()) number += "." + std::string(unsignedText.substr(mark + 1));
  if (const auto parsed = parseNumber(number)) return parsed;
  return parseNumber(text);
}

}  // namespace latchkey
