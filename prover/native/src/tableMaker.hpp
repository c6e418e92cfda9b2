// The points of a table, copy by copy: each is the one before, doubled bits * sets times.
#pragma once
#include <functional>
#include "buffer.hpp"
#include "pointTable.hpp"
#include "workers.hpp"

namespace homeostat {

/**
 * Computes a table's copies one after the other and gives each to `take`.
 * @param bases packed points as in a key
 */
inline void makeCopies(const GroupKernel& kernel, const Workers& workers, const PointTable& table, const unsigned char* bases,
                       const std::function<void(const unsigned char* copy, std::size_t bytes)>& take) {
  const std::size_t bytes = kernel.pointBytes, count = table.count, piece = ADDITION_BATCH;
  Buffer points(count * bytes);
  const auto each = [&](const std::function<void(unsigned char*, std::size_t, std::size_t)>& run) {
    workers.each((count + piece - 1) / piece, [&](std::size_t task, unsigned) {
      const std::size_t from = task * piece;
      run(points.as() + from * bytes, from, std::min(piece, count - from));
    });
  };
  each([&](unsigned char* at, std::size_t from, std::size_t size) {
    for (std::size_t i = 0; i < size; i++) std::memcpy(at + i * bytes, bases + table.indices[from + i] * bytes, bytes);
    kernel.import(at, at, size);
  });
  take(points.as(), points.bytes());
  for (u32 copy = 1; copy < table.copies(); copy++) {
    each([&](unsigned char* at, std::size_t, std::size_t size) {
      Buffer scratch(kernel.scratchBytes);
      std::vector<Addition> doublings(size);
      for (u32 i = 0; i < size; i++) doublings[i] = {i << 1, i << 1, i};
      for (u32 bit = 0; bit < table.windows.bits * table.sets; bit++) kernel.add(at, at, doublings.data(), size, scratch.as());
    });
    take(points.as(), points.bytes());
  }
}

}  // namespace homeostat
