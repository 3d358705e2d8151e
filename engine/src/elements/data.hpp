#pragma once

#include "loader.hpp"

namespace latchkey {

/// The `data` of toAgent and event: a list of attribute names, passed on as an object of their values, or an object with
/// templates. Sensitive values are masked in it, for people read it.
JsonTemplate loadData(Fields& fields);

}  // namespace latchkey
