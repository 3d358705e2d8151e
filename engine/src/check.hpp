#pragma once

#include "loader.hpp"

namespace latchkey {

/// The checks that need the whole bot: the lock and the authentication dialog, reachability, loops, what is never used.
void checkBot(Loader& loader);

}  // namespace latchkey
