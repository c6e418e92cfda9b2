// A witness as snarkjs writes it (.wtns, version 2).
#pragma once
#include "bytes.hpp"

namespace homeostat {

/** Values are integers below r, 32 bytes each, the constant 1 first. */
struct Witness {
  const unsigned char* values;
  u32 count;
};

/** @throws {Failure} NATIVE_WTNS */
inline Witness parseWitness(Bytes file) {
  const char* code = "NATIVE_WTNS";
  const Sections sections(file, "wtns", 2, code);
  const Bytes header = sections.get(1);
  const u32 count = header.number<u32>(expectModulus(header, 0, FrModulus::P, code), code, "the count of values");
  const Bytes values = sections.get(2, u64(count) * 32);
  for (u32 i = 0; i < count; i++) {
    u64 value[4];
    std::memcpy(value, values.at + std::size_t(i) * 32, 32);
    if (!lessLimbs(value, FrModulus::P.v)) throw Failure(code, "value " + std::to_string(i) + " is not below the field's modulus");
  }
  return {values.at, count};
}

}  // namespace homeostat
