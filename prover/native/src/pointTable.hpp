// Multiples of a key's points, so that windows share buckets: for every covered base P the points 2^(bits * sets * j) * P.
// Window w of a scalar takes its point from copy w / sets and goes to the set of buckets w % sets.
#pragma once
#include "digits.hpp"
#include "kernels.hpp"

namespace homeostat {

struct PointTable {
  Windows windows{2, 128};
  /** Sets of buckets, 1 to windows.count. */
  u32 sets = 1;
  /** Covered bases. */
  u32 count = 0;
  /** Which they are, ascending. */
  const u32* indices = nullptr;
  /** Copy after copy, each in the order of `indices`, in the form of a level. */
  const unsigned char* points = nullptr;

  u32 copies() const { return copiesOf(windows, sets); }
  static u32 copiesOf(const Windows& windows, u32 sets) { return (windows.count + sets - 1) / sets; }
};

/** Which table a multi-scalar multiplication of a proof has. */
enum TableOf : u32 { TABLE_A, TABLE_B1, TABLE_B2, TABLE_C, TABLE_H, TABLE_COUNT };

/** The tables of a key; one without covered bases is empty. */
struct KeyTables {
  PointTable table[TABLE_COUNT];
};

}  // namespace homeostat
