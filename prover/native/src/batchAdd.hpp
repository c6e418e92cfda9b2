// Affine additions that share one inversion (Montgomery's trick), for the levels that multiply one element at a time.
#pragma once
#include "curve.hpp"
#include "kernels.hpp"

namespace homeostat {

template <class F>
struct BatchAdd {
  using Point = Affine<F>;
  using Norm = typename F::Norm;
  enum class Shape : unsigned char { GENERIC, DOUBLING, LEFT, RIGHT, NEITHER };
  struct Step {
    F denominator;
    Norm prefix, factor;
    Shape shape;
  };
  /** Products side by side: one hides the latency of another. */
  static constexpr std::size_t CHAINS = 2;

  /** Signs are as good as random: no branch. */
  static Point operand(const void* in, u32 reference) {
    Point p = static_cast<const Point*>(in)[reference >> 1];
    p.y = p.y.negatedIf(reference & 1);
    return p;
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

  static void prefetch(const void* in, u32 reference) {
    const char* const point = reinterpret_cast<const char*>(static_cast<const Point*>(in) + (reference >> 1));
    for (std::size_t line = 0; line < sizeof(Point); line += 64) __builtin_prefetch(point + line);
  }

  static void batch(const void* lefts, const void* rights, void* out, const Addition* additions, std::size_t count, Step* steps) {
    constexpr std::size_t AHEAD = 16;
    Norm products[CHAINS] = {Norm::one(), Norm::one()};
    for (std::size_t i = 0; i < count; i++) {
      if (i + AHEAD < count) {
        prefetch(lefts, additions[i + AHEAD].left);
        prefetch(rights, additions[i + AHEAD].right);
      }
      Step& step = steps[i];
      const F &left = static_cast<const Point*>(lefts)[additions[i].left >> 1].x;
      const F &right = static_cast<const Point*>(rights)[additions[i].right >> 1].x;
      step.shape = Shape::GENERIC;
      step.denominator = right - left;
      if (left.isZero() || right.isZero() || step.denominator.isZero()) [[unlikely]] {
        const Point p = operand(lefts, additions[i].left), q = operand(rights, additions[i].right);
        step.shape = shapeOf(p, q);
        if (step.shape > Shape::DOUBLING) continue;
        if (step.shape == Shape::DOUBLING) step.denominator = p.y.twice();
      }
      Norm& product = products[i % CHAINS];
      step.prefix = product;
      step.factor = step.denominator.norm();
      product = product * step.factor;
    }
    const Norm inverse = (products[0] * products[1]).inverse();
    Norm inverses[CHAINS] = {inverse * products[1], inverse * products[0]};
    for (std::size_t i = count; i-- > 0;) {
      const Point p = operand(lefts, additions[i].left), q = operand(rights, additions[i].right);
      const Step& step = steps[i];
      Point& sum = static_cast<Point*>(out)[additions[i].outIndex];
      if (step.shape > Shape::DOUBLING) [[unlikely]] {
        sum = step.shape == Shape::LEFT ? p : step.shape == Shape::RIGHT ? q : Point::infinity();
        continue;
      }
      Norm& following = inverses[i % CHAINS];
      const F numerator = step.shape == Shape::GENERIC ? q.y - p.y : p.x.square().twice() + p.x.square();
      const F slope = numerator * step.denominator.inverseFrom(following * step.prefix);
      following = following * step.factor;
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
