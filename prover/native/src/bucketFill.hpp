// Points into buckets as they come, thousands of buckets at a time: for tables, which are read in order. A batch holds a
// bucket once; points whose bucket is taken wait, and are summed pair by pair first when too many want the same bucket.
#pragma once
#include <algorithm>
#include "buckets.hpp"

namespace homeostat {

class BucketFill {
 public:
  /** @param sums memory of the buckets, which must outlive this; @param points what references refer to */
  BucketFill(const GroupKernel& kernel, unsigned char* sums, u32 buckets, const unsigned char* points)
      : kernel_(kernel), sums_(sums), points_(points), marks_(buckets, EMPTY), scratch_(kernel.scratchBytes) {
    std::memset(sums, 0, std::size_t(buckets) * kernel.pointBytes);
    pending_.reserve(ADDITION_BATCH);
    waiting_.reserve(WAITING);
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
    pending_.push_back({bucket << 1, reference, bucket});
    return true;
  }

  void flush() {
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
    SecretVector<Waiting> before;
    before.reserve(WAITING);
    before.swap(waiting_);
    for (const auto& [bucket, reference] : before)
      if (place(bucket, reference) && pending_.size() == ADDITION_BATCH) flush();
    flush();
    if (waiting_.size() > before.size() / 4) sumWaiting();
  }

  /** Sums what waits for the same bucket pair by pair, so that every bucket gets one point. */
  void sumWaiting() {
    SecretVector<Waiting> left, next;
    left.swap(waiting_);
    waiting_.reserve(WAITING);
    std::sort(left.begin(), left.end(), [](const Waiting& a, const Waiting& b) { return a.bucket < b.bucket; });
    Buffer memory[2] = {Buffer(left.size() * kernel_.pointBytes), Buffer(left.size() * kernel_.pointBytes)};
    const unsigned char *const table = points_, *in = table;
    SecretVector<Addition> pairs;
    for (u32 round = 0; std::adjacent_find(left.begin(), left.end(), sameBucket) != left.end(); round++) {
      unsigned char* to = memory[round % 2].as();
      next.clear();
      pairs.clear();
      for (std::size_t i = 0; i < left.size(); i++) {
        const auto [bucket, reference] = left[i];
        const u32 into = u32(next.size());
        if (i + 1 < left.size() && left[i + 1].bucket == bucket) pairs.push_back({reference, left[++i].reference, into});
        else copy(to + std::size_t(into) * kernel_.pointBytes, in, reference);
        next.push_back({bucket, into << 1});
      }
      kernel_.add(in, to, pairs.data(), pairs.size(), scratch_.as());
      done_ += pairs.size();
      left.swap(next);
      in = to;
    }
    points_ = in;
    for (const auto& [bucket, reference] : left)
      if (place(bucket, reference) && pending_.size() == ADDITION_BATCH) flush();
    flush();
    points_ = table;
  }
  static bool sameBucket(const Waiting& a, const Waiting& b) { return a.bucket == b.bucket; }

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
  SecretVector<Waiting> waiting_;
  std::uint16_t batch_ = FIRST_BATCH;
  u64 done_ = 0;
};

}  // namespace homeostat
