// Multi-scalar multiplication, sum of scalar[i] * base[i] (Pippenger), over the kernel of any dispatch level.
#pragma once
#include "bucketFill.hpp"
#include "bucketReduction.hpp"
#include "digits.hpp"

namespace homeostat {

/** A scalar below 2: a bit, of which circuits are full. Those of 1 are added up without buckets. */
inline bool isBit(const unsigned char* scalar) {
  u64 v[4];
  std::memcpy(v, scalar, 32);
  return (v[1] | v[2] | v[3]) == 0 && v[0] < 2;
}

template <class F>
class Msm {
 public:
  /** Affine additions of all runs, for the count of multiplications. */
  u64 additions = 0;

  Msm(const GroupKernel& kernel, const Workers& workers) : kernel_(kernel), workers_(workers) {}

  /** @param bases packed points as in a key; @param scalars integers below r, 32 bytes each */
  Jacobian<F> run(const unsigned char* bases, const unsigned char* scalars, std::size_t count) {
    SecretVector<u32> used;
    used.reserve(count);
    for (std::size_t i = 0; i < count; i++)
      if (counts(bases, scalars, i)) used.push_back(u32(i));
    return run(bases, scalars, used);
  }

  /** Whether a term is not zero: neither its scalar nor its base. */
  bool counts(const unsigned char* bases, const unsigned char* scalars, std::size_t i) const {
    static constexpr unsigned char ZERO[128] = {};
    return std::memcmp(scalars + 32 * i, ZERO, 32) != 0 && std::memcmp(bases + kernel_.pointBytes * i, ZERO, kernel_.pointBytes) != 0;
  }

  /** The terms at `used` only. */
  Jacobian<F> run(const unsigned char* bases, const unsigned char* scalars, const SecretVector<u32>& used) {
    if (used.empty()) return Jacobian<F>::infinity();
    std::size_t full = 0;
    for (const u32 i : used) full += isBit(scalars + 32 * std::size_t(i)) ? 0 : 1;
    windows_ = full == 0 ? Windows{2, 1} : Windows::forSize(std::max<std::size_t>(full, used.size() / 16));

    // Bases that count, in the kernel's form; those of long scalars first, since the others have one digit only.
    const SecretVector<u32> order = longFirst(used, scalars, full);
    const std::size_t bytes = kernel_.pointBytes, block = 4096;
    Buffer points(order.size() * bytes), shifted(full * sizeof(Limbs));
    workers_.each((order.size() + block - 1) / block, [&](std::size_t task, unsigned) {
      const std::size_t from = task * block, to = std::min(order.size(), from + block);
      for (std::size_t i = from; i < to; i++) std::memcpy(points.as() + i * bytes, bases + order[i] * bytes, bytes);
      kernel_.import(points.as() + from * bytes, points.as() + from * bytes, to - from);
      for (std::size_t i = from; i < std::min(full, to); i++) {
        Limbs scalar;
        std::memcpy(scalar.v, scalars + 32 * std::size_t(order[i]), 32);
        shifted.as<Limbs>()[i] = windows_.shifted(scalar);
      }
    });

    BucketReduction<F> reduction(kernel_, workers_, windows_.count, windows_.buckets());
    Buffer sums(reduction.points() * bytes);
    std::atomic<u64> done{0};
    Affine<F> ones = Affine<F>::infinity();
    workers_.each(windows_.count + 1, [&](std::size_t task, unsigned) {
      if (task == 0) {
        done += sumInPlace(points.as() + full * bytes, order.size() - full, ones);
        return;
      }
      const u32 w = u32(task) - 1;
      BucketFill fill(kernel_, sums.as() + std::size_t(w) * windows_.buckets() * bytes, windows_.buckets(), points.as());
      for (u32 i = 0; i < full; i++) {
        const std::int32_t digit = windows_.digit(shifted.as<Limbs>()[i], w);
        if (digit != 0) fill.add(u32(std::abs(digit)) - 1, i << 1 | u32(digit < 0));
      }
      fill.finish();
      done += fill.additions();
    });
    const auto out = sumOfPowers(reduction.run(sums.as()), windows_.bits);
    additions += done + reduction.additions;
    return out + ones;
  }

 private:
  static SecretVector<u32> longFirst(const SecretVector<u32>& used, const unsigned char* scalars, std::size_t full) {
    SecretVector<u32> out(used.size());
    std::size_t front = 0, back = full;
    for (const u32 i : used) out[isBit(scalars + 32 * std::size_t(i)) ? back++ : front++] = i;
    return out;
  }

  /** The first half plus the second, until one point is left; returns the additions. */
  u64 sumInPlace(unsigned char* points, std::size_t count, Affine<F>& sum) const {
    if (count == 0) return 0;
    const u64 additions = count - 1;
    Buffer scratch(kernel_.scratchBytes);
    SecretVector<Addition> pairs;
    for (; count > 1; count -= count / 2) {
      workers_.check();
      pairs.clear();
      for (u32 i = 0, last = u32(count) - 1; i < count / 2; i++) pairs.push_back({i << 1, (last - i) << 1, i});
      kernel_.add(points, points, pairs.data(), pairs.size(), scratch.as());
    }
    kernel_.exportTo(&sum, points, 1);
    return additions;
  }

  const GroupKernel& kernel_;
  const Workers& workers_;
  Windows windows_{};
};

}  // namespace homeostat
