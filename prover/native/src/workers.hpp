// Work on every core: tasks are taken one at a time from a counter, so uneven tasks even out; the caller works too.
#pragma once
#include <atomic>
#include <exception>
#include <pthread.h>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>
#include "cores.hpp"

namespace homeostat {

/** What a thread is called in the system's lists while this lives; at most 15 characters. */
class ThreadName {
 public:
  explicit ThreadName(const char* name) {
    pthread_getname_np(pthread_self(), before_, sizeof before_);
    pthread_setname_np(pthread_self(), name);
  }
  ThreadName(const ThreadName&) = delete;
  ThreadName& operator=(const ThreadName&) = delete;
  ~ThreadName() { pthread_setname_np(pthread_self(), before_); }

 private:
  char before_[16] = "";
};

class Workers {
 public:
  /**
   * @param count threads, the caller's own included
   * @param cancelled set by anyone, looked at before each task
   * @param shared each thread but the caller's takes a free processor first, and goes when somebody waits for one
   */
  Workers(unsigned count, const std::atomic<bool>& cancelled, bool shared = false)
      : count_(count < 1 ? 1 : count), cancelled_(cancelled), shared_(shared) {}

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
      const bool mayLeave = shared_ && worker > 0;
      const std::optional<Waiting> waiting = mayLeave ? std::make_optional<Waiting>() : std::nullopt;
      try {
        while (!mayLeave || !waiting->anybody()) {
          const std::size_t task = next++;
          if (task >= tasks) return;
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
      for (unsigned worker = 1; worker < count_ && worker < tasks; worker++) {
        std::optional<Core> core = shared_ && !Waiting().anybody() ? Core::tryTake() : std::nullopt;
        if (shared_ && !core) break;
        threads.emplace_back([&work, worker, held = std::move(core)] {
          const ThreadName name("homeostat-core");
          work(worker);
        });
      }
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
  const bool shared_;
};

}  // namespace homeostat
