// Poseidon for JavaScript: poseidonTable, poseidon, poseidonForest.
#include "kept.hpp"
#include "levels.hpp"
#include "poseidonTable.hpp"

namespace homeostat {

namespace {

constexpr napi_type_tag TABLE_TAG = {0x686f6d656f737461, 0x706f736569646f6e};
constexpr u32 PARENT_INPUTS = 4;

/** poseidonTable(level, width, constants): a handle */
napi_value jsTable(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const std::string level = levelNamed(in.text(0)).name;
  const u32 width = in.number(1);
  const Bytes constants = in.bytes(2);
  using Shape = Poseidon<PoseidonTable::PortableFr>;
  if (width < POSEIDON_MIN_WIDTH || width > POSEIDON_MAX_WIDTH || constants.size != 32 * Shape::shapeOf(width).total())
    throw Failure("NATIVE_ARGUMENT", "a width of 2 to 17 and its constants were expected");
  return js::handle(env, std::make_shared<PoseidonTable>(level, width, constants.at), TABLE_TAG);
}

const PoseidonTable& tableIn(const js::Arguments& in) { return *js::firstHandle<PoseidonTable>(in, TABLE_TAG, "a table"); }

/** The caller's own array, which it may want changed, as numbers of `bytes` bytes. */
template <class Number>
Number* aligned(const Bytes& bytes) {
  if (reinterpret_cast<std::uintptr_t>(bytes.at) % alignof(Number) != 0) throw Failure("NATIVE_ARGUMENT", "an array begins inside a word");
  return reinterpret_cast<Number*>(const_cast<unsigned char*>(bytes.at));
}

/** poseidon(table, words, count): replaces the first `count` words by the hashes of `count` lists of width - 1 words */
napi_value jsPoseidon(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const PoseidonTable& table = tableIn(in);
  const Bytes words = in.bytes(1);
  const u32 count = in.number(2);
  if (u64(count) * table.inputs() * 32 > words.size) throw Failure("NATIVE_ARGUMENT", "there are fewer words than inputs");
  u64* at = aligned<u64>(words);
  table.hash(at, count, at);
  return nullptr;
}

/** poseidonForest(table, hashes, parents, places, widths): see addon.ts */
napi_value jsForest(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const PoseidonTable& table = tableIn(in);
  const Bytes hashBytes = in.bytes(1), parentBytes = in.bytes(2), placeBytes = in.bytes(3), widthBytes = in.bytes(4);
  const std::size_t parents = parentBytes.size / (32 * PARENT_INPUTS), all = hashBytes.size / 32;
  if (table.inputs() != PARENT_INPUTS || parentBytes.size % (32 * PARENT_INPUTS) != 0 || placeBytes.size != 8 * parents || all < parents)
    throw Failure("NATIVE_ARGUMENT", "a table of 4 inputs, and two places and one hash a parent were expected");
  u64* hashes = aligned<u64>(hashBytes);
  u64* words = aligned<u64>(parentBytes);
  const u32* places = aligned<u32>(placeBytes);
  const u32* widths = aligned<u32>(widthBytes);
  std::size_t first = 0;
  for (std::size_t level = 0; level < widthBytes.size / 4; level++) {
    const std::size_t below = all - parents + first, count = widths[level];
    if (count > parents - first) throw Failure("NATIVE_ARGUMENT", "the levels hold more parents than there are");
    for (std::size_t i = 2 * first; i < 2 * (first + count); i++) {
      if (places[i] == 0) continue;
      if (places[i] > below) throw Failure("NATIVE_ARGUMENT", "a parent names a place that is not below it");
      std::memcpy(words + 4 * (PARENT_INPUTS * (i / 2) + i % 2), hashes + 4 * (std::size_t(places[i]) - 1), 32);
    }
    table.hash(words + 4 * PARENT_INPUTS * first, u32(count), hashes + 4 * below);
    first += count;
  }
  if (first != parents) throw Failure("NATIVE_ARGUMENT", "the levels hold fewer parents than there are");
  return nullptr;
}

}  // namespace

void definePoseidon(napi_env env, napi_value exports) {
  js::define<jsTable>(env, exports, "poseidonTable");
  js::define<jsPoseidon>(env, exports, "poseidon");
  js::define<jsForest>(env, exports, "poseidonForest");
}

}  // namespace homeostat
