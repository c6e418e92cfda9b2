// The buckets of a multi-scalar multiplication over a table.
#pragma once
#include <memory>
#include "bucketFill.hpp"
#include "pointTable.hpp"
#include "workers.hpp"

namespace homeostat {

class TableFill {
 public:
  /** Affine additions done. */
  u64 additions = 0;

  TableFill(const GroupKernel& kernel, const Workers& workers, const PointTable& table)
      : kernel_(kernel), workers_(workers), table_(table), buckets_(table.windows.buckets()),
        apart_(table.sets >= 2 * workers.count()),
        fillers_(apart_ ? 1 : std::min({workers.count(), MAXIMUM_FILLERS, PARTS * table.windows.count})) {}

  /** Points of memory that `run` needs behind `reserved` ones, of which the sets of buckets are the first. */
  std::size_t points(std::size_t reserved) const { return reserved + std::size_t(fillers_ - 1) * table_.sets * buckets_; }

  /** @param scalars integers below r of all bases, 32 bytes each; @param sums memory, as `points` says */
  void run(const unsigned char* scalars, unsigned char* sums, std::size_t reserved) {
    const Buffer shifted = shift(scalars);
    if (apart_) fillApart(shifted.as<Limbs>(), sums);
    else fillTogether(shifted.as<Limbs>(), sums, sums + reserved * kernel_.pointBytes);
  }

 private:
  /** Threads that share a set: each has buckets of its own for it, which are added up in the end. */
  static constexpr u32 MAXIMUM_FILLERS = 16;
  /** Pieces of a window, so that the last tasks of a thread are short. */
  static constexpr u32 PARTS = 2;

  Buffer shift(const unsigned char* scalars) const {
    const std::size_t block = 8192, count = table_.count;
    Buffer out(count * sizeof(Limbs));
    workers_.each((count + block - 1) / block, [&](std::size_t task, unsigned) {
      for (std::size_t i = task * block; i < std::min(count, (task + 1) * block); i++) {
        Limbs scalar;
        std::memcpy(scalar.v, scalars + 32 * std::size_t(table_.indices[i]), 32);
        out.as<Limbs>()[i] = table_.windows.shifted(scalar);
      }
    });
    return out;
  }

  BucketFill emptySet(unsigned char* sums, u32 set) const {
    return {kernel_, sums + std::size_t(set) * buckets_ * kernel_.pointBytes, buckets_, table_.points};
  }

  /** One part of a window into its set. */
  void fillPart(BucketFill& fill, const Limbs* shifted, u32 w, u32 part) const {
    const u32 offset = w / table_.sets * table_.count;
    const u32 from = u32(u64(table_.count) * part / PARTS), to = u32(u64(table_.count) * (part + 1) / PARTS);
    for (u32 i = from; i < to; i++) {
      const std::int32_t digit = table_.windows.digit(shifted[i], w);
      if (digit != 0) fill.add(u32(std::abs(digit)) - 1, (offset + i) << 1 | u32(digit < 0));
    }
  }

  /** Sets enough for every thread: each set is filled by one. */
  void fillApart(const Limbs* shifted, unsigned char* sums) {
    std::atomic<u64> done{0};
    workers_.each(table_.sets, [&](std::size_t set, unsigned) {
      BucketFill fill = emptySet(sums, u32(set));
      for (u32 w = u32(set); w < table_.windows.count; w += table_.sets) {
        for (u32 part = 0; part < PARTS; part++) {
          workers_.check();
          fillPart(fill, shifted, w, part);
        }
      }
      fill.finish();
      done += fill.additions();
    });
    additions += done;
  }

  /** Fewer sets than threads: each thread fills sets of its own with whatever part of a window comes next. */
  void fillTogether(const Limbs* shifted, unsigned char* sums, unsigned char* others) {
    std::vector<std::unique_ptr<BucketFill>> fills(std::size_t(fillers_) * table_.sets);
    std::atomic<u32> next{0};
    workers_.each(fillers_, [&](std::size_t filler, unsigned) {
      unsigned char* memory = filler == 0 ? sums : others + (filler - 1) * table_.sets * buckets_ * kernel_.pointBytes;
      const auto mine = &fills[filler * table_.sets];
      for (u32 set = 0; filler == 0 && set < table_.sets; set++) mine[set] = std::make_unique<BucketFill>(emptySet(memory, set));
      for (u32 task = next++; task < PARTS * table_.windows.count; task = next++) {
        workers_.check();
        const u32 w = task / PARTS, set = w % table_.sets;
        if (!mine[set]) mine[set] = std::make_unique<BucketFill>(emptySet(memory, set));
        fillPart(*mine[set], shifted, w, task % PARTS);
      }
      for (u32 set = 0; set < table_.sets; set++)
        if (mine[set]) mine[set]->finish();
    });
    for (const auto& fill : fills) additions += fill ? fill->additions() : 0;
    join(fills);
  }

  /** Adds the buckets of every further filler to the first one's. */
  void join(const std::vector<std::unique_ptr<BucketFill>>& fills) {
    const u32 ranges = workers_.count();
    std::atomic<u64> done{0};
    workers_.each(std::size_t(ranges) * table_.sets, [&](std::size_t task, unsigned) {
      const u32 set = u32(task / ranges), range = u32(task % ranges);
      const u32 from = u32(u64(buckets_) * range / ranges), to = u32(u64(buckets_) * (range + 1) / ranges);
      Buffer scratch(kernel_.scratchBytes);
      SecretVector<Addition> list;
      for (u32 filler = 1; filler < fillers_; filler++) {
        const BucketFill* const fill = fills[std::size_t(filler) * table_.sets + set].get();
        if (fill == nullptr) continue;
        list.clear();
        for (u32 bucket = from; bucket < to; bucket++)
          if (fill->holds(bucket)) list.push_back({bucket << 1, bucket << 1, bucket});
        kernel_.accumulate(fills[set]->sums(), fill->sums(), list.data(), list.size(), scratch.as());
        done += list.size();
      }
    });
    additions += done;
  }

  const GroupKernel& kernel_;
  const Workers& workers_;
  const PointTable table_;
  const u32 buckets_;
  const bool apart_;
  const u32 fillers_;
};

}  // namespace homeostat
