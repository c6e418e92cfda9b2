// One window of a multi-scalar multiplication: points sorted by digit, then every bucket summed pair by pair.
#pragma once
#include <algorithm>
#include <vector>
#include "buffer.hpp"
#include "digits.hpp"
#include "kernels.hpp"

namespace homeostat {

/** A base and its shifted scalar. */
struct Term {
  Limbs shifted;
  u32 base;
};

/** Copies a packed point, negated when the reference says so: p - y for each part of y. */
template <std::size_t BYTES>
inline void copyPoint(char* out, const char* in, u32 reference) {
  std::memcpy(out, in + std::size_t(reference >> 1) * BYTES, BYTES);
  if ((reference & 1) == 0) return;
  for (std::size_t at = BYTES / 2; at < BYTES; at += 32) {
    u64 y[4];
    std::memcpy(y, out + at, 32);
    if (!isZeroLimbs(y)) subLimbs(y, FqModulus::P.v, y);
    std::memcpy(out + at, y, 32);
  }
}

/** Memory of one worker, reused from window to window. */
class WindowSums {
 public:
  WindowSums(const GroupKernel& kernel, Windows windows, std::size_t terms)
      : kernel_(kernel), windows_(windows), digits_(terms * sizeof(std::int32_t)), references_(terms * sizeof(u32)),
        front_((terms / 2 + windows.buckets() + 1) * kernel.pointBytes),
        back_((terms / 4 + windows.buckets() + 1) * kernel.pointBytes), scratch_(kernel.scratchBytes), sizes_(windows.buckets()) {
    additions_.reserve(FLUSH);
  }

  /** Additions done so far. */
  u64 additions() const { return done_; }

  /** Writes the sum of each bucket of window `w` to `out`, empty ones as infinity. */
  void sum(const void* bases, const Term* terms, std::size_t count, u32 w, void* out) {
    sort(terms, count, w);
    const void* in = bases;
    bool sorted = true;  // the first round reads bases by reference, later ones the round before
    std::memset(out, 0, std::size_t(windows_.buckets()) * kernel_.pointBytes);
    for (Buffer *to = &front_, *other = &back_; round(in, sorted, to->as<char>(), static_cast<char*>(out)); std::swap(to, other)) {
      in = to->as();
      sorted = false;
    }
  }

 private:
  static constexpr std::size_t FLUSH = 4 * ADDITION_BATCH;

  /** Counting sort of references by bucket. */
  void sort(const Term* terms, std::size_t count, u32 w) {
    std::fill(sizes_.begin(), sizes_.end(), 0);
    std::int32_t* digits = digits_.as<std::int32_t>();
    for (std::size_t i = 0; i < count; i++) {
      const std::int32_t digit = digits[i] = windows_.digit(terms[i].shifted, w);
      if (digit != 0) sizes_[std::size_t(std::abs(digit)) - 1]++;
    }
    SecretVector<u32> next(sizes_.size());
    u32 offset = 0;
    for (std::size_t b = 0; b < sizes_.size(); b++) {
      next[b] = offset;
      offset += sizes_[b];
    }
    u32* references = references_.as<u32>();
    for (std::size_t i = 0; i < count; i++) {
      const std::int32_t digit = digits[i];
      if (digit != 0) references[next[std::size_t(std::abs(digit)) - 1]++] = terms[i].base << 1 | u32(digit < 0);
    }
  }

  /** Halves every bucket; returns whether any bucket still has more than one point. */
  bool round(const void* in, bool sorted, char* to, char* out) {
    const u32* references = references_.as<u32>();
    const auto reference = [&](u32 at) { return sorted ? references[at] : at << 1; };
    u32 from = 0, into = 0;
    for (std::size_t b = 0; b < sizes_.size(); b++) {
      const u32 size = sizes_[b], end = from + size;
      if (size == 1) {
        copy(out + b * kernel_.pointBytes, in, reference(from));
        sizes_[b] = 0;
      } else if (size > 1) {
        for (u32 at = from; at + 1 < end; at += 2) {
          additions_.push_back({reference(at), reference(at + 1), into++});
          if (additions_.size() == FLUSH) flush(in, to);
        }
        if (size % 2 == 1) copy(to + std::size_t(into++) * kernel_.pointBytes, in, reference(end - 1));
        sizes_[b] = (size + 1) / 2;
      }
      from = end;
    }
    flush(in, to);
    return into != 0;
  }

  void copy(char* out, const void* in, u32 reference) const {
    if (kernel_.pointBytes == 64) copyPoint<64>(out, static_cast<const char*>(in), reference);
    else copyPoint<128>(out, static_cast<const char*>(in), reference);
  }

  void flush(const void* in, void* to) {
    kernel_.add(in, to, additions_.data(), additions_.size(), scratch_.as());
    done_ += additions_.size();
    additions_.clear();
  }

  const GroupKernel& kernel_;
  const Windows windows_;
  Buffer digits_, references_, front_, back_, scratch_;
  SecretVector<u32> sizes_;
  SecretVector<Addition> additions_;
  u64 done_ = 0;
};

}  // namespace homeostat
