// Sums of products of field elements. In general each product is reduced by itself; in plain C++ one reduction serves a whole sum.
#pragma once
#include <algorithm>
#include <utility>
#include "field.hpp"

namespace homeostat {

/** For multiplications that reduce as they go. */
template <class F>
struct FieldSums {
  using Value = F;
  static Value of(const F& x) { return x; }
  static F exact(const Value& x) { return x; }
  static Value square(const Value& x) { return x.square(); }
  /** addend + the sum of constants[i] * values[i] */
  static Value sum(const Value& addend, const F* constants, const Value* values, u32 count) {
    Value out = addend;
    for (u32 i = 0; i < count; i++) out = out + constants[i] * values[i];
    return out;
  }
  /** addend + x * y */
  static Value sum(const Value& addend, const Value& x, const Value& y) { return addend + x * y; }
};

/** Products are added as integers and reduced together; values stay below 2p, so that most steps need no subtraction of p. */
template <class M>
struct FieldSums<Field<M, Portable>> {
  using F = Field<M, Portable>;

  /** Montgomery form, below 2p. */
  struct Value {
    u64 v[4];
  };
  static Value of(const F& x) { return {{x.v[0], x.v[1], x.v[2], x.v[3]}}; }
  static F exact(const Value& x) {
    u64 reduced[4];
    return subLimbs(reduced, x.v, M::P.v) != 0 ? F::load(x.v) : F::load(reduced);
  }
  /** As Portable::multiply without its last step: 4p^2 / 2^256 + p is below 2p, since 4p is below 2^256. */
  static Value square(const Value& x) {
    u64 t[4] = {};
    for (int i = 0; i < 4; i++) {
      u64 carry = 0;
      for (int j = 0; j < 4; j++) {
        const u128 sum = u128(x.v[j]) * x.v[i] + t[j] + carry;
        t[j] = u64(sum);
        carry = u64(sum >> 64);
      }
      const u64 top = carry;  // t stays below 3p after each reduction
      const u64 q = t[0] * M::NEG_INV;
      carry = u64((u128(q) * M::P.v[0] + t[0]) >> 64);
      for (int j = 1; j < 4; j++) {
        const u128 sum = u128(q) * M::P.v[j] + t[j] + carry;
        t[j - 1] = u64(sum);
        carry = u64(sum >> 64);
      }
      t[3] = top + carry;
    }
    return {{t[0], t[1], t[2], t[3]}};
  }
  static Value sum(const Value& addend, const F* constants, const Value* values, u32 count) {
    Value out = addend;
    for (u32 first = 0; first < count; first += AT_ONCE)
      out = settled(reducedSum(out, constants + first, values + first, std::min(AT_ONCE, count - first)));
    return out;
  }
  static Value sum(const Value& addend, const Value& x, const Value& y) { return settled(reducedSum(addend, &x, &y, 1)); }

 private:
  /** Six products of 2p and p, and 2p * 2^256, leave room for p * 2^256 below 2^512: p is below 0.1891 * 2^256. */
  static constexpr u32 AT_ONCE = 6;
  static_assert(M::P.v[3] < u64(-1) / 10000 * 1891);

  /** A word of a sum, with what goes over into the next ones: low and high halves of products are added apart. */
  struct Column {
    u128 low = 0, high = 0;
    void add(u64 x, u64 y) {
      const u128 product = u128(x) * y;
      low += u64(product);
      high += u64(product >> 64);
    }
    u64 next() {
      const u64 word = u64(low);
      low = (low >> 64) + high;
      high = 0;
      return word;
    }
  };

  /** addend + the sum of x[i] * y[i] / 2^256 mod p: at most p more than without the modulus. */
  template <class X>
  static Value reducedSum(const Value& addend, const X* x, const Value* y, u32 count) {
    Value out, q;
    Column column;
    const auto each = [&]<int K>() {
      constexpr int FIRST = K < 4 ? 0 : K - 3, LAST = K < 4 ? K : 3;
      for (u32 term = 0; term < count; term++)
#pragma GCC unroll 4
        for (int i = FIRST; i <= LAST; i++) column.add(x[term].v[i], y[term].v[K - i]);
#pragma GCC unroll 4
      for (int i = FIRST; i <= LAST; i++)
        if (i < K) column.add(q.v[i], M::P.v[K - i]);
      if constexpr (K < 4) {
        q.v[K] = u64(column.low) * M::NEG_INV;
        column.add(q.v[K], M::P.v[0]);
        column.next();
      } else {
        column.low += addend.v[K - 4];
        out.v[K - 4] = column.next();
      }
    };
    [&]<int... K>(std::integer_sequence<int, K...>) { (each.template operator()<K>(), ...); }(std::make_integer_sequence<int, 8>());
    return out;
  }

  /** From below 2^256 to below 2p; mostly it is there already. */
  static Value settled(Value x) {
    static constexpr Limbs TWICE{{M::P.v[0] << 1, M::P.v[1] << 1 | M::P.v[0] >> 63, M::P.v[2] << 1 | M::P.v[1] >> 63, M::P.v[3] << 1 | M::P.v[2] >> 63}};
    while (x.v[3] >= TWICE.v[3]) {
      Value less;
      if (subLimbs(less.v, x.v, TWICE.v) != 0) break;
      x = less;
    }
    return x;
  }
};

}  // namespace homeostat
