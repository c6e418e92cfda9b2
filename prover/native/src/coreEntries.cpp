// The process and its processors: takeCore(patience), confine(megabytes), liveMemory().
#include <sys/resource.h>
#include "cores.hpp"
#include "job.hpp"
#include "kept.hpp"

namespace homeostat {

namespace {

using HeldCore = std::optional<Core>;

void giveBack(HeldCore& core) { core.reset(); }

/** takeCore(patience in milliseconds): Promise of { held, release } */
napi_value jsTakeCore(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const auto held = std::make_shared<HeldCore>();
  const auto job = std::make_shared<Job>();
  job->work = [held, patience = std::chrono::milliseconds(in.number(0))](Job& self) {
    if (auto core = Core::take(patience, self.cancelled)) held->emplace(std::move(*core));
  };
  job->finish = [held](napi_env env, Job&) {
    napi_value out, taken;
    napi_create_object(env, &out);
    napi_get_boolean(env, held->has_value(), &taken);
    js::set(env, out, "held", taken);
    js::set(env, out, "release", js::functionOn<HeldCore, giveBack>(env, "release", held));
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

/** liveMemory(): { allocations, bytes } */
napi_value jsLiveMemory(napi_env env, napi_callback_info) {
  napi_value out;
  napi_create_object(env, &out);
  js::set(env, out, "allocations", js::number(env, double(LiveMemory::allocations)));
  js::set(env, out, "bytes", js::number(env, double(LiveMemory::bytes)));
  return out;
}

}  // namespace

void defineCores(napi_env env, napi_value exports) {
  js::define<jsTakeCore>(env, exports, "takeCore");
  js::define<jsConfine>(env, exports, "confine");
  js::define<jsLiveMemory>(env, exports, "liveMemory");
}

}  // namespace homeostat
