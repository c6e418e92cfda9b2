// Affine additions that share one inversion (Montgomery's trick), for the levels that multiply one element at a time.
#pragma once
#include "curve.hpp"
#include "kernels.hpp"

namespace homeostat {

template <class F>
struct BatchAdd {
  using Point = Affine<F>;
  enum class Shape : unsigned char { GENERIC, DOUBLING, LEFT, RIGHT, NEITHER };
  struct Step {
    F denominator, prefix;
    Shape shape;
  };

  static Point operand(const void* in, u32 reference) {
    const Point p = static_cast<const Point*>(in)[reference >> 1];
    return reference & 1 ? -p : p;
  }

  static Shape shapeOf(const Point& p, const Point& q) {
    if (p.isInfinity()) return q.isInfinity() ? Shape::NEITHER : Shape::RIGHT;
    if (q.isInfinity()) return Shape::LEFT;
    if (!(p.x == q.x)) return Shape::GENERIC;
    return p.y == q.y ? Shape::DOUBLING : Shape::NEITHER;
  }

  static void add(const void* in, void* out, const Addition* additions, std::size_t count, void* scratch) {
    run(in, in, out, additions, count, scratch);
  }
  static void accumulate(void* buckets, const void* points, const Addition* additions, std::size_t count, void* scratch) {
    run(buckets, points, buckets, additions, count, scratch);
  }
  static void run(const void* lefts, const void* rights, void* out, const Addition* additions, std::size_t count, void* scratch) {
    for (std::size_t done = 0; done < count; done += ADDITION_BATCH) {
      const std::size_t left = count - done;
      batch(lefts, rights, out, additions + done, left < ADDITION_BATCH ? left : ADDITION_BATCH, static_cast<Step*>(scratch));
    }
  }

  static void batch(const void* lefts, const void* rights, void* out, const Addition* additions, std::size_t count, Step* steps) {
    F product = F::one();
    for (std::size_t i = 0; i < count; i++) {
      const Point p = operand(lefts, additions[i].left), q = operand(rights, additions[i].right);
      Step& step = steps[i];
      step.shape = shapeOf(p, q);
      step.prefix = product;
      if (step.shape > Shape::DOUBLING) continue;
      step.denominator = step.shape == Shape::GENERIC ? q.x - p.x : p.y.twice();
      product = product * step.denominator;
    }
    F inverse = product.inverse();
    for (std::size_t i = count; i-- > 0;) {
      const Point p = operand(lefts, additions[i].left), q = operand(rights, additions[i].right);
      const Step& step = steps[i];
      Point& sum = static_cast<Point*>(out)[additions[i].outIndex];
      if (step.shape > Shape::DOUBLING) {
        sum = step.shape == Shape::LEFT ? p : step.shape == Shape::RIGHT ? q : Point::infinity();
        continue;
      }
      const F numerator = step.shape == Shape::GENERIC ? q.y - p.y : p.x.square().twice() + p.x.square();
      const F slope = numerator * (inverse * step.prefix);
      inverse = inverse * step.denominator;
      const F x = slope.square() - p.x - q.x;
      sum = {x, slope * (p.x - x) - p.y};
    }
  }

  static void copy(void* out, const void* in, std::size_t points) { std::memcpy(out, in, points * sizeof(Point)); }

  static constexpr GroupKernel kernel() {
    return {sizeof(Point), sizeof(Step) * ADDITION_BATCH, copy, copy, add, accumulate};
  }
};

}  // namespace homeostat
