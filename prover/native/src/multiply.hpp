// Montgomery multiplication, out = a * b / 2^256 mod p, and sums, for a, b < p: once in plain C++, once with mulx / adcx / adox.
#pragma once
#include "modulus.hpp"

namespace homeostat {

/** Plain 64-bit C++: runs everywhere. */
struct Portable {
  template <class M>
  static inline void multiply(u64* out, const u64* a, const u64* b) {
    u64 t[5] = {};
    for (int i = 0; i < 4; i++) {
      u64 carry = 0;
      for (int j = 0; j < 4; j++) {
        const u128 sum = u128(a[j]) * b[i] + t[j] + carry;
        t[j] = u64(sum);
        carry = u64(sum >> 64);
      }
      t[4] = carry;  // p < 2^254, so t stays below 2^256 after each reduction
      const u64 q = t[0] * M::NEG_INV;
      carry = u64((u128(q) * M::P.v[0] + t[0]) >> 64);
      for (int j = 1; j < 4; j++) {
        const u128 sum = u128(q) * M::P.v[j] + t[j] + carry;
        t[j - 1] = u64(sum);
        carry = u64(sum >> 64);
      }
      t[3] = t[4] + carry;
    }
    reduceOnce<M>(out, t);
  }
  template <class M>
  static inline void add(u64* out, const u64* a, const u64* b) {
    u64 sum[4];
    addLimbs(sum, a, b);  // p < 2^254: no carry
    reduceOnce<M>(out, sum);
  }
  template <class M>
  static inline void subtract(u64* out, const u64* a, const u64* b) {
    u64 difference[4];
    const u64 wrapped = 0 - subLimbs(difference, a, b);
    const u64 back[4] = {M::P.v[0] & wrapped, M::P.v[1] & wrapped, M::P.v[2] & wrapped, M::P.v[3] & wrapped};
    addLimbs(out, difference, back);
  }

