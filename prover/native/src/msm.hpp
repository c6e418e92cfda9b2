// Multi-scalar multiplication, sum of scalar[i] * base[i] (Pippenger), over the kernel of any dispatch level.
#pragma once
#include <memory>
#include "buckets.hpp"
#include "curve.hpp"
#include "workers.hpp"

namespace homeostat {

/**
 * Chains per window in which buckets are summed side by side. More chains share an inversion, but each costs about three
 * additions of its own in the end; an inversion costs as much as seven to ten of those.
 */
inline u32 chainsFor(u32 buckets, u32 windowsOfWorker) {
  u32 chains = 1;
  while (chains < buckets && chains * chains * windowsOfWorker < 7 * buckets) chains *= 2;
  return chains;
}

template <class F>
class Msm {
 public:
  /** Affine additions of all runs, for the count of multiplications. */
  u64 additions = 0;

  Msm(const GroupKernel& kernel, const Workers& workers) : kernel_(kernel), workers_(workers) {}

  /** @param bases packed points as in a key; @param scalars integers below r, 32 bytes each */
  Jacobian<F> run(const unsigned char* bases, const unsigned char* scalars, std::size_t count) {
    const SecretVector<u32> used = usedOf(bases, scalars, count);
    if (used.empty()) return Jacobian<F>::infinity();
    std::size_t full = 0;
    for (const u32 i : used) full += isSmall(scalars + 32 * std::size_t(i)) ? 0 : 1;
    windows_ = Windows::forSize(std::max<std::size_t>(full, used.size() / 16));

    // Bases that count, in the kernel's form; terms with long scalars first, since short ones have one digit only.
    const std::size_t bytes = kernel_.pointBytes, block = 4096;
    Buffer points(used.size() * bytes), terms(used.size() * sizeof(Term));
    const std::size_t long_ = fillTerms(used, scalars, terms.as<Term>());
    workers_.each((used.size() + block - 1) / block, [&](std::size_t task, unsigned) {
      const std::size_t from = task * block, to = std::min(used.size(), from + block);
      for (std::size_t i = from; i < to; i++) std::memcpy(points.as() + i * bytes, bases + used[i] * bytes, bytes);
      kernel_.import(points.as() + from * bytes, points.as() + from * bytes, to - from);
    });

    const std::size_t buckets = windows_.buckets();
    chains_ = chainsFor(windows_.buckets(), (windows_.count + workers_.count() - 1) / workers_.count());
    Buffer sums((windows_.count * (buckets + 2 * std::size_t(chains_))) * bytes);
    std::vector<std::unique_ptr<WindowSums>> memory(workers_.count());
    workers_.each(windows_.count, [&](std::size_t w, unsigned worker) {
      auto& mine = memory[worker];
      if (!mine) mine = std::make_unique<WindowSums>(kernel_, windows_, used.size());
      mine->sum(points.as(), terms.as<Term>(), w == 0 ? used.size() : long_, u32(w), sums.as() + w * buckets * bytes);
    });
    for (const auto& mine : memory) additions += mine ? mine->additions() : 0;
    memory.clear();
    reduceBuckets(sums.as());
    return combine(sums.as());
  }

 private:
  /** A scalar below 2: a bit, of which circuits are full. It has a digit in the first window only, whatever the window size. */
  static bool isSmall(const unsigned char* scalar) {
    u64 v[4];
    std::memcpy(v, scalar, 32);
    return (v[1] | v[2] | v[3]) == 0 && v[0] < 2;
  }

  /** Indices of terms that are not zero. */
  SecretVector<u32> usedOf(const unsigned char* bases, const unsigned char* scalars, std::size_t count) const {
    static constexpr unsigned char ZERO[128] = {};
    SecretVector<u32> used;
    used.reserve(count);
    for (std::size_t i = 0; i < count; i++) {
      if (std::memcmp(scalars + 32 * i, ZERO, 32) == 0) continue;
      if (std::memcmp(bases + kernel_.pointBytes * i, ZERO, kernel_.pointBytes) == 0) continue;
      used.push_back(u32(i));
    }
    return used;
  }

  /** Writes long terms, then short ones; returns how many are long. */
  std::size_t fillTerms(const SecretVector<u32>& used, const unsigned char* scalars, Term* terms) const {
    std::size_t front = 0, back = used.size();
    for (std::size_t i = 0; i < used.size(); i++) {
      const unsigned char* scalar = scalars + 32 * std::size_t(used[i]);
      Limbs value;
      std::memcpy(value.v, scalar, 32);
      terms[isSmall(scalar) ? --back : front++] = {windows_.shifted(value), u32(i)};
    }
    return front;
  }

  /** Per chain of L buckets, from the last: running += bucket, total += running; all chains of a worker in step. */
  void reduceBuckets(unsigned char* sums) {
    const u32 buckets = windows_.buckets(), length = buckets / chains_;
    const u32 running = windows_.count * buckets, total = running + windows_.count * chains_;
    std::memset(sums + std::size_t(running) * kernel_.pointBytes, 0, 2 * std::size_t(windows_.count) * chains_ * kernel_.pointBytes);
    additions += 2 * u64(windows_.count) * buckets;
    const u32 parts = std::min(workers_.count(), windows_.count);
    workers_.each(parts, [&](std::size_t part, unsigned) {
      const u32 from = u32(windows_.count * part / parts), to = u32(windows_.count * (part + 1) / parts);
      SecretVector<Addition> runs, totals;
      Buffer scratch(kernel_.scratchBytes);
      for (u32 step = length; step-- > 0;) {
        workers_.check();
        runs.clear();
        totals.clear();
        for (u32 chain = from * chains_; chain < to * chains_; chain++) {
          runs.push_back({(running + chain) << 1, (chain * length + step) << 1, running + chain});
          totals.push_back({(total + chain) << 1, (running + chain) << 1, total + chain});
        }
        kernel_.add(sums, sums, runs.data(), runs.size(), scratch.as());
        kernel_.add(sums, sums, totals.data(), totals.size(), scratch.as());
      }
    });
  }

  Jacobian<F> combine(const unsigned char* sums) const {
    const u32 buckets = windows_.buckets(), length = buckets / chains_;
    const std::size_t all = std::size_t(windows_.count) * chains_;
    Buffer exported(2 * all * kernel_.pointBytes);
    kernel_.exportTo(exported.as(), sums + std::size_t(windows_.count) * buckets * kernel_.pointBytes, 2 * all);
    const auto* running = exported.as<Affine<F>>();
    const auto* total = running + all;
    SecretVector<Jacobian<F>> windows(windows_.count);
    workers_.each(windows_.count, [&](std::size_t w, unsigned) {
      // sum over chains s of total[s] + s * length * running[s]
      Jacobian<F> tail = Jacobian<F>::infinity(), weighted = tail, plain = tail;
      for (u32 s = chains_; s-- > 0;) {
        plain = plain + total[w * chains_ + s];
        if (s == 0) continue;
        tail = tail + running[w * chains_ + s];
        weighted = weighted + tail;
      }
      for (u32 l = length; l > 1; l /= 2) weighted = weighted.twice();  // length is a power of two
      windows[w] = plain + weighted;
    });
    Jacobian<F> out = Jacobian<F>::infinity();
    for (u32 w = windows_.count; w-- > 0;) {
      for (u32 bit = 0; bit < windows_.bits; bit++) out = out.twice();
      out = out + windows[w];
    }
    return out;
  }

  const GroupKernel& kernel_;
  const Workers& workers_;
  Windows windows_{};
  u32 chains_ = 0;
};

}  // namespace homeostat
