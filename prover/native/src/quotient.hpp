// The scalars of the H points, as snarkjs computes them: A * B - C on the odd coset, where A, B are the constraint
// matrices applied to the witness, C = A * B on the even one. Three transforms there, three back, done side by side.
#pragma once
#include "buffer.hpp"
#include "curve.hpp"
#include "kernels.hpp"
#include "provingKey.hpp"
#include "witnessFile.hpp"
#include "workers.hpp"

namespace homeostat {

/** Roots of unity of one domain, in the form of a level's kernel; made once per key. */
struct Roots {
  Buffer forward, inverse;
  /** Coefficient i moves to the odd coset by root(2 * domain)^i / domain; in bit-reversed order. */
  Buffer coset;
};

template <class Fr>
class Quotient {
 public:
  Quotient(const TransformKernel& kernel, const Workers& workers) : kernel_(kernel), workers_(workers) {}

  /** Primitive root of unity of order 2^power; 5 generates the group (smallest non-residue, as ffjavascript takes it). */
  static Fr root(int power) {
    Limbs exponent = FrModulus::P;  // (r - 1) / 2^28
    exponent.v[0] -= 1;
    for (int i = 0; i < 4; i++) exponent.v[i] = exponent.v[i] >> 28 | (i < 3 ? exponent.v[i + 1] << 36 : 0);
    Fr out = Fr{{5, 0, 0, 0}}.toMontgomery().power(exponent);
    for (int i = FrModulus::TWO_ADICITY; i > power; i--) out = out.square();
    return out;
  }

  static std::size_t blocksOf(std::size_t domain) { return (domain + 7) / 8; }

  Roots roots(u32 domain) const {
    const int power = __builtin_ctz(domain);
    const std::size_t blocks = blocksOf(domain);
    Roots out{Buffer(blocks * kernel_.blockBytes), Buffer(blocks * kernel_.blockBytes), Buffer(blocks * kernel_.blockBytes)};
    Buffer table(blocks * 8 * sizeof(Fr));
    Fr* values = table.as<Fr>();
    for (const bool inverse : {false, true}) {
      std::memset(table.as(), 0, table.bytes());
      for (u32 half = 1, layer = 1; half < domain; half *= 2, layer++) {
        const Fr step = inverse ? root(int(layer)).inverse() : root(int(layer));
        values[half] = Fr::one();
        for (u32 j = 1; j < half; j++) values[half + j] = values[half + j - 1] * step;
      }
      kernel_.import((inverse ? out.inverse : out.forward).as(), values, blocks);
    }
    const Fr step = root(power + 1);
    Fr factor = Fr{{domain, 0, 0, 0}}.toMontgomery().inverse();
    std::memset(table.as(), 0, table.bytes());
    for (u32 i = 0; i < domain; i++, factor = factor * step) {
      u32 reversed = 0;
      for (int bit = 0; bit < power; bit++) reversed |= (i >> bit & 1) << (power - 1 - bit);
      values[reversed] = factor;
    }
    kernel_.import(out.coset.as(), values, blocks);
    return out;
  }

  /** @returns `domain` integers of 32 bytes (padded to a block) */
  Buffer scalars(const ProvingKey& key, const Witness& witness, const Roots& roots) const {
    const std::size_t domain = key.domain, blocks = blocksOf(domain), bytes = blocks * kernel_.blockBytes;
    Buffer polynomials[3] = {Buffer(bytes), Buffer(bytes), Buffer(bytes)};
    applyMatrices(key, witness, polynomials);
    transform(domain, roots, polynomials);
    Buffer out(blocks * 8 * 32);
    const std::size_t slice = 512;
    workers_.each((blocks + slice - 1) / slice, [&](std::size_t task, unsigned) {
      const std::size_t from = task * slice, count = std::min(slice, blocks - from), at = from * kernel_.blockBytes;
      kernel_.join(out.as() + from * 256, polynomials[0].as() + at, polynomials[1].as() + at, polynomials[2].as() + at, count);
    });
    return out;
  }

 private:
  void applyMatrices(const ProvingKey& key, const Witness& witness, Buffer* polynomials) const {
    const std::size_t blocks = blocksOf(key.domain), slice = 256;
    workers_.each((blocks + slice - 1) / slice, [&](std::size_t task, unsigned) {
      Fr values[3][8];
      for (std::size_t block = task * slice; block < std::min(blocks, (task + 1) * slice); block++) {
        for (std::size_t lane = 0; lane < 8; lane++) {
          const std::size_t row = block * 8 + lane;
          Fr sums[2] = {Fr::zero(), Fr::zero()};
          const u32 end = row < key.domain ? key.rows()[row + 1] : 0;
          for (u32 at = row < key.domain ? key.rows()[row] : 0; at < end; at++) {
            const Coefficient entry = key.coefficient(at);
            const Fr value = Fr::load(witness.values + std::size_t(entry.signal) * 32);
            if (value.isZero()) continue;
            sums[entry.matrix] = sums[entry.matrix] + Fr::load(entry.value) * value;
          }
          values[0][lane] = sums[0];
          values[1][lane] = sums[1];
          values[2][lane] = sums[0] * sums[1];
        }
        for (int i = 0; i < 3; i++) kernel_.import(polynomials[i].as() + block * kernel_.blockBytes, values[i], 1);
      }
      wipe(values, sizeof values);
    });
  }

  /**
   * To coefficients, then to the odd coset. The two outermost layers of each go over the whole polynomial; between
   * them each quarter goes all the way down and up again while it is in the cache.
   */
  void transform(std::size_t domain, const Roots& roots, Buffer* polynomials) const {
    const void *down = roots.inverse.as(), *up = roots.forward.as();
    std::size_t depth = 0;
    while (depth < 2 && (domain >> (depth + 1)) >= std::max<std::size_t>(kernel_.minimum, 64)) depth++;
    const std::size_t parts = std::size_t(1) << depth, size = domain / parts;
    for (std::size_t layer = 0; layer < depth; layer++) outerLayer(domain, layer, down, kernel_.inverseLayer, polynomials);
    workers_.each(3 * parts, [&](std::size_t task, unsigned) {
      const std::size_t offset = task % parts * (size / 8) * kernel_.blockBytes;  // 0 when there is one part
      unsigned char* x = polynomials[task / parts].as() + offset;
      kernel_.inverse(x, size, down);
      kernel_.scale(x, roots.coset.as() + offset, blocksOf(size));
      kernel_.forward(x, size, up);
    });
    for (std::size_t layer = depth; layer-- > 0;) outerLayer(domain, layer, up, kernel_.forwardLayer, polynomials);
  }

  using LayerFunction = void (*)(void*, std::size_t, const void*, std::size_t, std::size_t);
  void outerLayer(std::size_t domain, std::size_t layer, const void* table, LayerFunction run, Buffer* polynomials) const {
    const std::size_t size = domain >> layer, pieces = 4, blocks = size / 16, groups = std::size_t(1) << layer;
    workers_.each(3 * groups * pieces, [&](std::size_t task, unsigned) {
      const std::size_t piece = task % pieces, group = task / pieces % groups;
      unsigned char* x = polynomials[task / pieces / groups].as() + group * (size / 8) * kernel_.blockBytes;
      run(x, size, table, blocks * piece / pieces, blocks * (piece + 1) / pieces);
    });
  }

  const TransformKernel& kernel_;
  const Workers& workers_;
};

}  // namespace homeostat
