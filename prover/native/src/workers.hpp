// Work on every core: tasks are taken one at a time from a counter, so uneven tasks even out; the caller works too.
#pragma once
#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>
#include "failure.hpp"

namespace homeostat {

class Workers {
 public:
  /** @param count threads, the caller's own included; @param cancelled set by anyone, looked at before each task */
  Workers(unsigned count, const std::atomic<bool>& cancelled) : count_(count < 1 ? 1 : count), cancelled_(cancelled) {}

  unsigned count() const { return count_; }

  /** @throws {Failure} NATIVE_CANCELLED */
  void check() const {
    if (cancelled_.load(std::memory_order_relaxed)) throw Failure("NATIVE_CANCELLED", "the proof was cancelled");
  }

  /** Calls `run(task, worker)` for each task below `tasks`; rethrows the first error when every thread has ended. */
  void each(std::size_t tasks, const std::function<void(std::size_t, unsigned)>& run) const {
    check();
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex guard;
    const auto work = [&](unsigned worker) {
      try {
        for (std::size_t task = next++; task < tasks; task = next++) {
          check();
          run(task, worker);
        }
      } catch (...) {
        next = tasks;
        const std::lock_guard lock(guard);
        if (!failure) failure = std::current_exception();
      }
    };
    std::vector<std::thread> threads;
    threads.reserve(count_);
    try {
      for (unsigned worker = 1; worker < count_ && worker < tasks; worker++) threads.emplace_back(work, worker);
    } catch (const std::system_error&) {
      // no thread to be had: those there are do the work
    }
    work(0);
    for (std::thread& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
  }

 private:
  const unsigned count_;
  const std::atomic<bool>& cancelled_;
};

}  // namespace homeostat
