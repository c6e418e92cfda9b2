// Which tables to make in a given memory: the cost of a multi-scalar multiplication by window size and sets of buckets.
#pragma once
#include "pointTable.hpp"

namespace homeostat {

/** What a table of a group could cover. */
struct TableDemand {
  u32 count = 0;
  std::size_t pointBytes = 64;
  /** An addition's cost: 6 multiplications in G1, 15 in G2. */
  double weight() const { return pointBytes == 64 ? 6 : 15; }
};

/** Sizes of a table: none when `sets` is 0. */
struct TableShape {
  u32 bits = 0, sets = 0;
  bool none() const { return sets == 0; }

  std::size_t bytes(const TableDemand& demand) const {
    return none() ? 0 : std::size_t(PointTable::copiesOf(Windows::of(bits), sets)) * demand.count * demand.pointBytes;
  }
  /** Multiplications of a run in which every scalar is long. */
  double cost(const TableDemand& demand) const {
    if (none()) return demand.weight() * Windows::forSize(demand.count).cost(demand.count);
    const Windows windows = Windows::of(bits);
    return demand.weight() * (double(windows.count) * demand.count + double(sets) * (3 * double(windows.buckets()) + 2000));
  }
};

/** The shapes that save most within `limit` bytes: the best for a price of a byte, and the lowest price that keeps the limit. */
struct TableLayout {
  TableShape shape[TABLE_COUNT];

  static TableLayout within(std::size_t limit, const TableDemand (&demands)[TABLE_COUNT]) {
    double low = 0, high = 1e6;  // multiplications per byte
    TableLayout best = at(high, demands);
    if (const TableLayout free = at(0, demands); free.bytes(demands) <= limit) return free;
    for (int step = 0; step < 60; step++) {
      const double price = (low + high) / 2;
      const TableLayout next = at(price, demands);
      if (next.bytes(demands) <= limit) {
        best = next;
        high = price;
      } else {
        low = price;
      }
    }
    return best;
  }

  std::size_t bytes(const TableDemand (&demands)[TABLE_COUNT]) const {
    std::size_t out = 0;
    for (u32 i = 0; i < TABLE_COUNT; i++) out += shape[i].bytes(demands[i]);
    return out;
  }

 private:
  static TableLayout at(double price, const TableDemand (&demands)[TABLE_COUNT]) {
    TableLayout out;
    for (u32 i = 0; i < TABLE_COUNT; i++) {
      const auto total = [&](TableShape shape) { return shape.cost(demands[i]) + price * double(shape.bytes(demands[i])); };
      for (u32 bits = 8; demands[i].count > 0 && bits <= 20; bits++) {
        for (u32 sets = 1; sets < Windows::of(bits).count; sets++)
          if (total({bits, sets}) < total(out.shape[i])) out.shape[i] = {bits, sets};
      }
    }
    return out;
  }
};

}  // namespace homeostat
