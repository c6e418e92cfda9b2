// Poseidon over the scalar field with circomlib's constants, in the form with sparse matrices for the partial rounds.
#pragma once
#include <utility>
#include <vector>
#include "fieldSums.hpp"
#include "ifma.hpp"

namespace homeostat {

/** Widths of the state: one more than inputs, which are 1 to 16. */
inline constexpr u32 POSEIDON_MIN_WIDTH = 2, POSEIDON_MAX_WIDTH = 17;
inline constexpr u32 POSEIDON_FULL_ROUNDS = 8;
/** By width, from 2 on: the tables of the Poseidon paper, as circomlib rounds them. */
inline constexpr u32 POSEIDON_PARTIAL_ROUNDS[] = {56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65, 70, 60, 64, 68};

/** One width's constants; matrices by column, as the sums run. */
template <class Fr>
class Poseidon {
 public:
  /** Counts of round constants, of the full matrix and of sparse rows, in the order of the constants. */
  struct Shape {
    std::size_t rounds, matrix, sparse;
    std::size_t total() const { return rounds + 2 * matrix + sparse; }
  };
  static Shape shapeOf(u32 width) {
    const std::size_t partial = POSEIDON_PARTIAL_ROUNDS[width - POSEIDON_MIN_WIDTH];
    return {POSEIDON_FULL_ROUNDS * width + partial, std::size_t(width) * width, partial * (2 * width - 1)};
  }

  /** @param constants integers of 32 bytes: round constants C, matrices M and P by row, sparse rows S */
  Poseidon(u32 width, const unsigned char* constants) : width_(width), partial_(POSEIDON_PARTIAL_ROUNDS[width - POSEIDON_MIN_WIDTH]) {
    const Shape shape = shapeOf(width);
    const auto read = [&](std::size_t count) {
      std::vector<Fr> out(count);
      for (Fr& value : out) {
        value = Fr::load(constants).toMontgomery();
        constants += 32;
      }
      return out;
    };
    rounds_ = read(shape.rounds);
    full_ = transposed(read(shape.matrix));
    last_ = transposed(read(shape.matrix));
    sparse_ = read(shape.sparse);
  }

  /** The constants for eight lanes, which live as long as `memory`. */
  WidePoseidon widened(std::vector<Limbs52>& memory) const {
    memory.clear();
    for (const auto* part : {&rounds_, &full_, &last_, &sparse_})
      for (const Fr& value : *part) {
        const Fr sixteen = value.twice().twice().twice().twice();  // from R = 2^256 to 2^260
        memory.push_back(split(Limbs{{sixteen.v[0], sixteen.v[1], sixteen.v[2], sixteen.v[3]}}));
      }
    const Limbs52* at = memory.data();
    const auto next = [&](const std::vector<Fr>& part) { return std::exchange(at, at + part.size()); };
    WidePoseidon out{width_, partial_, nullptr, nullptr, nullptr, nullptr};
    out.rounds = next(rounds_);
    out.full = next(full_);
    out.last = next(last_);
    out.sparse = next(sparse_);
    return out;
  }

  /** @param inputs width - 1 elements in Montgomery form */
  Fr hash(const Fr* inputs) const {
    Value state[POSEIDON_MAX_WIDTH];
    const Fr* constants = rounds_.data();
    state[0] = Sums::of(*constants++);
    for (u32 i = 1; i < width_; i++) state[i] = Sums::of(inputs[i - 1] + *constants++);
    for (u32 round = 1; round < POSEIDON_FULL_ROUNDS / 2; round++) fullRound(state, constants, full_);
    fullRound(state, constants, last_);
    for (u32 round = 0; round < partial_; round++) partialRound(state, *constants++, &sparse_[round * (2 * width_ - 1)]);
    for (u32 round = 1; round < POSEIDON_FULL_ROUNDS / 2; round++) fullRound(state, constants, full_);
    for (u32 i = 0; i < width_; i++) state[i] = fifthPlus(Fr::zero(), state[i]);
    return Sums::exact(dot(full_.data(), state));
  }

 private:
  using Sums = FieldSums<Fr>;
  using Value = typename Sums::Value;

  static Value fifthPlus(const Fr& constant, const Value& x) { return Sums::sum(Sums::of(constant), Sums::square(Sums::square(x)), x); }

  std::vector<Fr> transposed(const std::vector<Fr>& rows) const {
    std::vector<Fr> out(rows.size());
    for (u32 i = 0; i < width_; i++)
      for (u32 j = 0; j < width_; j++) out[i * width_ + j] = rows[j * width_ + i];
    return out;
  }

  Value dot(const Fr* row, const Value* state) const { return Sums::sum(Sums::of(Fr::zero()), row, state, width_); }

  void fullRound(Value* state, const Fr*& constants, const std::vector<Fr>& matrix) const {
    for (u32 i = 0; i < width_; i++) state[i] = fifthPlus(*constants++, state[i]);
    Value next[POSEIDON_MAX_WIDTH];
    for (u32 i = 0; i < width_; i++) next[i] = dot(&matrix[i * width_], state);
    std::copy_n(next, width_, state);
  }

  void partialRound(Value* state, const Fr& constant, const Fr* row) const {
    state[0] = fifthPlus(constant, state[0]);
    const Value first = dot(row, state);
    for (u32 i = 1; i < width_; i++) state[i] = Sums::sum(state[i], &row[width_ + i - 1], &state[0], 1);
    state[0] = first;
  }

  const u32 width_, partial_;
  std::vector<Fr> rounds_, full_, last_, sparse_;
};

}  // namespace homeostat