 private:
  /** From below 2p. */
  template <class M>
  static inline void reduceOnce(u64* out, const u64* t) {
    u64 reduced[4];
    const u64 keep = 0 - subLimbs(reduced, t, M::P.v);
    for (int i = 0; i < 4; i++) out[i] = (t[i] & keep) | (reduced[i] & ~keep);
  }
};

#if defined(__x86_64__)
/** Two carry chains at once (Intel since Broadwell, AMD since Zen). */
struct Adx {
  template <class M>
  static inline void multiply(u64* out, const u64* a, const u64* b) {
    u64 t0 = 0, t1 = 0, t2 = 0, t3 = 0, low, high;
    static constexpr Limbs P = M::P;
    static constexpr u64 NEG_INV = M::NEG_INV;
// One row: t += a * b[i]; then q = t0 * NEG_INV and t = (t + q * p) / 2^64. `high` holds the fifth word meanwhile.
#define HOMEOSTAT_ROW(OFFSET)                                                                     \
  "movq " OFFSET "(%[b]), %%rdx\n\t"                                                              \
  "xorl %k[low], %k[low]\n\t"                                                                     \
  "mulxq 0(%[a]), %[low], %[high]\n\t adoxq %[low], %[t0]\n\t adcxq %[high], %[t1]\n\t"            \
  "mulxq 8(%[a]), %[low], %[high]\n\t adoxq %[low], %[t1]\n\t adcxq %[high], %[t2]\n\t"            \
  "mulxq 16(%[a]), %[low], %[high]\n\t adoxq %[low], %[t2]\n\t adcxq %[high], %[t3]\n\t"           \
  "mulxq 24(%[a]), %[low], %[high]\n\t adoxq %[low], %[t3]\n\t"                                    \
  "movl $0, %k[low]\n\t adcxq %[low], %[high]\n\t adoxq %[low], %[high]\n\t"                       \
  "movq %[t0], %%rdx\n\t imulq %[inv], %%rdx\n\t"                                                 \
  "xorl %k[low], %k[low]\n\t"                                                                     \
  "mulxq %[p0], %[low], %%rax\n\t adcxq %[t0], %[low]\n\t movq %%rax, %[t0]\n\t"                   \
  "adcxq %[t1], %[t0]\n\t mulxq %[p1], %[low], %[t1]\n\t adoxq %[low], %[t0]\n\t"                  \
  "adcxq %[t2], %[t1]\n\t mulxq %[p2], %[low], %[t2]\n\t adoxq %[low], %[t1]\n\t"                  \
  "adcxq %[t3], %[t2]\n\t mulxq %[p3], %[low], %[t3]\n\t adoxq %[low], %[t2]\n\t"                  \
  "movl $0, %k[low]\n\t adcxq %[low], %[t3]\n\t adoxq %[high], %[t3]\n\t"
    asm(HOMEOSTAT_ROW("0") HOMEOSTAT_ROW("8") HOMEOSTAT_ROW("16") HOMEOSTAT_ROW("24")
        : [t0] "+&r"(t0), [t1] "+&r"(t1), [t2] "+&r"(t2), [t3] "+&r"(t3), [low] "=&r"(low), [high] "=&r"(high)
        : [a] "r"(a), [b] "r"(b), [inv] "m"(NEG_INV), [p0] "m"(P.v[0]), [p1] "m"(P.v[1]), [p2] "m"(P.v[2]),
          [p3] "m"(P.v[3]), "m"(*(const u64(*)[4])a), "m"(*(const u64(*)[4])b)
        : "rax", "rdx", "cc");
#undef HOMEOSTAT_ROW
    reduceOnce<M>(out, t0, t1, t2, t3);
  }
  template <class M>
  static inline void add(u64* out, const u64* a, const u64* b) {
    u64 t0 = a[0], t1 = a[1], t2 = a[2], t3 = a[3];
    asm("addq %[b0], %[t0]\n\t adcq %[b1], %[t1]\n\t adcq %[b2], %[t2]\n\t adcq %[b3], %[t3]\n\t"
        : [t0] "+&r"(t0), [t1] "+&r"(t1), [t2] "+&r"(t2), [t3] "+&r"(t3)
        : [b0] "rm"(b[0]), [b1] "rm"(b[1]), [b2] "rm"(b[2]), [b3] "rm"(b[3])
        : "cc");
    reduceOnce<M>(out, t0, t1, t2, t3);
  }
  template <class M>
  static inline void subtract(u64* out, const u64* a, const u64* b) {
    static constexpr Limbs P = M::P;
    u64 t0 = a[0], t1 = a[1], t2 = a[2], t3 = a[3], wrapped;
    asm("subq %[b0], %[t0]\n\t sbbq %[b1], %[t1]\n\t sbbq %[b2], %[t2]\n\t sbbq %[b3], %[t3]\n\t sbbq %[wrapped], %[wrapped]\n\t"
        : [t0] "+&r"(t0), [t1] "+&r"(t1), [t2] "+&r"(t2), [t3] "+&r"(t3), [wrapped] "=&r"(wrapped)
        : [b0] "rm"(b[0]), [b1] "rm"(b[1]), [b2] "rm"(b[2]), [b3] "rm"(b[3])
        : "cc");
    const u64 p0 = P.v[0] & wrapped, p1 = P.v[1] & wrapped, p2 = P.v[2] & wrapped, p3 = P.v[3] & wrapped;
    asm("addq %[p0], %[t0]\n\t adcq %[p1], %[t1]\n\t adcq %[p2], %[t2]\n\t adcq %[p3], %[t3]\n\t"
        : [t0] "+&r"(t0), [t1] "+&r"(t1), [t2] "+&r"(t2), [t3] "+&r"(t3)
        : [p0] "r"(p0), [p1] "r"(p1), [p2] "r"(p2), [p3] "r"(p3)
        : "cc");
    out[0] = t0, out[1] = t1, out[2] = t2, out[3] = t3;
  }

 private:
  /** From below 2p. */
  template <class M>
  static inline void reduceOnce(u64* out, u64 t0, u64 t1, u64 t2, u64 t3) {
    static constexpr Limbs P = M::P;
    u64 s0 = t0, s1 = t1, s2 = t2, s3 = t3;
    asm("subq %[p0], %[s0]\n\t sbbq %[p1], %[s1]\n\t sbbq %[p2], %[s2]\n\t sbbq %[p3], %[s3]\n\t"
        "cmovcq %[t0], %[s0]\n\t cmovcq %[t1], %[s1]\n\t cmovcq %[t2], %[s2]\n\t cmovcq %[t3], %[s3]\n\t"
        : [s0] "+&r"(s0), [s1] "+&r"(s1), [s2] "+&r"(s2), [s3] "+&r"(s3)
        : [t0] "rm"(t0), [t1] "rm"(t1), [t2] "rm"(t2), [t3] "rm"(t3), [p0] "m"(P.v[0]), [p1] "m"(P.v[1]),
          [p2] "m"(P.v[2]), [p3] "m"(P.v[3])
        : "cc");
    out[0] = s0, out[1] = s1, out[2] = s2, out[3] = s3;
  }
};
#else
using Adx = Portable;
#endif

}  // namespace homeostat
