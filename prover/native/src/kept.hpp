// What an object of JavaScript's keeps alive here until it is collected: behind a handle, or behind a function that acts on it.
#pragma once
#include <memory>
#include "liveMemory.hpp"
#include "napi.hpp"

namespace homeostat::js {

template <class T>
struct Kept {
  const std::shared_ptr<T> shared;
  const Counted counted{sizeof(Kept)};

  static void free(napi_env, void* memory, void*) { delete static_cast<Kept*>(memory); }
};

template <class T>
std::unique_ptr<Kept<T>> keep(const std::shared_ptr<T>& shared) {
  return std::unique_ptr<Kept<T>>(new Kept<T>{shared});
}

/** @param tag so that another kind's or another addon's handle is refused */
template <class T>
napi_value handle(napi_env env, const std::shared_ptr<T>& shared, const napi_type_tag& tag) {
  auto kept = keep(shared);
  napi_value out;
  expect(napi_create_external(env, kept.get(), Kept<T>::free, nullptr, &out), "no handle");
  kept.release();
  expect(napi_type_tag_object(env, out, &tag), "no handle");
  return out;
}

/** What the handle in the first argument keeps. @param what it is, for the error @throws {Failure} NATIVE_ARGUMENT */
template <class T>
const std::shared_ptr<T>& firstHandle(const Arguments& in, const napi_type_tag& tag, const char* what) {
  bool tagged = false;
  void* memory = nullptr;
  if (in.type(0) == napi_external) napi_check_object_type_tag(in.env, in.values[0], &tag, &tagged);
  if (!tagged) throw Failure("NATIVE_ARGUMENT", std::string("the first argument is not ") + what + " of this addon");
  expect(napi_get_value_external(in.env, in.values[0], &memory), "a handle was expected");
  return static_cast<Kept<T>*>(memory)->shared;
}

/** A function that does ACT to what it keeps alive. */
template <class T, void (*ACT)(T&)>
napi_value functionOn(napi_env env, const char* name, const std::shared_ptr<T>& shared) {
  auto kept = keep(shared);
  const auto call = [](napi_env env, napi_callback_info info) -> napi_value {
    void* memory = nullptr;
    if (napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &memory) == napi_ok) ACT(*static_cast<Kept<T>*>(memory)->shared);
    return nullptr;
  };
  napi_value out;
  expect(napi_create_function(env, name, NAPI_AUTO_LENGTH, call, kept.get(), &out), "no function");
  expect(napi_add_finalizer(env, out, kept.get(), Kept<T>::free, nullptr, nullptr), "no function");
  kept.release();
  return out;
}

}  // namespace homeostat::js
