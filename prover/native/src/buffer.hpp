// Memory of a proof: aligned to cache lines and wiped when its owner ends, since it held parts of the witness.
// Wiped blocks are kept for the next owner while a proof runs: the system's fresh pages cost more than the wiping.
#pragma once
#include <sys/mman.h>
#include <cstdlib>
#include <map>
#include <mutex>
#include <new>
#include <utility>
#include <vector>
#include "limbs.hpp"
#include "liveMemory.hpp"

namespace homeostat {

/** Wiped blocks by size, kept while any `Keep` lives. */
class SpareBlocks {
 public:
  /** Held by a proof. */
  struct Keep {
    Keep() { shared().hold(1); }
    ~Keep() { shared().hold(-1); }
    Keep(const Keep&) = delete;
    Keep& operator=(const Keep&) = delete;
  };

  static SpareBlocks& shared() {
    static SpareBlocks blocks;
    return blocks;
  }

  /** A block of at least `bytes`, at most twice that; its size goes to `size`. */
  void* take(std::size_t bytes, std::size_t& size) {
    {
      const std::lock_guard lock(guard_);
      const auto found = free_.lower_bound(bytes);
      if (found != free_.end() && found->first / 2 <= bytes) {
        void* memory = found->second;
        size = found->first;
        free_.erase(found);
        return memory;
      }
    }
    const std::size_t alignment = bytes < 2 * HUGE_PAGE ? 64 : HUGE_PAGE;
    size = (bytes + alignment - 1) / alignment * alignment;
    void* memory = std::aligned_alloc(alignment, size);
    if (memory == nullptr) throw std::bad_alloc();
    LiveMemory::add(size);
    if (alignment == HUGE_PAGE) madvise(memory, size, MADV_HUGEPAGE);  // a wish: the system may not have any
    return memory;
  }

  void giveBack(void* memory, std::size_t size) noexcept {
    try {
      const std::lock_guard lock(guard_);
      if (holders_ > 0) {
        free_.emplace(size, memory);
        return;
      }
    } catch (const std::bad_alloc&) {
      // no memory to remember it by: it goes back to the system
    }
    release(memory, size);
  }

 private:
  /** Large blocks lie in such pages where the system has them: fewer faults, and addresses that the processor finds at once. */
  static constexpr std::size_t HUGE_PAGE = 2 << 20;

  static void release(void* memory, std::size_t size) noexcept {
    LiveMemory::remove(size);
    std::free(memory);
  }

  void hold(int change) {
    const std::lock_guard lock(guard_);
    holders_ += change;
    if (holders_ > 0) return;
    for (const auto& [size, memory] : free_) release(memory, size);
    free_.clear();
  }

  std::mutex guard_;
  std::multimap<std::size_t, void*> free_;
  int holders_ = 0;
};

class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t bytes) : bytes_(bytes) {
    if (bytes > SIZE_MAX / 4) throw std::bad_alloc();
    memory_ = SpareBlocks::shared().take((bytes + 127) / 64 * 64, size_);
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  Buffer(Buffer&& o) noexcept { *this = std::move(o); }
  Buffer& operator=(Buffer&& o) noexcept {
    std::swap(memory_, o.memory_);
    std::swap(bytes_, o.bytes_);
    std::swap(size_, o.size_);
    return *this;
  }
  ~Buffer() {
    if (memory_ == nullptr) return;
    wipe(memory_, bytes_);
    SpareBlocks::shared().giveBack(memory_, size_);
  }
  std::size_t bytes() const { return bytes_; }
  template <class T = unsigned char>
  T* as() const {
    return static_cast<T*>(memory_);
  }

 private:
  void* memory_ = nullptr;
  std::size_t bytes_ = 0, size_ = 0;
};

/** Wipes what a vector leaves behind. */
template <class T>
struct WipingAllocator {
  using value_type = T;
  WipingAllocator() = default;
  template <class U>
  WipingAllocator(const WipingAllocator<U>&) {}
  T* allocate(std::size_t count) {
    T* const memory = std::allocator<T>().allocate(count);
    LiveMemory::add(count * sizeof(T));
    return memory;
  }
  void deallocate(T* memory, std::size_t count) {
    wipe(static_cast<void*>(memory), count * sizeof(T));
    LiveMemory::remove(count * sizeof(T));
    std::allocator<T>().deallocate(memory, count);
  }
  bool operator==(const WipingAllocator&) const { return true; }
};

template <class T>
using SecretVector = std::vector<T, WipingAllocator<T>>;

}  // namespace homeostat
