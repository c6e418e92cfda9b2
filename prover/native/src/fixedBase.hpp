// Multiples of one point by many scalars: a table of the point's multiples, and one affine addition a scalar and window.
#pragma once
#include <memory>
#include "buffer.hpp"
#include "copyPoint.hpp"
#include "curve.hpp"
#include "digits.hpp"
#include "kernels.hpp"
#include "workers.hpp"

namespace homeostat {

template <class F>
class FixedBase {
 public:
  /** @param base packed as in a key; @param scalars how many the table is going to serve: decides its size */
  FixedBase(const GroupKernel& kernel, const Workers& workers, const unsigned char* base, std::size_t scalars)
      : kernel_(kernel), workers_(workers), windows_(windowsFor(kernel.pointBytes, scalars)),
        memory_((entries() + std::size_t(workers.count()) * CHUNK) * kernel.pointBytes) {
    fillTable(Affine<F>::load(base));
  }

  /** @param scalars integers below r, 32 bytes each; @param out points as in a key, infinity for zero */
  void multiply(const unsigned char* scalars, std::size_t count, unsigned char* out) {
    std::vector<std::unique_ptr<Scratch>> scratches(workers_.count());
    workers_.each((count + CHUNK - 1) / CHUNK, [&](std::size_t task, unsigned worker) {
      auto& mine = scratches[worker];
      if (!mine) mine = std::make_unique<Scratch>(kernel_.scratchBytes);
      const std::size_t from = task * CHUNK, size = std::min(CHUNK, count - from);
      const std::size_t sums = entries() + worker * CHUNK;
      sumDigits(scalars + 32 * from, size, u32(sums), *mine);
      kernel_.exportTo(out + from * kernel_.pointBytes, at(sums), size);
    });
  }

 private:
  /** Scalars that a worker does side by side: enough for shared inversions, few enough for the second-level cache. */
  static constexpr std::size_t CHUNK = 4 * ADDITION_BATCH;
  static constexpr std::size_t TABLE_LIMIT = std::size_t(64) << 20;  // bytes
  static constexpr u32 MAX_BITS = 16;

  struct Scratch {
    explicit Scratch(std::size_t bytes) : kernel(bytes) { additions.reserve(CHUNK); }
    Buffer kernel;
    std::vector<Addition> additions;
    Limbs shifted[CHUNK];
    bool started[CHUNK];
  };

  /** The size with the least additions, a table entry being one, within the limit. */
  static Windows windowsFor(std::size_t pointBytes, std::size_t scalars) {
    const auto cost = [&](const Windows& windows) { return double(windows.count) * (double(scalars) + windows.buckets()); };
    Windows best = Windows::of(2);
    for (u32 bits = 3; bits <= MAX_BITS; bits++) {
      const Windows next = Windows::of(bits);
      const bool fits = std::size_t(next.count) * next.buckets() * pointBytes <= TABLE_LIMIT;
      if (fits && cost(next) < cost(best)) best = next;
    }
    return best;
  }

  std::size_t entries() const { return std::size_t(windows_.count) * windows_.buckets(); }
  unsigned char* at(std::size_t point) const { return memory_.as() + point * kernel_.pointBytes; }

  /** Entry d - 1 of window w is d * 2^(w * bits) * base; each pass doubles how many there are. */
  void fillTable(const Affine<F>& base) {
    Jacobian<F> multiple = Jacobian<F>::from(base);
    for (u32 w = 0; w < windows_.count; w++) {
      const Affine<F> first = multiple.toAffine();
      kernel_.import(at(std::size_t(w) * windows_.buckets()), &first, 1);
      for (u32 bit = 0; bit < windows_.bits; bit++) multiple = multiple.twice();
    }
    workers_.each(windows_.count, [&](std::size_t w, unsigned) {
      const u32 row = u32(w) * windows_.buckets();
      Buffer scratch(kernel_.scratchBytes);
      std::vector<Addition> additions;
      for (u32 filled = 1; filled < windows_.buckets(); filled *= 2) {
        additions.clear();
        for (u32 i = 0; i < filled; i++) additions.push_back({(row + i) << 1, (row + filled - 1) << 1, row + filled + i});
        kernel_.add(memory_.as(), memory_.as(), additions.data(), additions.size(), scratch.as());
      }
    });
  }

  /** Writes scalar * base to `size` points from `sums` on, window by window for all of them. */
  void sumDigits(const unsigned char* scalars, std::size_t size, u32 sums, Scratch& scratch) const {
    std::memset(at(sums), 0, size * kernel_.pointBytes);
    for (std::size_t i = 0; i < size; i++) {
      Limbs scalar;
      std::memcpy(scalar.v, scalars + 32 * i, 32);
      if (!lessLimbs(scalar.v, FrModulus::P.v)) throw Failure("NATIVE_ARGUMENT", "a scalar is not below r");
      scratch.shifted[i] = windows_.shifted(scalar);
      scratch.started[i] = false;
    }
    for (u32 w = 0; w < windows_.count; w++) {
      scratch.additions.clear();
      for (std::size_t i = 0; i < size; i++) {
        const std::int32_t digit = windows_.digit(scratch.shifted[i], w);
        if (digit == 0) continue;
        const u32 entry = w * windows_.buckets() + u32(std::abs(digit)) - 1, reference = entry << 1 | u32(digit < 0);
        const u32 sum = sums + u32(i);
        if (scratch.started[i]) scratch.additions.push_back({sum << 1, reference, sum});
        else copy(at(sum), reference);
        scratch.started[i] = true;
      }
      kernel_.add(memory_.as(), memory_.as(), scratch.additions.data(), scratch.additions.size(), scratch.kernel.as());
    }
  }

  void copy(unsigned char* out, u32 reference) const {
    auto* to = reinterpret_cast<char*>(out);
    const auto* from = memory_.as<const char>();
    if (kernel_.pointBytes == sizeof(Affine<Curves<Portable>::Fq>)) copyPoint<64>(to, from, reference);
    else copyPoint<128>(to, from, reference);
  }

  const GroupKernel& kernel_;
  const Workers& workers_;
  const Windows windows_;
  /** The table, then the sums of each worker. */
  Buffer memory_;
};

}  // namespace homeostat
