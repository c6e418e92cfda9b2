// The process and its processors: takeCore(patience), confine(megabytes).
#include <sys/resource.h>
#include "cores.hpp"
#include "job.hpp"

namespace homeostat {

namespace {

using HeldCore = std::shared_ptr<std::optional<Core>>;

/** A function that gives the processor back; its end does too. */
napi_value releaseOf(napi_env env, const HeldCore& held) {
  napi_value release;
  auto* pointer = new HeldCore(held);
  const auto call = [](napi_env env, napi_callback_info info) -> napi_value {
    void* memory = nullptr;
    napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &memory);
    (*static_cast<HeldCore*>(memory))->reset();
    return nullptr;
  };
  napi_create_function(env, "release", NAPI_AUTO_LENGTH, call, pointer, &release);
  napi_add_finalizer(env, release, pointer, [](napi_env, void* memory, void*) { delete static_cast<HeldCore*>(memory); }, nullptr, nullptr);
  return release;
}

/** takeCore(patience in milliseconds): Promise of { held, release } */
napi_value jsTakeCore(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const auto held = std::make_shared<std::optional<Core>>();
  const auto job = std::make_shared<Job>();
  job->work = [held, patience = std::chrono::milliseconds(in.number(0))](Job& self) {
    if (auto core = Core::take(patience, self.cancelled)) held->emplace(std::move(*core));
  };
  job->finish = [held](napi_env env, Job&) {
    napi_value out, taken;
    napi_create_object(env, &out);
    napi_get_boolean(env, held->has_value(), &taken);
    js::set(env, out, "held", taken);
    js::set(env, out, "release", releaseOf(env, held));
    return out;
  };
  return start(env, job);
}

void limit(int resource, rlim_t value) {
  const rlimit both{value, value};
  if (setrlimit(decltype(RLIMIT_DATA)(resource), &both) != 0)
    throw Failure("NATIVE_ARGUMENT", std::string("the process cannot be limited: ") + std::strerror(errno));
}

/** confine(megabytes): all memory that this process may write to from now on; and no image of it if it crashes */
napi_value jsConfine(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  limit(RLIMIT_DATA, rlim_t(in.number(0)) << 20);
  limit(RLIMIT_CORE, 1);  // neither a file nor, unlike 0, the pipe of a crash collector: memory holds a witness
  return nullptr;
}

}  // namespace

void defineCores(napi_env env, napi_value exports) {
  js::define<jsTakeCore>(env, exports, "takeCore");
  js::define<jsConfine>(env, exports, "confine");
}

}  // namespace homeostat
