// The addon: levels(), loadKey(file, level), prove(key, witness, threads, blinding?). Work runs off the event loop.
#include "cores.hpp"
#include "groth16.hpp"
#include "job.hpp"
#include "keyHandle.hpp"

namespace homeostat {

namespace {

napi_value jsLevels(napi_env env, napi_callback_info) {
  napi_value out;
  napi_create_array(env, &out);
  u32 i = 0;
  for (const Level* level : availableLevels()) napi_set_element(env, out, i++, js::text(env, level->name));
  return out;
}

/** loadKey(path | Uint8Array, level): Promise of a handle */
napi_value jsLoadKey(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const Level& level = levelNamed(in.text(1));
  const auto job = std::make_shared<Job>();
  const auto made = std::make_shared<SharedKey>();
  if (in.type(0) == napi_string) {
    job->work = [made, path = in.text(0), &level](Job&) { *made = std::make_shared<LoadedKey>(path, level); };
  } else {
    const Bytes given = in.bytes(0);
    const auto copy = std::make_shared<Buffer>(given.size);
    if (given.size > 0) std::memcpy(copy->as(), given.at, given.size);
    job->work = [made, copy, &level](Job&) { *made = std::make_shared<LoadedKey>(std::move(*copy), level); };
  }
  job->finish = [made](napi_env env, Job&) { return js::handle(env, *made, KEY_TAG); };
  return start(env, job);
}

napi_value secondsOf(napi_env env, const PhaseTimes& t) {
  napi_value out;
  napi_create_object(env, &out);
  for (const auto& [name, seconds] : {std::pair{"quotient", t.quotient}, {"a", t.a}, {"b1", t.b1}, {"b2", t.b2}, {"c", t.c}, {"h", t.h}})
    js::set(env, out, name, js::number(env, seconds));
  return out;
}

napi_value resultOf(napi_env env, const Proof& proof) {
  napi_value out;
  napi_create_object(env, &out);
  js::set(env, out, "points", js::bytes(env, proof.points, sizeof proof.points));
  js::set(env, out, "publicSignals", js::bytes(env, proof.publicSignals.data(), proof.publicSignals.size()));
  js::set(env, out, "seconds", secondsOf(env, proof.times));
  js::set(env, out, "processorSeconds", secondsOf(env, proof.processor));
  js::set(env, out, "multiplications", js::number(env, double(proof.multiplications)));
  return out;
}

void cancelJob(Job& job) { job.cancelled = true; }

/** prove(key, wtns, threads, blinding?: r and s, 64 bytes): { promise, cancel } */
napi_value jsProve(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const SharedKey key = keyOf(in);
  const Bytes given = in.bytes(1);
  const auto file = std::make_shared<Buffer>(given.size);  // a copy of our own, wiped when the job ends
  if (given.size > 0) std::memcpy(file->as(), given.at, given.size);
  const bool shared = in.number(2) == 0;
  const unsigned threads = shared ? usableProcessors() : std::min(in.number(2), 256u);
  const auto blinding = std::make_shared<Blinding>();
  const bool fixed = in.type(3) != napi_undefined;
  if (fixed) {
    if (in.bytes(3).size != 64) throw Failure("NATIVE_ARGUMENT", "blinding factors have 64 bytes");
    std::memcpy(blinding->r.v, in.bytes(3).at, 32);
    std::memcpy(blinding->s.v, in.bytes(3).at + 32, 32);
    if (!lessLimbs(blinding->r.v, FrModulus::P.v) || !lessLimbs(blinding->s.v, FrModulus::P.v))
      throw Failure("NATIVE_ARGUMENT", "a blinding factor is not below r");
  }
  const auto proof = std::make_shared<Proof>();
  const auto job = std::make_shared<Job>();
  job->work = [=](Job& self) {
    if (!fixed) *blinding = Blinding::random();
    const ThreadName name("homeostat-proof");
    *proof = prove(*key, parseWitness({file->as(), file->bytes()}), *blinding, Workers(threads, self.cancelled, shared));
  };
  job->finish = [proof](napi_env env, Job&) { return resultOf(env, *proof); };
  napi_value out;
  napi_create_object(env, &out);
  js::set(env, out, "cancel", js::functionOn<Job, cancelJob>(env, "cancel", job));
  js::set(env, out, "promise", start(env, job));
  return out;
}

}  // namespace

void defineKernels(napi_env env, napi_value exports);
void definePoseidon(napi_env env, napi_value exports);
void defineSetup(napi_env env, napi_value exports);
void defineCores(napi_env env, napi_value exports);
void defineWitness(napi_env env, napi_value exports);
void defineTables(napi_env env, napi_value exports);

}  // namespace homeostat

NAPI_MODULE_INIT() {
  using namespace homeostat;
  js::define<jsLevels>(env, exports, "levels");
  js::define<jsLoadKey>(env, exports, "loadKey");
  js::define<jsProve>(env, exports, "prove");
  defineKernels(env, exports);
  definePoseidon(env, exports);
  defineSetup(env, exports);
  defineCores(env, exports);
  defineWitness(env, exports);
  defineTables(env, exports);
  return exports;
}
