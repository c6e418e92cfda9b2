// Poseidon for JavaScript: poseidonTable, poseidon.
#include <memory>
#include "curve.hpp"
#include "levels.hpp"
#include "napi.hpp"
#include "poseidon.hpp"

namespace homeostat {

namespace {

using PortableFr = Curves<Portable>::Fr;
using AdxFr = Curves<Adx>::Fr;

/** The constants of one width for one level. */
struct Table {
  u32 width;
  std::unique_ptr<Poseidon<PortableFr>> portable;
  std::unique_ptr<Poseidon<AdxFr>> adx;
  /** Empty below the IFMA level. */
  std::vector<Limbs52> wide;
  WidePoseidon eight;
};

constexpr napi_type_tag TABLE_TAG = {0x686f6d656f737461, 0x706f736569646f6e};

/** poseidonTable(level, width, constants): a handle */
napi_value jsTable(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const std::string level = levelNamed(in.text(0)).name;
  const u32 width = in.number(1);
  const Bytes constants = in.bytes(2);
  if (width < POSEIDON_MIN_WIDTH || width > POSEIDON_MAX_WIDTH || constants.size != 32 * Poseidon<AdxFr>::shapeOf(width).total())
    throw Failure("NATIVE_ARGUMENT", "a width of 2 to 17 and its constants were expected");
  auto table = std::make_unique<Table>(Table{width, nullptr, nullptr, {}, {}});
  if (level == "portable") table->portable = std::make_unique<Poseidon<PortableFr>>(width, constants.at);
  else table->adx = std::make_unique<Poseidon<AdxFr>>(width, constants.at);
  if (level == "ifma") table->eight = table->adx->widened(table->wide);
  napi_value out;
  const auto free = [](napi_env, void* memory, void*) { delete static_cast<Table*>(memory); };
  js::expect(napi_create_external(env, table.get(), free, nullptr, &out), "no handle");
  table.release();
  napi_type_tag_object(env, out, &TABLE_TAG);
  return out;
}

/** Lists from `first` on. */
template <class Fr>
void hashAll(const Poseidon<Fr>& poseidon, u32 inputs, unsigned char* words, u32 first, u32 count) {
  Fr state[POSEIDON_MAX_WIDTH];
  for (u32 i = first; i < count; i++) {
    for (u32 k = 0; k < inputs; k++) state[k] = Fr::load(words + 32 * (std::size_t(i) * inputs + k)).toMontgomery();
    poseidon.hash(state).fromMontgomery().store(words + 32 * std::size_t(i));
  }
}

/** poseidon(table, words, count): replaces the first `count` words by the hashes of `count` lists of width - 1 words */
napi_value jsPoseidon(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  bool tagged = false;
  void* pointer = nullptr;
  if (in.type(0) == napi_external) napi_check_object_type_tag(env, in.values[0], &TABLE_TAG, &tagged);
  if (!tagged) throw Failure("NATIVE_ARGUMENT", "the first argument is not a table of this addon");
  napi_get_value_external(env, in.values[0], &pointer);
  const Table& table = *static_cast<Table*>(pointer);
  const Bytes words = in.bytes(1);
  const u32 count = in.number(2), inputs = table.width - 1;
  if (u64(count) * inputs * 32 > words.size) throw Failure("NATIVE_ARGUMENT", "there are fewer words than inputs");
  auto* memory = const_cast<unsigned char*>(words.at);  // the caller's own array, which it wants changed
  u32 done = 0;
#if defined(__x86_64__)
  if (!table.wide.empty() && reinterpret_cast<std::uintptr_t>(memory) % 8 == 0) {
    u64* at = reinterpret_cast<u64*>(memory);
    for (; done + 8 <= count; done += 8) hashEight(table.eight, at + 4 * std::size_t(done) * inputs, at + 4 * std::size_t(done));
  }
#endif
  if (table.portable) hashAll(*table.portable, inputs, memory, done, count);
  else hashAll(*table.adx, inputs, memory, done, count);
  return nullptr;
}

}  // namespace

void definePoseidon(napi_env env, napi_value exports) {
  js::define<jsTable>(env, exports, "poseidonTable");
  js::define<jsPoseidon>(env, exports, "poseidon");
}

}  // namespace homeostat
