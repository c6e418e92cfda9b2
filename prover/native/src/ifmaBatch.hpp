// Affine additions that share inversions, eight lanes by four groups at a time.
// Include after ifmaSpecial.hpp and ifmaInverse.hpp, inside the same `#pragma GCC target`.

namespace homeostat {

namespace {

/** What the way back needs of a group: all factors before it, and its own. */
template <int PARTS>
struct Step {
  Lanes prefix, factor;
  Coordinate<PARTS> denominator;
  bool special;
};

template <int PARTS>
struct GroupAdd {
  static constexpr std::size_t BYTES = 64 * PARTS;
  static constexpr std::size_t GROUPS = ADDITION_BATCH / 8;

  /** Addresses of eight additions; lanes after the last one add harmless points to each other, into a spare place. */
  struct Group {
    const unsigned char *left[8], *right[8];
    unsigned char* out[8];
    __mmask8 leftNegated = 0, rightNegated = 0;
    void set(const unsigned char* lefts, const unsigned char* rights, unsigned char* target, const Addition* additions, std::size_t count, unsigned char* spare) {
      u32 signs = 0;
      for (std::size_t lane = 0; lane < 8; lane++) {
        if (lane >= count) [[unlikely]] {
          left[lane] = spare;
          right[lane] = spare + BYTES;
          out[lane] = spare + 2 * BYTES;
          continue;
        }
        const Addition& a = additions[lane];
        left[lane] = lefts + std::size_t(a.left >> 1) * BYTES;
        right[lane] = rights + std::size_t(a.right >> 1) * BYTES;
        out[lane] = target + std::size_t(a.outIndex) * BYTES;
        signs |= (a.left & 1) << lane | (a.right & 1) << (lane + 8);
      }
      leftNegated = __mmask8(signs);
      rightNegated = __mmask8(signs >> 8);
    }
    Points<PARTS> leftPoints() const { return pointsOf(left, leftNegated); }
    Points<PARTS> rightPoints() const { return pointsOf(right, rightNegated); }
    static Points<PARTS> pointsOf(const unsigned char* const* from, __mmask8 negated) {
      Points<PARTS> out{gatherX<PARTS>(from), gatherY<PARTS>(from, negated)};
      for (Lanes& part : out.y.part) part = carried(part);
      return out;
    }
  };

  static void add(const void* in, void* out, const Addition* additions, std::size_t count, void* scratch) {
    run(in, in, out, additions, count, scratch);
  }
  static void accumulate(void* buckets, const void* points, const Addition* additions, std::size_t count, void* scratch) {
    run(buckets, points, buckets, additions, count, scratch);
  }

 private:
  static void run(const void* lefts, const void* rights, void* out, const Addition* additions, std::size_t count, void* scratch) {
    for (std::size_t done = 0; done < count; done += ADDITION_BATCH) {
      const std::size_t left = count - done;
      GroupAdd(static_cast<const unsigned char*>(lefts), static_cast<const unsigned char*>(rights), static_cast<unsigned char*>(out),
               additions + done, left < ADDITION_BATCH ? left : ADDITION_BATCH, static_cast<Step<PARTS>*>(scratch))
          .all();
    }
  }

  GroupAdd(const unsigned char* lefts, const unsigned char* rights, unsigned char* out, const Addition* additions, std::size_t count,
           Step<PARTS>* steps)
      : lefts_(lefts), rights_(rights), out_(out), additions_(additions), count_(count), steps_(steps) {
    spare_[0] = 1;
    spare_[BYTES] = 2;
    spare_[BYTES / 2] = spare_[BYTES + BYTES / 2] = 1;
  }

  void all() {
    const std::size_t groups = (count_ + 8 * WIDTH - 1) / (8 * WIDTH) * WIDTH;
    for (Lanes& p : product_) p = broadcast(Q::ONE);
    for (std::size_t g = 0; g < groups; g += WIDTH) forth(g);
    invertLanes(product_);
    for (std::size_t g = groups; g > 0; g -= WIDTH) back(g - WIDTH);
  }

  void setGroup(std::size_t k, std::size_t g) {
    const std::size_t from = g * 8 < count_ ? g * 8 : count_;
    groups_[k].set(lefts_, rights_, out_, additions_ + from, count_ - from, spare_);
  }

