// Multi-scalar multiplication, sum of scalar[i] * base[i] (Pippenger), over the kernel of any dispatch level.
#pragma once
#include <memory>
#include "bucketReduction.hpp"
#include "buckets.hpp"

namespace homeostat {

/** A scalar below 2: a bit, of which circuits are full. It has a digit in the first window only, whatever the window size. */
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

    // Bases that count, in the kernel's form; terms with long scalars first, since short ones have one digit only.
    const std::size_t bytes = kernel_.pointBytes, block = 4096;
    Buffer points(used.size() * bytes), terms(used.size() * sizeof(Term));
    const std::size_t long_ = fillTerms(used, scalars, terms.as<Term>());
    workers_.each((used.size() + block - 1) / block, [&](std::size_t task, unsigned) {
      const std::size_t from = task * block, to = std::min(used.size(), from + block);
      for (std::size_t i = from; i < to; i++) std::memcpy(points.as() + i * bytes, bases + used[i] * bytes, bytes);
      kernel_.import(points.as() + from * bytes, points.as() + from * bytes, to - from);
    });

    BucketReduction<F> reduction(kernel_, workers_, windows_.count, windows_.buckets());
    Buffer sums(reduction.points() * bytes);
    std::vector<std::unique_ptr<WindowSums>> memory(workers_.count());
    workers_.each(windows_.count, [&](std::size_t w, unsigned worker) {
      auto& mine = memory[worker];
      if (!mine) mine = std::make_unique<WindowSums>(kernel_, windows_, used.size());
      mine->sum(points.as(), terms.as<Term>(), w == 0 ? used.size() : long_, u32(w), sums.as() + w * windows_.buckets() * bytes);
    });
    for (const auto& mine : memory) additions += mine ? mine->additions() : 0;
    memory.clear();
    const auto out = sumOfPowers(reduction.run(sums.as()), windows_.bits);
    additions += reduction.additions;
    return out;
  }

 private:
  /** Writes long terms, then short ones; returns how many are long. */
  std::size_t fillTerms(const SecretVector<u32>& used, const unsigned char* scalars, Term* terms) const {
    std::size_t front = 0, back = used.size();
    for (std::size_t i = 0; i < used.size(); i++) {
      const unsigned char* scalar = scalars + 32 * std::size_t(used[i]);
      Limbs value;
      std::memcpy(value.v, scalar, 32);
      terms[isBit(scalar) ? --back : front++] = {windows_.shifted(value), u32(i)};
    }
    return front;
  }

  const GroupKernel& kernel_;
  const Workers& workers_;
  Windows windows_{};
};

}  // namespace homeostat
