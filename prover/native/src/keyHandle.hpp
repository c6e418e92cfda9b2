// A loaded key as JavaScript holds it.
#pragma once
#include "groth16.hpp"
#include "kept.hpp"

namespace homeostat {

using SharedKey = std::shared_ptr<LoadedKey>;

inline constexpr napi_type_tag KEY_TAG = {0x686f6d656f737461, 0x6b6579};

/** Of the first argument. @throws {Failure} NATIVE_ARGUMENT */
inline const SharedKey& keyOf(const js::Arguments& in) { return js::firstHandle<LoadedKey>(in, KEY_TAG, "a key"); }

}  // namespace homeostat
