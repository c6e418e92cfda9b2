// From buckets to the sum of bucket[d] * (d + 1), for several sets of buckets side by side.
#pragma once
#include "buffer.hpp"
#include "curve.hpp"
#include "kernels.hpp"
#include "workers.hpp"

namespace homeostat {

/**
 * Chains per set in which buckets are summed side by side. More chains share an inversion, but each costs about three
 * additions of its own in the end; an inversion costs as much as seven to ten of those.
 */
inline u32 chainsFor(u32 buckets, u32 setsOfWorker) {
  u32 chains = 1;
  while (chains < buckets && chains * chains * setsOfWorker < 7 * buckets) chains *= 2;
  return chains;
}

template <class F>
class BucketReduction {
 public:
  /** Affine additions done. */
  u64 additions = 0;

  /** @param buckets of a set, a power of two */
  BucketReduction(const GroupKernel& kernel, const Workers& workers, u32 sets, u32 buckets)
      : kernel_(kernel), workers_(workers), sets_(sets), buckets_(buckets),
        chains_(chainsFor(buckets, (sets + workers.count() - 1) / workers.count())) {}

  /** Points that `run` needs: the sets, one after the other, and room behind them. */
  std::size_t points() const { return std::size_t(sets_) * (buckets_ + 2 * std::size_t(chains_)); }

  /** The sum of each set; the buckets stay as they are. */
  SecretVector<Jacobian<F>> run(unsigned char* sums) {
    sumChains(sums);
    const std::size_t all = std::size_t(sets_) * chains_;
    Buffer exported(2 * all * kernel_.pointBytes);
    kernel_.exportTo(exported.as(), sums + std::size_t(sets_) * buckets_ * kernel_.pointBytes, 2 * all);
    const auto* running = exported.as<Affine<F>>();
    const auto* total = running + all;
    SecretVector<Jacobian<F>> out(sets_);
    workers_.each(sets_, [&](std::size_t set, unsigned) {
      // sum over chains s of total[s] + s * length * running[s]
      Jacobian<F> tail = Jacobian<F>::infinity(), weighted = tail, plain = tail;
      for (u32 s = chains_; s-- > 0;) {
        plain = plain + total[set * chains_ + s];
        if (s == 0) continue;
        tail = tail + running[set * chains_ + s];
        weighted = weighted + tail;
      }
      for (u32 length = buckets_ / chains_; length > 1; length /= 2) weighted = weighted.twice();  // a power of two
      out[set] = plain + weighted;
    });
    return out;
  }

 private:
  /** Per chain of L buckets, from the last: running += bucket, total += running; all chains of a worker in step. */
  void sumChains(unsigned char* sums) {
    const u32 length = buckets_ / chains_, all = sets_ * chains_;
    const u32 running = sets_ * buckets_, total = running + all;
    std::memset(sums + std::size_t(running) * kernel_.pointBytes, 0, 2 * std::size_t(all) * kernel_.pointBytes);
    additions += 2 * u64(sets_) * buckets_;
    const u32 parts = std::min(workers_.count(), all);
    workers_.each(parts, [&](std::size_t part, unsigned) {
      const u32 from = u32(u64(all) * part / parts), to = u32(u64(all) * (part + 1) / parts);
      SecretVector<Addition> runs, totals;
      Buffer scratch(kernel_.scratchBytes);
      for (u32 step = length; step-- > 0;) {
        workers_.check();
        runs.clear();
        totals.clear();
        for (u32 chain = from; chain < to; chain++) {
          runs.push_back({(running + chain) << 1, (chain * length + step) << 1, running + chain});
          totals.push_back({(total + chain) << 1, (running + chain) << 1, total + chain});
        }
        kernel_.add(sums, sums, runs.data(), runs.size(), scratch.as());
        kernel_.add(sums, sums, totals.data(), totals.size(), scratch.as());
      }
    });
  }

  const GroupKernel& kernel_;
  const Workers& workers_;
  const u32 sets_, buckets_, chains_;
};

/** sum of 2^(bits * i) * values[i] */
template <class F>
Jacobian<F> sumOfPowers(const SecretVector<Jacobian<F>>& values, u32 bits) {
  Jacobian<F> out = Jacobian<F>::infinity();
  for (std::size_t i = values.size(); i-- > 0;) {
    for (u32 bit = 0; bit < bits; bit++) out = out.twice();
    out = out + values[i];
  }
  return out;
}

}  // namespace homeostat
