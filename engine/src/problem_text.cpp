#include "problem_text.hpp"

#include "text.hpp"

#ifndef LATCHKEY_OF_PAGES

namespace latchkey {

ProblemText plain(double number) { return formatNumber(number); }

ProblemText quoted(std::string_view text) { return "\"" + plain(text) + "\""; }

ProblemText listed(std::initializer_list<std::string_view> texts) {
  ProblemText all;
  for (std::string_view each : texts) all += (all.empty() ? "" : ", ") + quoted(each);
  return all;
}

}  // namespace latchkey

#endif
