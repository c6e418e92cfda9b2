#include "provingKey.hpp"

namespace homeostat {

namespace {

constexpr const char* CODE = "NATIVE_ZKEY";

/** Coordinates must be below q: the arithmetic relies on it. */
void expectPoints(Bytes points) {
  for (std::size_t at = 0; at + 32 <= points.size; at += 32) {
    u64 coordinate[4];
    std::memcpy(coordinate, points.at + at, 32);
    if (!lessLimbs(coordinate, FqModulus::P.v)) throw Failure(CODE, "a coordinate is not below the field's modulus");
  }
}

}  // namespace

ProvingKey::ProvingKey(Bytes file) {
  const Sections sections(file, "zkey", 1, CODE);
  if (sections.get(1, 4).number<u32>(0, CODE, "the protocol") != 1) throw Failure(CODE, "the key is not for Groth16");

  const Bytes header = sections.get(2);
  std::size_t at = expectModulus(header, 0, FqModulus::P, CODE);
  at = expectModulus(header, at, FrModulus::P, CODE);
  variables = header.number<u32>(at, CODE, "the header");
  publics = header.number<u32>(at + 4, CODE, "the header");
  domain = header.number<u32>(at + 8, CODE, "the header");
  at += 12;
  if (domain < 2 || domain > 1u << (FrModulus::TWO_ADICITY - 1) || (domain & (domain - 1)) != 0)
    throw Failure(CODE, "the domain is not a power of two from 2 to 2^27");
  if (u64(publics) + 1 > variables || variables >= 1u << 30) throw Failure(CODE, "the counts of signals do not fit each other");
  const auto next = [&](std::size_t bytes) {
    const Bytes point = header.part(at, bytes, CODE, "the header's points");
    expectPoints(point);
    at += bytes;
    return point;
  };
  alpha1 = next(64);
  beta1 = next(64);
  beta2 = next(128);
  next(128);  // gamma2: the verifier's
  delta1 = next(64);
  delta2 = next(128);

  a = sections.get(5, u64(variables) * 64);
  b1 = sections.get(6, u64(variables) * 64);
  b2 = sections.get(7, u64(variables) * 128);
  c = sections.get(8, u64(variables - publics - 1) * 64);
  h = sections.get(9, u64(domain) * 64);
  for (const Bytes& points : {a, b1, b2, c, h}) expectPoints(points);
  sortCoefficients(sections.get(4));
}

/** snarkjs writes coefficients by row; a key in another order is sorted here. */
void ProvingKey::sortCoefficients(Bytes section) {
  coefficients = section.number<u32>(0, CODE, "the coefficients");
  if (section.size != 4 + u64(coefficients) * Coefficient::BYTES) throw Failure(CODE, "section 4 has a wrong length");
  entries_ = section.at + 4;
  rows_.assign(std::size_t(domain) + 1, 0);
  bool sorted = true;
  u32 before = 0;
  for (u32 i = 0; i < coefficients; i++) {
    const Coefficient entry = Coefficient::load(entries_ + std::size_t(i) * Coefficient::BYTES);
    if (entry.matrix > 1 || entry.row >= domain || entry.signal >= variables)
      throw Failure(CODE, "coefficient " + std::to_string(i) + " points outside the circuit");
    if (!lessLimbs(entry.value, FrModulus::P.v)) throw Failure(CODE, "a coefficient is not below the field's modulus");
    rows_[entry.row + 1]++;
    sorted = sorted && entry.row >= before;
    before = entry.row;
  }
  for (u32 row = 0; row < domain; row++) rows_[row + 1] += rows_[row];
  if (sorted) return;
  order_.resize(coefficients);
  std::vector<u32> position(rows_.begin(), rows_.end() - 1);
  for (u32 i = 0; i < coefficients; i++)
    order_[position[Coefficient::load(entries_ + std::size_t(i) * Coefficient::BYTES).row]++] = i;
}

}  // namespace homeostat
