// Batch-affine additions, sixteen at a time: two registers' worth of lanes side by side hide each other's latency.
#include "curve.hpp"
#include "ifma.hpp"

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512ifma,bmi2,adx")
#include "ifmaField.hpp"
#include "ifmaPoint.hpp"

namespace homeostat {

namespace {

constexpr int WIDTH = 2;

/** Which lanes of a group are not two different points with different x. */
struct Special {
  __mmask8 leftInfinite, rightInfinite, doubling, cancelling;
  bool any() const { return (leftInfinite | rightInfinite | doubling | cancelling) != 0; }
};

template <int PARTS>
struct Step {
  Lanes prefix;
  Coordinate<PARTS> denominator;
};

template <int PARTS>
struct GroupAdd {
  static constexpr std::size_t BYTES = 64 * PARTS;
  static constexpr std::size_t GROUPS = ADDITION_BATCH / 8;

  /** Addresses of eight additions; lanes after the last one add harmless points to each other, into a spare place. */
  struct Group {
    const unsigned char *left[8], *right[8];
    unsigned char* out[8];
    __mmask8 leftNegated = 0, rightNegated = 0;
    Group(const unsigned char* in, unsigned char* target, const Addition* additions, std::size_t count, unsigned char* spare) {
      for (std::size_t lane = 0; lane < 8; lane++) {
        if (lane >= count) {
          left[lane] = spare;
          right[lane] = spare + BYTES;
          out[lane] = spare + 2 * BYTES;
          continue;
        }
        const Addition& a = additions[lane];
        left[lane] = in + std::size_t(a.left >> 1) * BYTES;
        right[lane] = in + std::size_t(a.right >> 1) * BYTES;
        out[lane] = target + std::size_t(a.outIndex) * BYTES;
        leftNegated = __mmask8(leftNegated | (a.left & 1) << lane);
        rightNegated = __mmask8(rightNegated | (a.right & 1) << lane);
      }
    }
  };

  static Special classify(const Points<PARTS>& p, const Points<PARTS>& q) {
    const __mmask8 leftInfinite = isZero(p.x) & isZero(p.y), rightInfinite = isZero(q.x) & isZero(q.y);
    const __mmask8 finite = __mmask8(~(leftInfinite | rightInfinite)), sameX = equal(p.x, q.x) & finite;
    if (sameX == 0) return {leftInfinite, rightInfinite, 0, 0};
    const __mmask8 sameY = equal(p.y, q.y);
    return {leftInfinite, rightInfinite, __mmask8(sameX & sameY), __mmask8(sameX & ~sameY)};
  }

  static Coordinate<PARTS> doubled(const Coordinate<PARTS>& y) {
    Coordinate<PARTS> out;
    for (int i = 0; i < PARTS; i++) out.part[i] = add(y.part[i], y.part[i]);
    return out;
  }

  /** 3x^2, below 3p. */
  static Coordinate<PARTS> tripleSquare(const Coordinate<PARTS>& x) {
    Coordinate<PARTS> out = squared(x);
    for (Lanes& part : out.part) {
      const Lanes once = canonical<FqModulus>(part);
      part = add(add(once, once), once);
    }
    return out;
  }

  static void run(const void* in, void* out, const Addition* additions, std::size_t count, void* scratch) {
    for (std::size_t done = 0; done < count; done += ADDITION_BATCH) {
      const std::size_t left = count - done;
      batch(static_cast<const unsigned char*>(in), static_cast<unsigned char*>(out), additions + done,
            left < ADDITION_BATCH ? left : ADDITION_BATCH, static_cast<Step<PARTS>*>(scratch));
    }
  }

  static void batch(const unsigned char* in, unsigned char* out, const Addition* additions, std::size_t count, Step<PARTS>* steps) {
    alignas(64) unsigned char spare[3 * BYTES] = {};
    spare[0] = 1;
    spare[BYTES] = 2;
    spare[BYTES / 2] = spare[BYTES + BYTES / 2] = 1;
    const std::size_t groups = (count + 8 * WIDTH - 1) / (8 * WIDTH) * WIDTH;
    Lanes product[WIDTH];
    for (Lanes& p : product) p = broadcast(Q::ONE);
    const auto groupAt = [&](std::size_t g) {
      const std::size_t from = g * 8 < count ? g * 8 : count;
      return Group(in, out, additions + from, count - from, spare);
    };
    const auto prefetch = [&](std::size_t g) {
      if (g * 8 + 8 > count) return;
      for (const Addition* a = additions + g * 8; a < additions + g * 8 + 8; a++) {
        for (int line = 0; line < PARTS; line++) {
          _mm_prefetch(reinterpret_cast<const char*>(in) + std::size_t(a->left >> 1) * BYTES + 64 * line, _MM_HINT_T0);
          _mm_prefetch(reinterpret_cast<const char*>(in) + std::size_t(a->right >> 1) * BYTES + 64 * line, _MM_HINT_T0);
        }
      }
    };

    for (std::size_t g = 0; g < groups; g += WIDTH) {
      for (std::size_t k = 0; k < WIDTH; k++) {
        prefetch(g + k + 4);
        const Group group = groupAt(g + k);
        const auto p = gather<PARTS>(group.left, group.leftNegated), q = gather<PARTS>(group.right, group.rightNegated);
        Coordinate<PARTS> denominator = difference(q.x, p.x);
        const Special special = classify(p, q);
        if (special.any()) [[unlikely]] {
          denominator = select(special.leftInfinite | special.rightInfinite | special.cancelling, denominator, oneCoordinate<PARTS>());
          denominator = select(special.doubling, denominator, doubled(p.y));
        }
        Step<PARTS>& step = steps[g + k];
        step.prefix = product[k];
        step.denominator = denominator;
        product[k] = mulQ(product[k], norm(denominator));
      }
    }
    invert(product);
    for (std::size_t g = groups; g > 0; g -= WIDTH) {
      for (std::size_t k = 0; k < WIDTH; k++) {
        const Group group = groupAt(g - WIDTH + k);
        const Step<PARTS>& step = steps[g - WIDTH + k];
        const Lanes inverseNorm = mulQ(product[k], step.prefix);
        product[k] = mulQ(product[k], norm(step.denominator));
        const auto p = gather<PARTS>(group.left, group.leftNegated), q = gather<PARTS>(group.right, group.rightNegated);
        const Special special = classify(p, q);
        Coordinate<PARTS> numerator = difference(q.y, p.y);
        if (special.doubling != 0) [[unlikely]] numerator = select(special.doubling, numerator, tripleSquare(p.x));
        const Coordinate<PARTS> slope = times(numerator, inverseFrom(step.denominator, inverseNorm));
        Points<PARTS> sum;
        sum.x = minusBoth(squared(slope), p.x, q.x);
        sum.y = times(slope, difference(p.x, sum.x));
        for (int i = 0; i < PARTS; i++) sum.y.part[i] = canonical<FqModulus>(subtract(sum.y.part[i], p.y.part[i], Q::P1));
        if (special.any()) [[unlikely]] sum = corrected(sum, p, q, special);
        scatter<PARTS>(group.out, sum);
      }
    }
  }

