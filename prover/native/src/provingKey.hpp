// A Groth16 proving key as snarkjs writes it (.zkey, version 1), checked once so that a proof can read it blindly.
#pragma once
#include <vector>
#include "bytes.hpp"
#include "curve.hpp"

namespace homeostat {

/** One entry of the matrices A (matrix 0) and B (matrix 1); the value is in Montgomery form twice over. */
struct Coefficient {
  u32 matrix, row, signal;
  u64 value[4];
  static constexpr std::size_t BYTES = 44;
  static Coefficient load(const unsigned char* at) {
    Coefficient out;
    std::memcpy(&out.matrix, at, 4);
    std::memcpy(&out.row, at + 4, 4);
    std::memcpy(&out.signal, at + 8, 4);
    std::memcpy(out.value, at + 12, 32);
    return out;
  }
};

class ProvingKey {
 public:
  /** @throws {Failure} NATIVE_ZKEY */
  explicit ProvingKey(Bytes file);

  u32 variables = 0, publics = 0, domain = 0, coefficients = 0;
  /** Points of the header, in the form of the file. */
  Bytes alpha1, beta1, beta2, delta1, delta2;
  /** Points per variable (A, B in G1, B in G2), per private variable (C) and per element of the domain (H). */
  Bytes a, b1, b2, c, h;

  Coefficient coefficient(u32 position) const {
    return Coefficient::load(entries_ + std::size_t(order_.empty() ? position : order_[position]) * Coefficient::BYTES);
  }
  /** Positions [rows[i], rows[i + 1]) are the coefficients of row i. */
  const std::vector<u32>& rows() const { return rows_; }

 private:
  void sortCoefficients(Bytes section);
  const unsigned char* entries_ = nullptr;
  std::vector<u32> rows_, order_;
};

}  // namespace homeostat
