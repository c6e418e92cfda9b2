#include "levels.hpp"
#include "batchAdd.hpp"
#include "failure.hpp"
#include "ifma.hpp"
#include "scalarTransform.hpp"

namespace homeostat {

namespace {

template <class Multiply>
constexpr Level scalarLevel(const char* name) {
  using C = Curves<Multiply>;
  return {name, BatchAdd<typename C::Fq>::kernel(), BatchAdd<typename C::Fq2>::kernel(),
          ScalarTransform<typename C::Fr>::kernel()};
}

constexpr Level PORTABLE_LEVEL = scalarLevel<Portable>("portable");
constexpr Level ADX_LEVEL = scalarLevel<Adx>("adx");

std::vector<const Level*> detect() {
  std::vector<const Level*> levels;
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool adx = __builtin_cpu_supports("adx") && __builtin_cpu_supports("bmi2");
  // cpu_supports also asks whether the system saves the wide registers
  const bool ifma = adx && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512ifma") &&
                    __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
  static const Level ifmaLevel = {"ifma", IFMA_G1, IFMA_G2, IFMA_TRANSFORM};
  if (ifma) levels.push_back(&ifmaLevel);
  if (adx) levels.push_back(&ADX_LEVEL);
#endif
  levels.push_back(&PORTABLE_LEVEL);
  return levels;
}

}  // namespace

void invertAll(u64 (*values)[4], std::size_t count) {
  using Fq = Curves<Adx>::Fq;
  std::vector<Fq> prefixes(count);
  Fq product = Fq::one();
  for (std::size_t i = 0; i < count; i++) {
    prefixes[i] = product;
    product = product * Fq::load(values[i]);
  }
  Fq inverse = product.inverse();
  for (std::size_t i = count; i-- > 0;) {
    const Fq value = Fq::load(values[i]);
    (inverse * prefixes[i]).store(values[i]);
    inverse = inverse * value;
  }
}

const std::vector<const Level*>& availableLevels() {
  static const std::vector<const Level*> levels = detect();
  return levels;
}

const Level& levelNamed(const std::string& name) {
  for (const Level* level : availableLevels()) {
    if (name.empty() || name == level->name) return *level;
  }
  throw Failure("NATIVE_LEVEL", "this machine has no level '" + name + "'");
}

}  // namespace homeostat
