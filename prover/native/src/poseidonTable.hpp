// Poseidon of one width at one level: lists of integers in, hashes out; eight at once where the level has lanes.
#pragma once
#include <memory>
#include "curve.hpp"
#include "poseidon.hpp"

namespace homeostat {

/** Fewer lists than this are hashed one by one: eight at once take about as long as three. */
inline constexpr u32 POSEIDON_MIN_LANES = 3;

class PoseidonTable {
 public:
  using PortableFr = Curves<Portable>::Fr;
  using AdxFr = Curves<Adx>::Fr;

  /** @param constants as Poseidon<Fr> takes them */
  PoseidonTable(const std::string& level, u32 width, const unsigned char* constants) : width_(width) {
    if (level == "portable") portable_ = std::make_unique<Poseidon<PortableFr>>(width, constants);
    else adx_ = std::make_unique<Poseidon<AdxFr>>(width, constants);
    if (level == "ifma") eight_ = adx_->widened(wide_);
  }

  u32 width() const { return width_; }
  u32 inputs() const { return width_ - 1; }

  /** @param lists `count` times `inputs` integers below 2^256 @param hashes `count` integers; may begin where the lists do */
  void hash(const u64* lists, u32 count, u64* hashes) const {
    u32 done = 0;
#if defined(__x86_64__)
    if (!wide_.empty()) {
      for (; done + 8 <= count; done += 8) hashEight(eight_, lists + listWords(done), hashes + 4 * std::size_t(done));
      if (count - done >= POSEIDON_MIN_LANES) return hashRest(lists + listWords(done), count - done, hashes + 4 * std::size_t(done));
    }
#endif
    if (portable_) hashAll(*portable_, lists, done, count, hashes);
    else hashAll(*adx_, lists, done, count, hashes);
  }

 private:
  std::size_t listWords(u32 lists) const { return std::size_t(4) * lists * inputs(); }

#if defined(__x86_64__)
  /** Fewer than eight; the lanes that are left hash zeros. */
  void hashRest(const u64* lists, u32 count, u64* hashes) const {
    u64 padded[8 * 4 * POSEIDON_MAX_WIDTH] = {}, out[8 * 4];
    std::memcpy(padded, lists, 8 * listWords(count));
    hashEight(eight_, padded, out);
    std::memcpy(hashes, out, 32 * std::size_t(count));
  }
#endif

  template <class Fr>
  void hashAll(const Poseidon<Fr>& poseidon, const u64* lists, u32 first, u32 count, u64* hashes) const {
    Fr state[POSEIDON_MAX_WIDTH];
    for (u32 i = first; i < count; i++) {
      for (u32 k = 0; k < inputs(); k++) state[k] = Fr::load(lists + listWords(i) + 4 * k).toMontgomery();
      poseidon.hash(state).fromMontgomery().store(hashes + 4 * std::size_t(i));
    }
  }

  const u32 width_;
  std::unique_ptr<Poseidon<PortableFr>> portable_;
  std::unique_ptr<Poseidon<AdxFr>> adx_;
  /** Empty below the IFMA level. */
  std::vector<Limbs52> wide_;
  WidePoseidon eight_{};
};

}  // namespace homeostat
