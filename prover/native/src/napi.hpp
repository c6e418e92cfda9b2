// The little of Node-API that the addon needs, with errors as exceptions that carry a code.
#pragma once
#include <node_api.h>
#include <string>
#include "bytes.hpp"

namespace homeostat::js {

inline void expect(napi_status status, const char* what) {
  if (status != napi_ok) throw Failure("NATIVE_ARGUMENT", what);
}

inline napi_value errorOf(napi_env env, const char* code, const std::string& message) {
  napi_value jsCode, jsMessage, error;
  napi_create_string_utf8(env, code, NAPI_AUTO_LENGTH, &jsCode);
  napi_create_string_utf8(env, message.data(), message.size(), &jsMessage);
  napi_create_error(env, jsCode, jsMessage, &error);
  return error;
}

/** The arguments of a call, at most six. */
struct Arguments {
  napi_env env;
  std::size_t count = 6;
  napi_value values[6];
  Arguments(napi_env env, napi_callback_info call) : env(env) {
    expect(napi_get_cb_info(env, call, &count, values, nullptr, nullptr), "no arguments");
  }

  napi_valuetype type(std::size_t i) const {
    napi_valuetype type = napi_undefined;
    if (i < count) napi_typeof(env, values[i], &type);
    return type;
  }
  std::string text(std::size_t i) const {
    if (type(i) == napi_undefined) return "";
    std::size_t length = 0;
    expect(napi_get_value_string_utf8(env, values[i], nullptr, 0, &length), "a string was expected");
    std::string out(length, '\0');
    napi_get_value_string_utf8(env, values[i], out.data(), length + 1, &length);
    return out;
  }
  u32 number(std::size_t i) const {
    u32 out = 0;
    expect(i < count ? napi_get_value_uint32(env, values[i], &out) : napi_invalid_arg, "a number was expected");
    return out;
  }
  Bytes bytes(std::size_t i) const {
    napi_typedarray_type kind;
    void* memory = nullptr;
    std::size_t length = 0;
    const bool typed = i < count && napi_get_typedarray_info(env, values[i], &kind, &length, &memory, nullptr, nullptr) == napi_ok;
    if (!typed || kind != napi_uint8_array) throw Failure("NATIVE_ARGUMENT", "a Uint8Array was expected");
    return {static_cast<unsigned char*>(memory), length};
  }
};

inline napi_value text(napi_env env, const std::string& value) {
  napi_value out;
  napi_create_string_utf8(env, value.data(), value.size(), &out);
  return out;
}

inline napi_value number(napi_env env, double value) {
  napi_value out;
  napi_create_double(env, value, &out);
  return out;
}

/** A Buffer with a copy of the bytes. */
inline napi_value bytes(napi_env env, const void* from, std::size_t length) {
  napi_value out;
  void* ignored;
  expect(napi_create_buffer_copy(env, length, from, &ignored, &out), "no memory for a result");
  return out;
}

inline void set(napi_env env, napi_value object, const char* name, napi_value value) {
  napi_set_named_property(env, object, name, value);
}

/** Wraps a function so that a Failure becomes a JavaScript error. */
template <napi_value (*FUNCTION)(napi_env, napi_callback_info)>
napi_value guarded(napi_env env, napi_callback_info call) {
  try {
    return FUNCTION(env, call);
  } catch (const Failure& failure) {
    napi_throw(env, errorOf(env, failure.code, failure.what()));
  } catch (const std::exception& failure) {
    napi_throw(env, errorOf(env, "NATIVE_FAILED", failure.what()));
  }
  return nullptr;
}

template <napi_value (*FUNCTION)(napi_env, napi_callback_info)>
void define(napi_env env, napi_value object, const char* name) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, guarded<FUNCTION>, nullptr, &function);
  set(env, object, name, function);
}

}  // namespace homeostat::js
