// Work off the event loop, as a promise.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include "liveMemory.hpp"
#include "napi.hpp"

namespace homeostat {

/** One piece of work off the event loop; its promise settles with what `finish` makes of it. */
struct Job {
  std::function<void(Job&)> work;
  std::function<napi_value(napi_env, Job&)> finish;
  std::atomic<bool> cancelled{false};
  std::string code, message;
  napi_async_work handle = nullptr;
  napi_deferred deferred = nullptr;
  const Counted counted{sizeof(Job)};
};

using SharedJob = std::shared_ptr<Job>;

inline void execute(napi_env, void* pointer) {
  Job& job = **static_cast<SharedJob*>(pointer);
  try {
    job.work(job);
  } catch (const Failure& failure) {
    job.code = failure.code;
    job.message = failure.what();
  } catch (const std::exception& failure) {
    job.code = "NATIVE_FAILED";
    job.message = failure.what();
  }
}

inline void complete(napi_env env, napi_status status, void* pointer) {
  const std::unique_ptr<SharedJob> owner(static_cast<SharedJob*>(pointer));
  Job& job = **owner;
  if (status != napi_ok && job.code.empty()) job.code = "NATIVE_CANCELLED";
  napi_value value = nullptr;
  if (job.code.empty()) {
    try {
      value = job.finish(env, job);
    } catch (const std::exception& failure) {
      job.message = failure.what();  // no memory for the result: rejected below
    }
  }
  if (value != nullptr) napi_resolve_deferred(env, job.deferred, value);
  else napi_reject_deferred(env, job.deferred, js::errorOf(env, job.code.empty() ? "NATIVE_FAILED" : job.code.c_str(), job.message));
  napi_delete_async_work(env, job.handle);
  job.work = nullptr;  // what the work held is freed and wiped now, even while a cancel function still lives
  job.finish = nullptr;
}

inline napi_value start(napi_env env, const SharedJob& job) {
  napi_value promise;
  js::expect(napi_create_promise(env, &job->deferred, &promise), "no promise");
  auto owner = std::make_unique<SharedJob>(job);
  js::expect(napi_create_async_work(env, nullptr, js::text(env, "homeostat"), execute, complete, owner.get(), &job->handle), "no work");
  js::expect(napi_queue_async_work(env, job->handle), "no queue");
  owner.release();
  return promise;
}

}  // namespace homeostat
