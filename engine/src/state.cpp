#include "state.hpp"

#include <algorithm>

#include "bot_model.hpp"

namespace latchkey {

std::optional<Instant> Authentication::end() const {
  std::optional<Instant> over;
  if (timeoutMs > 0) over = since + timeoutMs;
  if (slidingMs > 0) over = std::min(over.value_or(INT64_MAX), lastMessage + slidingMs);
  return over;
}

Instant effectiveNow(const State& state, Instant now) {
  return now < state.latest && state.latest - now <= clockToleranceMs ? state.latest : now;
}

std::vector<Value> initialValues(const Bot& bot) {
  std::vector<Value> values;
  values.reserve(bot.attributes.size() - predefined::count);
  for (std::size_t id = predefined::count; id < bot.attributes.size(); ++id) values.push_back(bot.attributes[id].initial);
  return values;
}

std::vector<Value> valuesOfNextSession(const Bot& bot, const State& state) {
  std::vector<Value> values = initialValues(bot);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (bot.attributes[i + predefined::count].external) values[i] = state.values[i];
  return values;
}

std::uint64_t nextRandom(State& state) {
  std::uint64_t z = (state.random += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

}  // namespace latchkey
