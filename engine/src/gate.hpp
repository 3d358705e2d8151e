#pragma once

// The lock (docs/bot-format.md, section 7). House rules:
// - `authenticated` is never stored: it is computed from the Authentication each time it is asked.
// - Timers only tell. Every check compares instants.
// - An authentication is given by give() alone, which the Authentication element alone calls, and ends by end() alone.

#include "flow.hpp"

namespace latchkey::gate {

/// Whether what the user sent must wait for an authentication, although its dialog was entered with one.
bool checksNow(const Flow& flow);

/// Keeps `pending` until the user is authenticated, and starts the authentication dialog.
Step hold(Flow& flow, Pending pending);

/// Says that there were too many attempts.
Step refuse(Flow& flow);
bool locked(const Flow& flow);

/// Goes on with what is pending, through the lock.
Step resume(Flow& flow);

/// The authentication dialog reached its end.
Step endAuthenticationDialog(Flow& flow);

/// The flow leaves the authentication dialog, if it is in it: counts a failed attempt.
void leaveAuthenticationDialog(Flow& flow);

/// A run of the authentication dialog sends a request: the sensitive values that are credentials are who it asks for, whatever
/// becomes of the attributes afterwards.
void noteCredentials(Flow& flow);
/// Who the credentials are, as sent in this run or else as they are.
std::string credentialsOf(const Flow& flow);

/// Authenticates the user from now on. `subject` tells one person from another.
void give(Flow& flow, Authentication authentication, std::uint64_t subject, const std::vector<AttributeId>& subjectAttributes);

/// Ends the authentication, if there is one that has not been ended, forgets what it is to forget and tells the host.
void end(Flow& flow, std::string_view reason);

/// Ends an authentication whose time is over. At the start of every turn.
void settle(Flow& flow);

/// The authentication timer fired before its time, for messages keep a sliding one alive: it runs for the rest.
void prolongTimer(Flow& flow);

}  // namespace latchkey::gate
