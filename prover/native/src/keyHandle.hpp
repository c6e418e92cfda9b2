// A loaded key as JavaScript holds it.
#pragma once
#include <memory>
#include "groth16.hpp"
#include "napi.hpp"

namespace homeostat {

using SharedKey = std::shared_ptr<LoadedKey>;

/** A type tag, so that another addon's handle is refused. */
inline constexpr napi_type_tag KEY_TAG = {0x686f6d656f737461, 0x6b6579};

/** @throws {Failure} NATIVE_ARGUMENT */
inline SharedKey keyOf(const js::Arguments& in, std::size_t i) {
  bool tagged = false;
  void* pointer = nullptr;
  if (in.type(i) == napi_external) napi_check_object_type_tag(in.env, in.values[i], &KEY_TAG, &tagged);
  if (!tagged) throw Failure("NATIVE_ARGUMENT", "the first argument is not a key of this addon");
  js::expect(napi_get_value_external(in.env, in.values[i], &pointer), "a key was expected");
  return *static_cast<SharedKey*>(pointer);
}

}  // namespace homeostat
