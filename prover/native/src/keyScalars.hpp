// What a Groth16 setup multiplies the generators by: the circuit's polynomials at tau, as snarkjs arranges them.
#pragma once
#include "constraints.hpp"
#include "lagrange.hpp"

namespace homeostat {

/** The counts in an r1cs header. Public signals do not count the constant one. */
struct CircuitCounts {
  u32 wires, constraints, publicSignals;

  /** Rows: the constraints, and one for each public signal and for one, in A alone. */
  u64 rows() const { return u64(constraints) + publicSignals + 1; }
  int domainPower() const { return 64 - __builtin_clzll(rows() - 1); }
};

/** Integers; `deltaInverse` is 1 / delta. */
template <class Fr>
struct SetupSecrets {
  Fr tau, alpha, beta, deltaInverse;
};

/** 32-byte integers, one a wire in a, b, k, one an odd root in h. */
struct KeyScalars {
  unsigned char *a, *b, *k, *h;
  /** Section 4 of a zkey: count, then {matrix, row, wire, coefficient * R^2} for every entry of A and B. */
  unsigned char* coefficients;
};

template <class Fr>
class KeyPolynomials {
 public:
  static constexpr std::size_t COEFFICIENT_BYTES = 44;

  KeyPolynomials(const CircuitCounts& counts, Bytes body, const Workers& workers)
      : counts_(counts), constraints_(body, counts.constraints, counts.wires), workers_(workers) {}

  std::size_t coefficientBytes() const { return 4 + COEFFICIENT_BYTES * std::size_t(coefficients()); }

  void evaluate(const SetupSecrets<Fr>& secrets, const KeyScalars& out) const {
    const int power = counts_.domainPower();
    Buffer basis(sizeof(Fr) << power);
    lagrangeAt<Fr>({power, false}, secrets.tau, Fr::one(), basis.as<Fr>(), workers_);
    const std::size_t bytes = sizeof(Fr) * counts_.wires;
    Buffer sums[3] = {Buffer(bytes), Buffer(bytes), Buffer(bytes)};
    workers_.each(3, [&](std::size_t matrix, unsigned) {
      std::memset(sums[matrix].as(), 0, bytes);
      addRows(u32(matrix), basis.as<Fr>(), sums[matrix].as<Fr>(), out.coefficients);
    });
    const Fr *a = sums[0].as<Fr>(), *b = sums[1].as<Fr>(), *c = sums[2].as<Fr>();
    eachBlock(counts_.wires, [&](std::size_t wire) {
      const Fr k = secrets.beta * a[wire] + secrets.alpha * b[wire] + c[wire];
      const bool isPublic = wire <= counts_.publicSignals;  // over gamma = 1, the others over delta
      a[wire].fromMontgomery().store(out.a + 32 * wire);
      b[wire].fromMontgomery().store(out.b + 32 * wire);
      (isPublic ? k : k * secrets.deltaInverse).fromMontgomery().store(out.k + 32 * wire);
    });
    lagrangeAt<Fr>({power + 1, true}, secrets.tau, secrets.deltaInverse, basis.as<Fr>(), workers_);
    eachBlock(std::size_t(1) << power, [&](std::size_t i) { basis.as<Fr>()[i].fromMontgomery().store(out.h + 32 * i); });
  }

 private:
  u64 coefficients() const { return constraints_.entries(0) + constraints_.entries(1) + counts_.publicSignals + 1; }

  template <class Run>
  void eachBlock(std::size_t count, const Run& run) const {
    constexpr std::size_t BLOCK = 8192;
    workers_.each((count + BLOCK - 1) / BLOCK, [&](std::size_t block, unsigned) {
      for (std::size_t i = block * BLOCK; i < std::min(count, (block + 1) * BLOCK); i++) run(i);
    });
  }

  /** X_wire(tau) = sum over rows of coefficient * L_row(tau), for one of A, B, C; writes the coefficients of A and B. */
  void addRows(u32 wanted, const Fr* basis, Fr* sums, unsigned char* table) const {
    const Fr one = Fr::one(), minusOne = -one, oneTwice = one.toMontgomery(), minusOneTwice = minusOne.toMontgomery();
    unsigned char* place = table + 4;
    const auto write = [&](u32 row, u32 wire, const Fr& coefficient) {
      const u32 head[3] = {wanted, row, wire};
      std::memcpy(place, head, sizeof head);
      coefficient.store(place + sizeof head);
      place += COEFFICIENT_BYTES;
    };
    constraints_.each([&](u32 row, u32 matrix, const unsigned char* entry, u32 count) {
      if (matrix != wanted) {
        if (matrix < 2) place += COEFFICIENT_BYTES * std::size_t(count);  // the other matrix's task writes these
        return;
      }
      for (u32 i = 0; i < count; i++, entry += Constraints::ENTRY_BYTES) {
        const u32 wire = Constraints::wireAt(entry);
        const Fr coefficient = Fr::fromLimbs(Constraints::coefficientAt(entry)).toMontgomery();
        const bool isOne = coefficient == one, isMinusOne = coefficient == minusOne;
        if (isOne) sums[wire] = sums[wire] + basis[row];
        else if (isMinusOne) sums[wire] = sums[wire] - basis[row];
        else sums[wire] = sums[wire] + coefficient * basis[row];
        if (wanted < 2) write(row, wire, isOne ? oneTwice : isMinusOne ? minusOneTwice : coefficient.toMontgomery());
      }
    });
    if (wanted != 0) return;
    const u32 total = u32(coefficients());
    std::memcpy(table, &total, 4);
    for (u32 signal = 0; signal <= counts_.publicSignals; signal++) {
      const u32 row = counts_.constraints + signal;
      sums[signal] = sums[signal] + basis[row];
      write(row, signal, oneTwice);
    }
  }

  const CircuitCounts counts_;
  const Constraints constraints_;
  const Workers& workers_;
};

}  // namespace homeostat
