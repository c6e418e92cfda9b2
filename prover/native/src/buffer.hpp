// Memory of a proof: aligned to cache lines, freed with its owner, and wiped first when it held anything of the witness.
#pragma once
#include <cstdlib>
#include <new>
#include <utility>
#include "limbs.hpp"

namespace homeostat {

class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t bytes) : bytes_(bytes) {
    if (bytes > SIZE_MAX - 64) throw std::bad_alloc();
    memory_ = std::aligned_alloc(64, (bytes + 127) / 64 * 64);
    if (memory_ == nullptr) throw std::bad_alloc();
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  Buffer(Buffer&& o) noexcept : memory_(std::exchange(o.memory_, nullptr)), bytes_(std::exchange(o.bytes_, 0)) {}
  Buffer& operator=(Buffer&& o) noexcept {
    std::swap(memory_, o.memory_);
    std::swap(bytes_, o.bytes_);
    return *this;
  }
  ~Buffer() {
    if (memory_ != nullptr) wipe(memory_, bytes_);
    std::free(memory_);
  }
  std::size_t bytes() const { return bytes_; }
  template <class T = unsigned char>
  T* as() const {
    return static_cast<T*>(memory_);
  }

 private:
  void* memory_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace homeostat