  static Points<PARTS> corrected(Points<PARTS> sum, const Points<PARTS>& p, const Points<PARTS>& q, const Special& special) {
    Coordinate<PARTS> nothing;
    for (Lanes& part : nothing.part) part = zeroLanes();
    sum.x = select(special.cancelling, sum.x, nothing);
    sum.y = select(special.cancelling, sum.y, nothing);
    sum.x = select(special.leftInfinite, sum.x, q.x);
    sum.y = select(special.leftInfinite, sum.y, q.y);
    sum.x = select(special.rightInfinite, sum.x, p.x);
    sum.y = select(special.rightInfinite, sum.y, p.y);
    return sum;
  }

  /** Inverts each lane, through one scalar inversion. */
  static void invert(Lanes* product) {
    alignas(64) u64 values[WIDTH * 8][4];
    for (int k = 0; k < WIDTH; k++) {
      __m512i w[4];
      alignas(64) u64 columns[4][8];
      narrow(w, canonical<FqModulus>(product[k]));
      for (int i = 0; i < 4; i++) _mm512_store_si512(columns[i], w[i]);
      for (int lane = 0; lane < 8; lane++)
        for (int i = 0; i < 4; i++) values[k * 8 + lane][i] = columns[i][lane];
    }
    invertAll(values, WIDTH * 8);
    for (int k = 0; k < WIDTH; k++) {
      __m512i w[4];
      for (int i = 0; i < 4; i++) {
        alignas(64) u64 column[8];
        for (int lane = 0; lane < 8; lane++) column[lane] = values[k * 8 + lane][i];
        w[i] = _mm512_load_si512(column);
      }
      product[k] = mulQ(widen(w), broadcast(Q::FROM_INVERSE));
    }
  }

  /** Multiplies packed coordinates, eight at a time. */
  static void convert(void* out, const void* in, std::size_t points, const Limbs52& factor) {
    const std::size_t elements = points * 2 * PARTS;
    for (std::size_t at = 0; at < elements; at += 16) {
      const std::size_t count = elements - at < 16 ? elements - at : 16;
      alignas(64) u64 block[16][4] = {};
      std::memcpy(block, static_cast<const char*>(in) + at * 32, count * 32);
      __m512i rows[8];
      for (int i = 0; i < 8; i++) rows[i] = _mm512_load_si512(block[2 * i]);
      transpose(rows);
      for (int i = 0; i < 8; i += 4) narrow(rows + i, canonical<FqModulus>(mulQ(widen(rows + i), broadcast(factor))));
      transpose(rows);
      for (int i = 0; i < 8; i++) _mm512_store_si512(block[2 * i], rows[i]);
      std::memcpy(static_cast<char*>(out) + at * 32, block, count * 32);
    }
  }
  static void import(void* out, const void* in, std::size_t points) { convert(out, in, points, Q::FROM_KEY); }
  static void exportTo(void* out, const void* in, std::size_t points) { convert(out, in, points, Q::TO_KEY); }

  static constexpr GroupKernel kernel() { return {BYTES, sizeof(Step<PARTS>) * GROUPS, import, exportTo, run}; }
};

}  // namespace

constinit const GroupKernel IFMA_G1 = GroupAdd<1>::kernel();
constinit const GroupKernel IFMA_G2 = GroupAdd<2>::kernel();

double timeIfmaMultiply(std::size_t rounds, double (*now)()) {
  Lanes x[4];
  for (Lanes& value : x) value = broadcast(Q::FROM_KEY);
  const double start = now();
  for (std::size_t i = 0; i < rounds; i++) {
    for (Lanes& value : x) value = mulQ(value, value);
    asm volatile("" : : "r"(x) : "memory");
  }
  return (now() - start) / double(rounds) / 32 * 1e9;
}

}  // namespace homeostat
#pragma GCC pop_options
#endif
