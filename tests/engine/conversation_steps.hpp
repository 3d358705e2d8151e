#pragma once

#include "test_host.hpp"

/// Takes one step of a conversation test; returns what differed from it.
Failure takeStep(TestHost& host, const Json& step);
