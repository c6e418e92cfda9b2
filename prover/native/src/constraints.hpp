// The constraints of an r1cs file: three linear combinations a row, each {count, (wire, coefficient)...}, little-endian.
#pragma once
#include "bytes.hpp"

namespace homeostat {

class Constraints {
 public:
  static constexpr std::size_t ENTRY_BYTES = 36;
  static constexpr u32 MATRICES = 3;

  /** @throws {Failure} NATIVE_R1CS unless the bytes hold exactly `rows` constraints over `wires` wires */
  Constraints(Bytes body, u32 rows, u32 wires) : body_(body), rows_(rows) {
    std::size_t at = 0;
    for (u32 row = 0; row < rows; row++) {
      for (u32 matrix = 0; matrix < MATRICES; matrix++) {
        const u32 count = body.number<u32>(at, "NATIVE_R1CS", "the constraints");
        const Bytes list = body.part(at + 4, count * ENTRY_BYTES, "NATIVE_R1CS", "the constraints");
        for (u32 i = 0; i < count; i++) {
          if (wireAt(list.at + i * ENTRY_BYTES) >= wires) throw Failure("NATIVE_R1CS", "a constraint has an unknown wire");
        }
        entries_[matrix] += count;
        at += 4 + list.size;
      }
    }
    if (at != body.size) throw Failure("NATIVE_R1CS", "there are bytes beyond the last constraint");
  }

  u32 rows() const { return rows_; }
  u64 entries(u32 matrix) const { return entries_[matrix]; }

  /** Calls `visit(row, matrix, entry, count)` for each list, in the order of the file. */
  template <class Visit>
  void each(const Visit& visit) const {
    const unsigned char* at = body_.at;
    for (u32 row = 0; row < rows_; row++) {
      for (u32 matrix = 0; matrix < MATRICES; matrix++) {
        const u32 count = wireAt(at);
        visit(row, matrix, at + 4, count);
        at += 4 + count * ENTRY_BYTES;
      }
    }
  }

  static u32 wireAt(const unsigned char* entry) {
    u32 wire;
    std::memcpy(&wire, entry, 4);
    return wire;
  }
  static Limbs coefficientAt(const unsigned char* entry) {
    Limbs value;
    std::memcpy(value.v, entry + 4, 32);
    return value;
  }

 private:
  const Bytes body_;
  const u32 rows_;
  u64 entries_[MATRICES] = {};
};

}  // namespace homeostat
