// An array that is never read or written outside.
#pragma once
#include <cstddef>
#include "../../src/failure.hpp"

namespace homeostat {

[[noreturn, gnu::noinline, gnu::cold]] inline void refuseIndex() { throw Failure("NATIVE_WITNESS", "an index is out of range"); }

template <class T>
class Checked {
 public:
  Checked(T* at, std::size_t size) : at_(at), size_(size) {}
  template <std::size_t SIZE>
  Checked(T (&array)[SIZE]) : at_(array), size_(SIZE) {}
  T& operator[](std::size_t index) const {
    if (index >= size_) refuseIndex();
    return at_[index];
  }
  /** `count` elements that all lie inside. */
  T* from(std::size_t first, std::size_t count) const {
    if (first > size_ || count > size_ - first) refuseIndex();
    return at_ + first;
  }

 private:
  T* at_;
  std::size_t size_;
};

}  // namespace homeostat
