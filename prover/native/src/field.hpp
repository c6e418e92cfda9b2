// A prime field in Montgomery form (R = 2^256), over a modulus and a way to multiply. Values are always < p.
#pragma once
#include "invert.hpp"
#include "multiply.hpp"

namespace homeostat {

template <class M, class Multiply>
struct Field {
  u64 v[4];

  static Field zero() { return {{0, 0, 0, 0}}; }
  static Field one() { return fromLimbs(M::R1); }
  static Field fromLimbs(const Limbs& x) { return {{x.v[0], x.v[1], x.v[2], x.v[3]}}; }
  static Field load(const void* bytes) {
    Field out;
    std::memcpy(out.v, bytes, 32);
    return out;
  }
  void store(void* bytes) const { std::memcpy(bytes, v, 32); }

  bool isZero() const { return isZeroLimbs(v); }
  bool operator==(const Field& o) const {
    return ((v[0] ^ o.v[0]) | (v[1] ^ o.v[1]) | (v[2] ^ o.v[2]) | (v[3] ^ o.v[3])) == 0;
  }

  Field operator*(const Field& o) const {
    Field out;
    Multiply::template multiply<M>(out.v, v, o.v);
    return out;
  }
  Field operator+(const Field& o) const {
    Field out;
    Multiply::template add<M>(out.v, v, o.v);
    return out;
  }
  Field operator-(const Field& o) const {
    Field out;
    Multiply::template subtract<M>(out.v, v, o.v);
    return out;
  }
  Field operator-() const { return zero() - *this; }
  /** 0 - 0 is 0, so infinity stays what it is. */
  Field negatedIf(bool negate) const {
    const u64 mask = 0 - u64(negate);
    const Field minus = -*this;
    return {{(v[0] & ~mask) | (minus.v[0] & mask), (v[1] & ~mask) | (minus.v[1] & mask), (v[2] & ~mask) | (minus.v[2] & mask),
             (v[3] & ~mask) | (minus.v[3] & mask)}};
  }
  Field square() const { return *this * *this; }
  Field twice() const { return *this + *this; }

  /** Montgomery form of an integer below 2^256. */
  Field toMontgomery() const { return *this * fromLimbs(M::R2); }
  /** The integer that this stands for. */
  Field fromMontgomery() const { return *this * Field{{1, 0, 0, 0}}; }

  /** this^exponent, four bits at a time. */
  Field power(const Limbs& exponent) const {
    Field table[16] = {one()};
    for (int i = 1; i < 16; i++) table[i] = table[i - 1] * *this;
    Field out = one();
    for (int shift = 252; shift >= 0; shift -= 4) {
      out = out.square().square().square().square();
      const u64 digit = exponent.v[shift / 64] >> (shift % 64) & 15;
      if (digit != 0) out = out * table[digit];
    }
    return out;
  }
  /** What an inverse is computed of: here the value itself. */
  using Norm = Field;
  Norm norm() const { return *this; }
  Field inverseFrom(const Norm& inverseNorm) const { return inverseNorm; }

  /** The inverse; zero for zero. Time depends on the value. */
  Field inverse() const {
    const Limbs value{{v[0], v[1], v[2], v[3]}};
    return fromLimbs(invertInteger<M>(value)) * fromLimbs(M::R3);
  }
};

/** Fq[u] / (u^2 + 1), coordinates of points of G2. */
template <class F>
struct Quadratic {
  F re, im;

  static Quadratic zero() { return {F::zero(), F::zero()}; }
  static Quadratic one() { return {F::one(), F::zero()}; }
  static Quadratic load(const void* bytes) {
    return {F::load(bytes), F::load(static_cast<const char*>(bytes) + 32)};
  }
  void store(void* bytes) const {
    re.store(bytes);
    im.store(static_cast<char*>(bytes) + 32);
  }
  bool isZero() const { return re.isZero() && im.isZero(); }
  bool operator==(const Quadratic& o) const { return re == o.re && im == o.im; }
  Quadratic operator+(const Quadratic& o) const { return {re + o.re, im + o.im}; }
  Quadratic operator-(const Quadratic& o) const { return {re - o.re, im - o.im}; }
  Quadratic operator-() const { return {-re, -im}; }
  Quadratic twice() const { return {re.twice(), im.twice()}; }
  Quadratic operator*(const Quadratic& o) const {
    const F first = re * o.re, second = im * o.im;
    return {first - second, (re + im) * (o.re + o.im) - first - second};
  }
  Quadratic square() const { return {(re + im) * (re - im), (re * im).twice()}; }
  Quadratic negatedIf(bool negate) const { return {re.negatedIf(negate), im.negatedIf(negate)}; }
  /** An element of Fq that is zero only with this one, whose inverse gives this one's. */
  using Norm = F;
  Norm norm() const { return re.square() + im.square(); }
  Quadratic inverseFrom(const Norm& inverseNorm) const { return {re * inverseNorm, -(im * inverseNorm)}; }
  Quadratic inverse() const { return inverseFrom(norm().inverse()); }
  Quadratic fromMontgomery() const { return {re.fromMontgomery(), im.fromMontgomery()}; }
};

}  // namespace homeostat
