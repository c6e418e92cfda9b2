// Points into buckets as they come, thousands of buckets at a time, so that bases are read in order. A batch holds a bucket
// once; points whose bucket is taken wait, and are summed pair by pair first when too many want the same bucket.
#pragma once
#include <algorithm>
#include "buffer.hpp"
#include "copyPoint.hpp"
#include "kernels.hpp"

namespace homeostat {

class BucketFill {
 public:
  /** @param sums memory of the buckets, which must outlive this; @param points what references refer to */
  BucketFill(const GroupKernel& kernel, unsigned char* sums, u32 buckets, const unsigned char* points)
      : kernel_(kernel), sums_(sums), points_(points), marks_(buckets, EMPTY), scratch_(kernel.scratchBytes) {
    std::memset(sums, 0, std::size_t(buckets) * kernel.pointBytes);
    pending_.reserve(ADDITION_BATCH);
    waiting_.reserve(WAITING);
    retried_.reserve(WAITING);
  }

  /** bucket += ±points[reference >> 1]; the low bit of a reference negates. */
  void add(u32 bucket, u32 reference) {
    if (place(bucket, reference) && pending_.size() == ADDITION_BATCH) flush();
    if (waiting_.size() == WAITING) drain();
  }

  /** Brings the buckets up to date. */
  void finish() {
    flush();
    while (!waiting_.empty()) drain();
  }

  u64 additions() const { return done_; }
  /** Whether a bucket was given a point. */
  bool holds(u32 bucket) const { return marks_[bucket] != EMPTY; }
  unsigned char* sums() const { return sums_; }

 private:
  struct Waiting {
    u32 bucket, reference;
  };
  static constexpr std::size_t WAITING = 8 * ADDITION_BATCH;
  static constexpr u32 NOBODY = ~u32(0);
  /** States of a bucket: empty, filled, or, from FIRST_BATCH on, the batch that last took it. */
  static constexpr std::uint16_t EMPTY = 0, FILLED = 1, FIRST_BATCH = 2;

  /** Whether the batch grew. */
  bool place(u32 bucket, u32 reference) {
    std::uint16_t& mark = marks_[bucket];
    if (mark == batch_) {
      waiting_.push_back({bucket, reference});
      return false;
    }
    if (mark == EMPTY) {
      mark = FILLED;
      copy(sums_ + std::size_t(bucket) * kernel_.pointBytes, points_, reference);
      return false;
    }
    mark = batch_;
    prefetch(sums_ + std::size_t(bucket) * kernel_.pointBytes);
    pending_.push_back({bucket << 1, reference, bucket});
    return true;
  }

  /** Into the second-level cache, long before the batch is added. */
  void prefetch(const unsigned char* point) const {
    for (std::size_t line = 0; line < kernel_.pointBytes; line += 64) __builtin_prefetch(point + line, 1, 2);
  }

  void flush() {
    if (pending_.empty()) return;
    kernel_.accumulate(sums_, points_, pending_.data(), pending_.size(), scratch_.as());
    done_ += pending_.size();
    pending_.clear();
    if (++batch_ != 0) return;
    for (std::uint16_t& mark : marks_) mark = std::min(mark, FILLED);
    batch_ = FIRST_BATCH;
  }

  /** Tries again; if many points still wait, they are for few buckets. */
  void drain() {
    flush();
    retried_.swap(waiting_);
    for (const auto& [bucket, reference] : retried_)
      if (place(bucket, reference) && pending_.size() == ADDITION_BATCH) flush();
    flush();
    if (waiting_.size() > retried_.size() / 4) sumWaiting();
    retried_.clear();
  }

  /** Sums what waits for the same bucket pair by pair; what has no partner goes to its bucket. */
  void sumWaiting() {
    partners_.resize(marks_.size(), NOBODY);
    SecretVector<Waiting> left(waiting_.begin(), waiting_.end()), next;
    SecretVector<Addition> pairs;
    waiting_.clear();
    const Buffer memory[2] = {Buffer(left.size() / 2 * kernel_.pointBytes), Buffer(left.size() / 4 * kernel_.pointBytes)};
    const unsigned char* const table = points_;
    for (u32 round = 0; !left.empty(); round++) {
      next.clear();
      pairs.clear();
      for (u32 i = 0; i < left.size(); i++) {
        u32& partner = partners_[left[i].bucket];
        if (partner == NOBODY) {
          partner = i;
          continue;
        }
        const u32 into = u32(next.size());
        pairs.push_back({left[partner].reference, left[i].reference, into});
        next.push_back({left[i].bucket, into << 1});
        partner = NOBODY;
      }
      for (u32 i = 0; i < left.size(); i++) {
        const auto [bucket, reference] = left[i];
        if (partners_[bucket] != i) continue;
        partners_[bucket] = NOBODY;
        if (place(bucket, reference) && pending_.size() == ADDITION_BATCH) flush();
      }
      flush();
      kernel_.add(points_, memory[round % 2].as(), pairs.data(), pairs.size(), scratch_.as());
      done_ += pairs.size();
      points_ = memory[round % 2].as();
      left.swap(next);
    }
    points_ = table;
  }

  void copy(unsigned char* out, const unsigned char* in, u32 reference) const {
    char* const to = reinterpret_cast<char*>(out);
    const char* const from = reinterpret_cast<const char*>(in);
    if (kernel_.pointBytes == 64) copyPoint<64>(to, from, reference);
    else copyPoint<128>(to, from, reference);
  }

  const GroupKernel& kernel_;
  unsigned char* const sums_;
  const unsigned char* points_;
  SecretVector<std::uint16_t> marks_;
  Buffer scratch_;
  SecretVector<Addition> pending_;
  SecretVector<Waiting> waiting_, retried_;
  /** By bucket: whom of those that wait the next one for the same bucket is paired with; empty until it is needed. */
  SecretVector<u32> partners_;
  std::uint16_t batch_ = FIRST_BATCH;
  u64 done_ = 0;
};

}  // namespace homeostat
