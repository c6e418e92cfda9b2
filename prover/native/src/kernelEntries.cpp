// Single kernels for the self-test, the tests and the benchmark: multiply, add, msm, quotientRoots, transform, timeMultiply.
#include <chrono>
#include "batchAdd.hpp"
#include "groth16.hpp"
#include "ifma.hpp"
#include "msm.hpp"
#include "napi.hpp"

namespace homeostat {

namespace {

const std::atomic<bool> NEVER{false};

/** A copy of an argument, aligned as kernels want it. */
Buffer copyOf(Bytes bytes) {
  Buffer out(bytes.size);
  if (bytes.size > 0) std::memcpy(out.as(), bytes.at, bytes.size);
  return out;
}

void expectSize(bool right) {
  if (!right) throw Failure("NATIVE_ARGUMENT", "arguments of matching sizes were expected");
}

template <class F>
Buffer operate(const std::string& operation, Bytes a, Bytes b) {
  expectSize(a.size == b.size && a.size % sizeof(F) == 0);
  Buffer out(a.size);
  for (std::size_t at = 0; at < a.size; at += sizeof(F)) {
    const F x = F::load(a.at + at), y = F::load(b.at + at);
    const F result = operation == "multiply" ? x * y : operation == "add" ? x + y : operation == "subtract" ? x - y : operation == "square" ? x.square() : x.inverse();
    result.store(out.as() + at);
  }
  return out;
}

template <class Multiply>
Buffer operateIn(const std::string& field, const std::string& operation, Bytes a, Bytes b) {
  using C = Curves<Multiply>;
  if (field == "fq") return operate<typename C::Fq>(operation, a, b);
  if (field == "fq2") return operate<typename C::Fq2>(operation, a, b);
  return operate<typename C::Fr>(operation, a, b);
}

/** field(level, "fq" | "fr" | "fq2", operation, a, b): elements in Montgomery form, one by one */
napi_value jsField(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const bool portable = std::string("portable") == levelNamed(in.text(0)).name;
  const Buffer out = portable ? operateIn<Portable>(in.text(1), in.text(2), in.bytes(3), in.bytes(4))
                              : operateIn<Adx>(in.text(1), in.text(2), in.bytes(3), in.bytes(4));
  return js::bytes(env, out.as(), out.bytes());
}

const GroupKernel& groupOf(const Level& level, const std::string& group) { return group == "g2" ? level.g2 : level.g1; }

/** addPairs(level, group, points): sums of neighbours, affine */
napi_value jsAddPairs(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const GroupKernel& kernel = groupOf(levelNamed(in.text(0)), in.text(1));
  Buffer points = copyOf(in.bytes(2)), scratch(kernel.scratchBytes);
  const std::size_t count = points.bytes() / kernel.pointBytes;
  expectSize(count % 2 == 0 && points.bytes() % kernel.pointBytes == 0);
  Buffer sums(points.bytes() / 2);
  kernel.import(points.as(), points.as(), count);
  std::vector<Addition> additions;
  for (u32 i = 0; i < count / 2; i++) additions.push_back({4 * i, 4 * i + 2, i});
  kernel.add(points.as(), sums.as(), additions.data(), additions.size(), scratch.as());
  kernel.exportTo(sums.as(), sums.as(), count / 2);
  return js::bytes(env, sums.as(), sums.bytes());
}

template <class F>
napi_value msmOf(napi_env env, const GroupKernel& kernel, Bytes bases, Bytes scalars, const Workers& workers) {
  expectSize(bases.size == scalars.size / 32 * kernel.pointBytes && scalars.size % 32 == 0);
  const Affine<F> sum = Msm<F>(kernel, workers).run(bases.at, scalars.at, scalars.size / 32).toAffine();
  return js::bytes(env, &sum, sizeof sum);
}

/** msm(level, group, bases, scalars, threads): affine */
napi_value jsMsm(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const Level& level = levelNamed(in.text(0));
  const Workers workers(in.number(4), NEVER);
  if (in.text(1) == "g2") return msmOf<Curves<Portable>::Fq2>(env, level.g2, in.bytes(2), in.bytes(3), workers);
  return msmOf<Curves<Portable>::Fq>(env, level.g1, in.bytes(2), in.bytes(3), workers);
}

/** quotient(level, zkey, wtns, threads): the scalars of the H points */
napi_value jsQuotient(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  LoadedKey key(copyOf(in.bytes(1)), levelNamed(in.text(0)));
  const Witness witness = parseWitness(in.bytes(2));
  expectSize(witness.count == key.key().variables);
  const Workers workers(in.number(3), NEVER);
  const Buffer out = Quotient<Curves<Portable>::Fr>(key.transform(), workers).scalars(key.key(), witness, key.roots(workers));
  return js::bytes(env, out.as(), std::size_t(key.key().domain) * 32);
}

template <class F>
double nanoseconds(std::size_t rounds) {
  F x[4] = {F::one().twice(), F::one().twice().twice(), F::one().twice() + F::one(), F::one().twice().twice().twice()};
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < rounds; i++)
    for (F& value : x) value = value * x[0];
  const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start;
  asm volatile("" : : "r"(x) : "memory");
  return spent.count() / double(rounds) / 4;
}

double secondsNow() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/** timeMultiply(level, rounds): nanoseconds of one multiplication in Fq, from four that do not wait for each other */
napi_value jsTimeMultiply(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const Level& level = levelNamed(in.text(0));
  const std::size_t rounds = in.number(1);
#if defined(__x86_64__)
  if (std::string("ifma") == level.name) return js::number(env, timeIfmaMultiply(rounds, secondsNow));
#endif
  const bool portable = std::string("portable") == level.name;
  return js::number(env, portable ? nanoseconds<Curves<Portable>::Fq>(rounds) : nanoseconds<Curves<Adx>::Fq>(rounds));
}

}  // namespace

void defineKernels(napi_env env, napi_value exports) {
  js::define<jsField>(env, exports, "field");
  js::define<jsAddPairs>(env, exports, "addPairs");
  js::define<jsMsm>(env, exports, "msm");
  js::define<jsQuotient>(env, exports, "quotient");
  js::define<jsTimeMultiply>(env, exports, "timeMultiply");
}

}  // namespace homeostat
