#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attribute.hpp"
#include "element.hpp"
#include "text.hpp"

namespace latchkey {

struct Bot;

enum class Awaiting { answer, response, delay, nothing, closed };

/// A button on offer.
struct Option {
  std::string label;
  Value value;
};

/// A request that the host was asked to make; kept whole, for a retry or a restored page sends the same again.
struct Request {
  std::uint32_t id = 0;
  std::string method;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::optional<std::string> body;
  std::int64_t timeoutMs = 0;
  std::string credentials;
  int retries = 0;
  /// While the next try waits for its time; 0 while the request is out.
  std::uint32_t retryTimer = 0;
};

/// What the conversation waits for, and where.
struct Waiting {
  Awaiting kind = Awaiting::closed;
  Place place;
  /// How often the question was put again.
  int repeats = 0;
  std::optional<Request> request;
  std::uint32_t delayTimer = 0;
};

/// Who is signed in since when. Whether it still holds is computed each time it is asked.
struct Authentication {
  bool given = false;
  Instant since = 0;
  /// 0 for "never"
  std::int64_t timeoutMs = 0;
  /// 0 for none
  std::int64_t slidingMs = 0;
  Instant lastMessage = 0;
  /// Which of the bot's forget lists applies at its end.
  std::uint32_t forgetList = 0;
  /// Who it is, as people may read it: masked, at most longestSubject characters; empty when nothing of it is visible.
  std::string subject = {};

  std::optional<Instant> end() const;
  bool holdsAt(Instant now) const {
    const std::optional<Instant> over = end();
    return given && (!over || now < *over);
  }
};

/// The secured dialog that waits for the authentication; with `event`, the very place in it that does.
struct Pending {
  DialogIndex dialog = noDialog;
  Waiting waiting;
  /// JSON text of the event to handle there; empty when the dialog starts from its beginning.
  std::string event;
  /// How many of the kept messages, from the front, are for it and not for the authentication: those said before it.
  std::uint32_t held = 0;
};

/// A run of the authentication dialog.
struct AuthenticationRun {
  bool active = false;
  /// An API request was answered in it.
  bool answered = false;
  bool succeeded = false;
  std::vector<AttributeId> written;
  /// Hashes of the credentials as they were sent last.
  std::vector<std::pair<AttributeId, std::uint64_t>> sent = {};
};

enum class TimerKind { delay, retry, authentication, session };

struct Timer {
  std::uint32_t id = 0;
  TimerKind kind = TimerKind::delay;
  Instant due = 0;
};

/// Everything a conversation is, besides its bot.
struct State {
  bool started = false;
  std::string conversationId;
  /// State of the generator of what is random.
  std::uint64_t random = 0;
  /// The latest instant seen.
  Instant latest = 0;
  Instant lastMessage = 0;
  std::uint32_t lastId = 0;
  /// The declared attributes' values.
  std::vector<Value> values;
  Value lastReceivedMessage;
  Value pageUrl;
  Value pageLanguage;
  DialogIndex dialog = noDialog;
  Waiting waiting;
  /// The buttons of the cards that were shown since the user's last message.
  std::vector<Option> cardOptions;
  /// Messages that came while the bot waited for a response or a delay.
  std::vector<std::string> queue;
  std::vector<Timer> timers;
  Authentication authentication;
  std::optional<Pending> pending;
  AuthenticationRun run;
  /// Hash of who authenticated last in this session, to tell another person.
  std::optional<std::uint64_t> subject;
  int failedAttempts = 0;
  /// 0 when not locked
  Instant lockedUntil = 0;

  /// A clock that went back too far has ended the authentication, although no event came yet to say so.
  bool authenticatedAt(Instant now) const { return now >= latest && authentication.holdsAt(now); }
};

/// A clock up to this far behind the latest instant counts as that instant (docs/bot-format.md, section 7.4).
inline constexpr std::int64_t clockToleranceMs = 120'000;
/// The most buttons of cards that stay on offer: those of ten sets of ten cards with one button each.
inline constexpr std::size_t mostCardOptions = 100;
inline constexpr std::size_t longestSubject = 64;
/// The most messages that are kept while the bot is busy.
inline constexpr std::size_t longestQueue = 16;

/// `now`, or the latest instant seen when the clock is behind it by no more than the tolerance.
Instant effectiveNow(const State& state, Instant now);

/// The attributes as at the start of a conversation.
std::vector<Value> initialValues(const Bot& bot);
/// The same, but for what is the page's and not the session's.
std::vector<Value> valuesOfNextSession(const Bot& bot, const State& state);

/// The next number of the conversation's generator: splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
std::uint64_t nextRandom(State& state);

/// The state as JSON text, checksum included.
std::string writeSnapshot(const Bot& bot, const State& state);

struct SnapshotResult {
  std::optional<State> state;
  /// The snapshot is good but belongs to another bot file; `state` then holds only what outlives that.
  bool otherBot = false;
  /// With `otherBot`: the session had ended.
  bool closed = false;
  std::string refused;
};

/// Reads what writeSnapshot wrote. Anything else is refused: damaged, edited, of another version or another bot's id.
SnapshotResult readSnapshot(const Bot& bot, std::string_view text);

}  // namespace latchkey
