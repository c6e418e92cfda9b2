// Witnesses from JavaScript: loadWitness(file), witnessInput(library, name), witness(library, inputs).
#include "job.hpp"
#include "kept.hpp"
#include "witnessLibrary.hpp"

namespace homeostat {

namespace {

using SharedLibrary = std::shared_ptr<WitnessLibrary>;
constexpr napi_type_tag LIBRARY_TAG = {0x686f6d656f737461, 0x7769746e657373};

const SharedLibrary& libraryOf(const js::Arguments& in) {
  return js::firstHandle<WitnessLibrary>(in, LIBRARY_TAG, "a witness library");
}

/** loadWitness(path): a handle */
napi_value jsLoadWitness(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  return js::handle(env, std::make_shared<WitnessLibrary>(in.text(0)), LIBRARY_TAG);
}

/** witnessInput(library, name): [first, count], or all inputs for the empty name */
napi_value jsWitnessInput(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const SharedLibrary& library = libraryOf(in);
  const std::string name = in.text(1);
  u32 first = 0;
  const u32 count = name.empty() ? library->inputs() : library->find(name, first);
  napi_value out;
  napi_create_array_with_length(env, 2, &out);
  napi_set_element(env, out, 0, js::number(env, first));
  napi_set_element(env, out, 1, js::number(env, count));
  return out;
}

/** witness(library, inputs): Promise of a .wtns file's bytes */
napi_value jsWitness(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const SharedLibrary library = libraryOf(in);
  const Bytes given = in.bytes(1);
  const auto inputs = std::make_shared<Buffer>(given.size);  // a copy of our own, wiped when the job ends
  if (given.size > 0) std::memcpy(inputs->as(), given.at, given.size);
  const auto file = std::make_shared<Buffer>();
  const auto job = std::make_shared<Job>();
  job->work = [=](Job&) { *file = library->calculate({inputs->as(), inputs->bytes()}); };
  job->finish = [file](napi_env env, Job&) { return js::bytes(env, file->as(), file->bytes()); };
  return start(env, job);
}

}  // namespace

void defineWitness(napi_env env, napi_value exports) {
  js::define<jsLoadWitness>(env, exports, "loadWitness");
  js::define<jsWitnessInput>(env, exports, "witnessInput");
  js::define<jsWitness>(env, exports, "witness");
}

}  // namespace homeostat
