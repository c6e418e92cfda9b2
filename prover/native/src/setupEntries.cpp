// The arithmetic of a Groth16 setup with known secrets, for development keys: fixedBase, keyScalars. Nothing here is secret.
#include "fixedBase.hpp"
#include "keyScalars.hpp"
#include "levels.hpp"
#include "napi.hpp"
#include "groth16.hpp"

namespace homeostat {

namespace {

const std::atomic<bool> NEVER{false};
constexpr std::size_t WORD = 32;

/** Memory of a new Buffer of JavaScript's, to be filled. */
unsigned char* newBytes(napi_env env, std::size_t size, napi_value& out) {
  void* memory = nullptr;
  js::expect(napi_create_buffer(env, size, &memory, &out), "no memory for a result");
  return static_cast<unsigned char*>(memory);
}

unsigned threadsOf(u32 asked) { return asked == 0 ? usableProcessors() : std::min(asked, 256u); }

template <class F>
napi_value multiplesOf(napi_env env, const GroupKernel& kernel, Bytes base, Bytes scalars, const Workers& workers) {
  const std::size_t count = scalars.size / WORD;
  if (base.size != kernel.pointBytes || scalars.size % WORD != 0)
    throw Failure("NATIVE_ARGUMENT", "a point and scalars of 32 bytes were expected");
  napi_value out;
  unsigned char* points = newBytes(env, count * kernel.pointBytes, out);
  FixedBase<F>(kernel, workers, base.at, count).multiply(scalars.at, count, points);
  return out;
}

/** fixedBase(level, group, base, scalars, threads): scalar * base for each scalar, affine */
napi_value jsFixedBase(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const Level& level = levelNamed(in.text(0));
  const Workers workers(threadsOf(in.number(4)), NEVER);
  if (in.text(1) == "g2") return multiplesOf<Curves<Portable>::Fq2>(env, level.g2, in.bytes(2), in.bytes(3), workers);
  return multiplesOf<Curves<Portable>::Fq>(env, level.g1, in.bytes(2), in.bytes(3), workers);
}

template <class Fr>
napi_value scalarsOf(napi_env env, const CircuitCounts& counts, Bytes body, Bytes secrets, const Workers& workers) {
  const KeyPolynomials<Fr> polynomials(counts, body, workers);
  const auto secret = [&](std::size_t i) { return Fr::load(secrets.at + WORD * i).toMontgomery(); };
  napi_value out;
  napi_create_object(env, &out);
  const auto result = [&](const char* name, std::size_t size) {
    napi_value bytes;
    unsigned char* memory = newBytes(env, size, bytes);
    js::set(env, out, name, bytes);
    return memory;
  };
  const std::size_t ofWires = WORD * counts.wires;
  polynomials.evaluate({secret(0), secret(1), secret(2), secret(3)},
                       {result("a", ofWires), result("b", ofWires), result("k", ofWires), result("h", WORD << counts.domainPower()),
                        result("coefficients", polynomials.coefficientBytes())});
  return out;
}

/** keyScalars(level, constraints, wires, constraints' count, public signals, secrets): a, b, k, h, coefficients */
napi_value jsKeyScalars(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const bool portable = std::string("portable") == levelNamed(in.text(0)).name;
  const CircuitCounts counts{in.number(2), in.number(3), in.number(4)};
  if (counts.publicSignals >= counts.wires || counts.rows() < 2 || counts.domainPower() >= FrModulus::TWO_ADICITY)
    throw Failure("NATIVE_ARGUMENT", "no circuit has these counts");
  const Bytes body = in.bytes(1), secrets = in.bytes(5);
  if (secrets.size != 4 * WORD) throw Failure("NATIVE_ARGUMENT", "four secrets of 32 bytes were expected");
  const Workers workers(usableProcessors(), NEVER);
  if (portable) return scalarsOf<Curves<Portable>::Fr>(env, counts, body, secrets, workers);
  return scalarsOf<Curves<Adx>::Fr>(env, counts, body, secrets, workers);
}

}  // namespace

void defineSetup(napi_env env, napi_value exports) {
  js::define<jsFixedBase>(env, exports, "fixedBase");
  js::define<jsKeyScalars>(env, exports, "keyScalars");
}

}  // namespace homeostat
