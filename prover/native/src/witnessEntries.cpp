// Witnesses from JavaScript: loadWitness(file), witnessInput(library, name), witness(library, inputs).
#include "job.hpp"
#include "witnessLibrary.hpp"

namespace homeostat {

namespace {

using SharedLibrary = std::shared_ptr<WitnessLibrary>;
constexpr napi_type_tag LIBRARY_TAG = {0x686f6d656f737461, 0x7769746e657373};

const SharedLibrary& libraryOf(const js::Arguments& in) {
  bool tagged = false;
  void* pointer = nullptr;
  if (in.type(0) == napi_external) napi_check_object_type_tag(in.env, in.values[0], &LIBRARY_TAG, &tagged);
  if (!tagged) throw Failure("NATIVE_ARGUMENT", "the first argument is not a witness library of this addon");
  js::expect(napi_get_value_external(in.env, in.values[0], &pointer), "a witness library was expected");
  return *static_cast<SharedLibrary*>(pointer);
}

/** loadWitness(path): a handle */
napi_value jsLoadWitness(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  auto library = std::make_unique<SharedLibrary>(std::make_shared<WitnessLibrary>(in.text(0)));
  napi_value out;
  const auto free = [](napi_env, void* memory, void*) { delete static_cast<SharedLibrary*>(memory); };
  js::expect(napi_create_external(env, library.get(), free, nullptr, &out), "no handle");
  library.release();
  napi_type_tag_object(env, out, &LIBRARY_TAG);
  return out;
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
