// Lagrange polynomials over roots of unity, at one point: L_j(tau) = (tau^n - 1) / n * w^j / (tau - w^j).
#pragma once
#include "quotient.hpp"

namespace homeostat {

/** Which of the polynomials over the roots of unity of order 2^power. */
struct LagrangeBasis {
  int power;
  /** j = 1, 3, 5, ... only: the coset on which the quotient is evaluated. */
  bool odd;
  std::size_t count() const { return std::size_t(1) << (odd ? power - 1 : power); }
};

/**
 * Writes scale * L_j(tau) for each j of the basis.
 * @throws {Failure} NATIVE_ARGUMENT when tau is one of the roots
 */
template <class Fr>
void lagrangeAt(const LagrangeBasis& basis, const Fr& tau, const Fr& scale, Fr* out, const Workers& workers) {
  constexpr std::size_t BLOCK = 4096;  // share one inversion
  const Fr root = Quotient<Fr>::root(basis.power), step = basis.odd ? root.square() : root;
  Fr power = tau;
  for (int i = 0; i < basis.power; i++) power = power.square();
  const Fr vanishing = power - Fr::one();
  if (vanishing.isZero()) throw Failure("NATIVE_ARGUMENT", "tau is a root of unity of the domain");
  const Fr size = Fr{{u64(1) << basis.power, 0, 0, 0}}.toMontgomery(), factor = vanishing * size.inverse() * scale;
  workers.each((basis.count() + BLOCK - 1) / BLOCK, [&](std::size_t block, unsigned) {
    const std::size_t from = block * BLOCK, to = std::min(basis.count(), from + BLOCK);
    Fr node = step.power({{from, 0, 0, 0}}), product = Fr::one();
    if (basis.odd) node = node * root;
    std::vector<Fr> denominators(to - from);
    for (std::size_t j = from; j < to; j++, node = node * step) {
      const Fr denominator = denominators[j - from] = tau - node;
      out[j] = node * factor * product;
      product = product * denominator;
    }
    Fr inverse = product.inverse();
    for (std::size_t j = to; j-- > from;) {
      out[j] = out[j] * inverse;
      inverse = inverse * denominators[j - from];
    }
  });
}

}  // namespace homeostat