  void prefetch(std::size_t g) const {
    const std::size_t from = g * 8, to = from + 8 * WIDTH;
    for (std::size_t i = from; i < to && i < count_; i++) {
      for (std::size_t line = 0; line < BYTES; line += 64) {
        __builtin_prefetch(lefts_ + std::size_t(additions_[i].left >> 1) * BYTES + line);
        __builtin_prefetch(rights_ + std::size_t(additions_[i].right >> 1) * BYTES + line);
      }
    }
  }

  /** Denominators of WIDTH groups from `g` on, and the product of all so far. */
  void forth(std::size_t g) {
    prefetch(g + WIDTH);
    for (std::size_t k = 0; k < WIDTH; k++) {
      setGroup(k, g + k);
      const Group& group = groups_[k];
      const Coordinate<PARTS> left = gatherX<PARTS>(group.left), right = gatherX<PARTS>(group.right);
      Coordinate<PARTS> denominator = difference(right, left);
      const bool special = (isZero(left) | isZero(right) | equal(left, right)) != 0;
      if (special) [[unlikely]] {
        const Points<PARTS> p = group.leftPoints();
        denominator = Special<PARTS>::of(p, group.rightPoints()).denominator(denominator, p);
      }
      steps_[g + k].special = special;
      steps_[g + k].denominator = denominator;
    }
    for (std::size_t k = 0; k < WIDTH; k++) {
      Step<PARTS>& step = steps_[g + k];
      step.prefix = product_[k];
      step.factor = norm(step.denominator);
      product_[k] = mulQ(product_[k], step.factor);
    }
  }

  /** Sums of WIDTH groups from `g` on; `product_` is the inverse of all denominators up to them. */
  void back(std::size_t g) {
    Lanes inverse[WIDTH];
    Points<PARTS> p[WIDTH], sum[WIDTH];
    Coordinate<PARTS> slope[WIDTH], rightX[WIDTH];
    for (std::size_t k = 0; k < WIDTH; k++) inverse[k] = mulQ(product_[k], steps_[g + k].prefix);
    for (std::size_t k = 0; k < WIDTH; k++) product_[k] = mulQ(product_[k], steps_[g + k].factor);
    for (std::size_t k = 0; k < WIDTH; k++) {
      setGroup(k, g + k);
      const Group& group = groups_[k];
      p[k] = {gatherX<PARTS>(group.left), gatherY<PARTS>(group.left, group.leftNegated)};
      rightX[k] = gatherX<PARTS>(group.right);
      Coordinate<PARTS> numerator = difference(gatherY<PARTS>(group.right, group.rightNegated), p[k].y);
      if (steps_[g + k].special) [[unlikely]] {
        const Points<PARTS> left = group.leftPoints();
        numerator = Special<PARTS>::of(left, group.rightPoints()).numerator(numerator, left);
      }
      slope[k] = times(numerator, inverseFrom(steps_[g + k].denominator, inverse[k]));
    }
    for (std::size_t k = 0; k < WIDTH; k++) sum[k].x = squared(slope[k]);
    for (std::size_t k = 0; k < WIDTH; k++) {
      sum[k].x = minusBoth(sum[k].x, p[k].x, rightX[k]);
      sum[k].y = difference(p[k].x, sum[k].x);
    }
    for (std::size_t k = 0; k < WIDTH; k++) sum[k].y = times(slope[k], sum[k].y);
    for (std::size_t k = 0; k < WIDTH; k++) {
      for (int i = 0; i < PARTS; i++)
        sum[k].y.part[i] = canonical<FqModulus>(subtract(sum[k].y.part[i], p[k].y.part[i], Q::P1));
      if (steps_[g + k].special) [[unlikely]] {
        const Points<PARTS> left = groups_[k].leftPoints(), right = groups_[k].rightPoints();
        sum[k] = Special<PARTS>::of(left, right).corrected(sum[k], left, right);
      }
      scatter<PARTS>(groups_[k].out, sum[k]);
    }
  }

 private:
  const unsigned char *const lefts_, *const rights_;
  unsigned char* const out_;
  const Addition* const additions_;
  const std::size_t count_;
  Step<PARTS>* const steps_;
  Lanes product_[WIDTH];
  Group groups_[WIDTH];
  alignas(64) unsigned char spare_[3 * BYTES] = {};
};

}  // namespace

}  // namespace homeostat
