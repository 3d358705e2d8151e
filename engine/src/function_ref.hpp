#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace latchkey {

template <class Signature>
class FunctionRef;

/// Something to call that outlives the call it is given to. A std::function owns what it calls and so brings copies and
/// destructors of it along.
template <class Result, class... Arguments>
class FunctionRef<Result(Arguments...)> {
 public:
  template <class Callable>
    requires(!std::is_same_v<std::remove_cvref_t<Callable>, FunctionRef>)
  FunctionRef(Callable&& callable)
      : callable_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))), call_([](void* held, Arguments... arguments) -> Result {
          return (*static_cast<std::remove_reference_t<Callable>*>(held))(std::forward<Arguments>(arguments)...);
        }) {}

  Result operator()(Arguments... arguments) const { return call_(callable_, std::forward<Arguments>(arguments)...); }

 private:
  void* callable_;
  Result (*call_)(void*, Arguments...);
};

}  // namespace latchkey
