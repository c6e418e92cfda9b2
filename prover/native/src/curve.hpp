// Points of y^2 = x^3 + b over a field F, for G1 and G2: affine as a key stores them, Jacobian for single additions.
// Nothing here is constant-time: a prover's machine is trusted with its own witness.
#pragma once
#include "field.hpp"

namespace homeostat {

/** An affine point; (0, 0) is infinity, which lies on neither curve because b is not zero. */
template <class F>
struct Affine {
  F x, y;
  static Affine infinity() { return {F::zero(), F::zero()}; }
  bool isInfinity() const { return x.isZero() && y.isZero(); }
  Affine operator-() const { return {x, -y}; }
  static Affine load(const void* bytes) {
    return {F::load(bytes), F::load(static_cast<const char*>(bytes) + sizeof(F))};
  }
};

/** (x / z^2, y / z^3); z = 0 is infinity. Formulas: hyperelliptic.org/EFD, g1p/auto-shortw-jacobian-0. */
template <class F>
struct Jacobian {
  F x, y, z;
  static Jacobian infinity() { return {F::one(), F::one(), F::zero()}; }
  static Jacobian from(const Affine<F>& p) { return p.isInfinity() ? infinity() : Jacobian{p.x, p.y, F::one()}; }
  bool isInfinity() const { return z.isZero(); }

  Jacobian twice() const {
    if (isInfinity()) return *this;
    const F xx = x.square(), yy = y.square(), yyyy = yy.square();
    const F s = ((x + yy).square() - xx - yyyy).twice(), m = xx.twice() + xx;
    const F newX = m.square() - s.twice();
    return {newX, m * (s - newX) - yyyy.twice().twice().twice(), (y * z).twice()};
  }
  Jacobian operator+(const Jacobian& o) const {
    if (isInfinity()) return o;
    if (o.isInfinity()) return *this;
    const F zz1 = z.square(), zz2 = o.z.square();
    const F u1 = x * zz2, u2 = o.x * zz1, s1 = y * o.z * zz2, s2 = o.y * z * zz1;
    if (u1 == u2) return s1 == s2 ? twice() : infinity();
    const F h = u2 - u1, r = (s2 - s1).twice(), i = h.twice().square(), j = h * i, v = u1 * i;
    const F newX = r.square() - j - v.twice();
    return {newX, r * (v - newX) - (s1 * j).twice(), ((z + o.z).square() - zz1 - zz2) * h};
  }
  Jacobian operator+(const Affine<F>& o) const { return *this + from(o); }
  Jacobian operator-() const { return {x, -y, z}; }

  /** scalar * this; the scalar is an integer below 2^256. */
  Jacobian times(const Limbs& scalar) const {
    Jacobian out = infinity();
    for (int bit = 255; bit >= 0; bit--) {
      out = out.twice();
      if (scalar.v[bit / 64] >> (bit % 64) & 1) out = out + *this;
    }
    return out;
  }
  Affine<F> toAffine() const {
    if (isInfinity()) return Affine<F>::infinity();
    const F inverse = z.inverse(), squared = inverse.square();
    return {x * squared, y * squared * inverse};
  }
};

/** The types of one way to multiply. */
template <class Multiply>
struct Curves {
  using Fq = Field<FqModulus, Multiply>;
  using Fr = Field<FrModulus, Multiply>;
  using Fq2 = Quadratic<Fq>;
};

}  // namespace homeostat
