// Inverses of lanes, through one scalar inversion for all of them.
// Include after ifmaPoint.hpp, inside the same `#pragma GCC target`.

namespace homeostat {

namespace {

/** Groups of eight lanes side by side: one group's products hide the latency of another's. */
constexpr int WIDTH = 4;

/** Inverts each lane, through one scalar inversion. */
inline void invertLanes(Lanes* product) {
  alignas(64) u64 values[WIDTH * 8][4];
  for (int k = 0; k < WIDTH; k++) {
    __m512i w[4];
    alignas(64) u64 columns[4][8];
    narrow(w, canonical<FqModulus>(product[k]));
    for (int i = 0; i < 4; i++) _mm512_store_si512(columns[i], w[i]);
    for (int lane = 0; lane < 8; lane++)
      for (int i = 0; i < 4; i++) values[k * 8 + lane][i] = columns[i][lane];
  }
  invertAll(values, WIDTH * 8);
  for (int k = 0; k < WIDTH; k++) {
    __m512i w[4];
    for (int i = 0; i < 4; i++) {
      alignas(64) u64 column[8];
      for (int lane = 0; lane < 8; lane++) column[lane] = values[k * 8 + lane][i];
      w[i] = _mm512_load_si512(column);
    }
    product[k] = mulQ(widen(w), broadcast(Q::FROM_INVERSE));
  }
}

}  // namespace

}  // namespace homeostat
