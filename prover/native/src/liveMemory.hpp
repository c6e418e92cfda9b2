// What of the addon's own lives: blocks of memory, mapped files, handles, jobs. Counted, so that what nobody frees is seen.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace homeostat {

/** Of this process. */
struct LiveMemory {
  static inline std::atomic<std::int64_t> allocations{0}, bytes{0};

  static void add(std::size_t size) noexcept {
    allocations++;
    bytes += std::int64_t(size);
  }
  static void remove(std::size_t size) noexcept {
    allocations--;
    bytes -= std::int64_t(size);
  }
};

/** A member of what is counted as long as it lives. */
class Counted {
 public:
  explicit Counted(std::size_t bytes) noexcept : bytes_(bytes) { LiveMemory::add(bytes_); }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() { LiveMemory::remove(bytes_); }

 private:
  const std::size_t bytes_;
};

}  // namespace homeostat
