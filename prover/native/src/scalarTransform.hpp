// Transforms for the levels that multiply one element at a time.
#pragma once
#include <algorithm>
#include "field.hpp"
#include "kernels.hpp"

namespace homeostat {

template <class F>
struct ScalarTransform {
  static void import(void* out, const void* in, std::size_t blocks) {
    if (out != in) std::memcpy(out, in, blocks * 8 * sizeof(F));
  }

  static void inverseLayer(void* x, std::size_t size, const void* twiddles, std::size_t from, std::size_t to) {
    const std::size_t half = size / 2;
    F *low = static_cast<F*>(x), *high = low + half;
    const F* roots = static_cast<const F*>(twiddles) + half;
    for (std::size_t j = from * 8; j < std::min(to * 8, half); j++) {
      const F difference = low[j] - high[j];
      low[j] = low[j] + high[j];
      high[j] = difference * roots[j];
    }
  }

  static void forwardLayer(void* x, std::size_t size, const void* twiddles, std::size_t from, std::size_t to) {
    const std::size_t half = size / 2;
    F *low = static_cast<F*>(x), *high = low + half;
    const F* roots = static_cast<const F*>(twiddles) + half;
    for (std::size_t j = from * 8; j < std::min(to * 8, half); j++) {
      const F turned = high[j] * roots[j];
      high[j] = low[j] - turned;
      low[j] = low[j] + turned;
    }
  }

  static void inverse(void* x, std::size_t size, const void* twiddles) {
    if (size < 2) return;
    inverseLayer(x, size, twiddles, 0, size);
    inverse(x, size / 2, twiddles);
    inverse(static_cast<F*>(x) + size / 2, size / 2, twiddles);
  }

  static void forward(void* x, std::size_t size, const void* twiddles) {
    if (size < 2) return;
    forward(x, size / 2, twiddles);
    forward(static_cast<F*>(x) + size / 2, size / 2, twiddles);
    forwardLayer(x, size, twiddles, 0, size);
  }

  static void scale(void* x, const void* factors, std::size_t blocks) {
    F* values = static_cast<F*>(x);
    for (std::size_t i = 0; i < blocks * 8; i++) values[i] = values[i] * static_cast<const F*>(factors)[i];
  }

  static void join(void* scalars, const void* a, const void* b, const void* c, std::size_t blocks) {
    for (std::size_t i = 0; i < blocks * 8; i++) {
      const F value = static_cast<const F*>(a)[i] * static_cast<const F*>(b)[i] - static_cast<const F*>(c)[i];
      static_cast<F*>(scalars)[i] = value.fromMontgomery();
    }
  }

  static constexpr TransformKernel kernel() {
    return {8 * sizeof(F), 2, import, inverseLayer, forwardLayer, inverse, forward, scale, join};
  }
};

}  // namespace homeostat
