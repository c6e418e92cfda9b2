// Multi-scalar multiplication whose bases have a table. Bases without one are summed as usual.
#pragma once
#include "msm.hpp"
#include "tableFill.hpp"

namespace homeostat {

template <class F>
class TableMsm {
 public:
  /** Affine additions of all runs, for the count of multiplications. */
  u64 additions = 0;

  TableMsm(const GroupKernel& kernel, const Workers& workers) : kernel_(kernel), workers_(workers) {}

  /** @param bases packed points as in a key; @param scalars integers below r, 32 bytes each */
  Jacobian<F> run(const PointTable& table, const unsigned char* bases, const unsigned char* scalars, std::size_t count) {
    Msm<F> others(kernel_, workers_);
    const Jacobian<F> rest = table.count == 0 ? others.run(bases, scalars, count)
                                              : others.run(bases, scalars, uncovered(others, table, bases, scalars, count));
    additions += others.additions;
    return table.count == 0 ? rest : covered(table, scalars) + rest;
  }

 private:
  static SecretVector<u32> uncovered(const Msm<F>& msm, const PointTable& table, const unsigned char* bases,
                                     const unsigned char* scalars, std::size_t count) {
    SecretVector<u32> out;
    out.reserve(count - table.count);
    u32 next = 0;
    for (u32 i = 0; i < count; i++) {
      if (next < table.count && table.indices[next] == i) next++;
      else if (msm.counts(bases, scalars, i)) out.push_back(i);
    }
    return out;
  }

  Jacobian<F> covered(const PointTable& table, const unsigned char* scalars) {
    BucketReduction<F> reduction(kernel_, workers_, table.sets, table.windows.buckets());
    TableFill fill(kernel_, workers_, table);
    Buffer sums(fill.points(reduction.points()) * kernel_.pointBytes);
    fill.run(scalars, sums.as(), reduction.points());
    const Jacobian<F> out = sumOfPowers(reduction.run(sums.as()), table.windows.bits);
    additions += fill.additions + reduction.additions;
    return out;
  }

  const GroupKernel& kernel_;
  const Workers& workers_;
};

}  // namespace homeostat
