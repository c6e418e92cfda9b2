// The machine's processors as things to be held: whatever processes prove, each of their threads holds one.
// A held processor is a name of the system's (an abstract Unix address): it is nobody's file, and it is free again at the
// instant in which its holder ends, however that happens. Names are seen by all users of one network namespace.
#pragma once
#include <sched.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include "failure.hpp"

namespace homeostat {

/** A datagram socket; closed with its owner. */
class NameSocket {
 public:
  NameSocket() : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {}
  NameSocket(NameSocket&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  NameSocket& operator=(NameSocket&&) = delete;
  ~NameSocket() {
    if (socket_ >= 0) close(socket_);
  }
  bool usable() const { return socket_ >= 0; }
  /** Whether the name is ours now; no two sockets have one name. */
  bool claim(const std::string& name) const { return call(::bind, name); }
  /** Whether anybody has the name; does not disturb who has it. */
  bool somebodyHas(const std::string& name) const { return call(::connect, name); }

 private:
  template <class Call>
  bool call(Call function, const std::string& name) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;  // then a zero byte: no path in a file system
    name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
    const socklen_t length = socklen_t(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    return function(socket_, reinterpret_cast<const sockaddr*>(&address), length) == 0;
  }
  int socket_;
};

/** The processors that this process may run on. */
inline cpu_set_t allowedProcessors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) CPU_SET(0, &set);
  return set;
}

/** Threads worth using. */
inline unsigned usableProcessors() {
  const cpu_set_t set = allowedProcessors();
  return unsigned(CPU_COUNT(&set));
}

/** Whether a proof waits for its first processor: who holds more than one then gives one back. */
class Waiting {
 public:
  static constexpr const char* NAME = "homeostat.core.wanted";
  bool anybody() const { return socket_.usable() && socket_.somebodyHas(NAME); }

 private:
  NameSocket socket_;
};

/** One held processor. The thread is not bound to it: the number only keeps apart who may run where. */
class Core {
 public:
  /** A free one, or none. */
  static std::optional<Core> tryTake() {
    const cpu_set_t set = allowedProcessors();
    Core core;
    if (!core.socket_.usable()) return std::nullopt;
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
      if (CPU_ISSET(cpu, &set) && core.socket_.claim("homeostat.core." + std::to_string(cpu))) return core;
    }
    return std::nullopt;
  }

  /**
   * Waits until one is free. Those who wait ask one after the other.
   * @param patience after so long, or where the system has no names, it goes on without: slower is better than never
   * @throws {Failure} NATIVE_CANCELLED
   */
  static std::optional<Core> take(std::chrono::milliseconds patience, const std::atomic<bool>& cancelled) {
    constexpr std::chrono::microseconds PAUSE{500};
    const auto end = std::chrono::steady_clock::now() + patience;
    const NameSocket turn;
    bool first = false;
    while (turn.usable()) {
      if (cancelled) throw Failure("NATIVE_CANCELLED", "waiting for a processor was cancelled");
      if (auto core = first || !Waiting().anybody() ? tryTake() : std::nullopt) return core;
      if (!first) first = turn.claim(Waiting::NAME);
      if (std::chrono::steady_clock::now() >= end) break;
      std::this_thread::sleep_for(PAUSE);
    }
    return std::nullopt;
  }

 private:
  NameSocket socket_;
};

}  // namespace homeostat
