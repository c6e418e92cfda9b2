// A Groth16 proof from a key and a witness, by the formulas of snarkjs: with equal blinding factors the proofs are equal.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>
#include "levels.hpp"
#include "mappedFile.hpp"
#include "provingKey.hpp"
#include "quotient.hpp"
#include "tableFile.hpp"

namespace homeostat {

/** A key that stays loaded: its file, its checked contents and the roots of unity of its domain. */
class LoadedKey {
 public:
  LoadedKey(const std::string& path, const Level& level);
  LoadedKey(Buffer file, const Level& level);

  const Level& level;
  const ProvingKey& key() const { return key_; }
  const TransformKernel& transform() const;
  /** Made by the first proof. */
  const Roots& roots(const Workers& workers);
  /** Tables for every later proof. */
  void useTables(std::shared_ptr<const TableFile> tables);
  /** The tables in use; null for none. */
  std::shared_ptr<const TableFile> tables() const;

 private:
  std::unique_ptr<MappedFile> mapped_;
  Buffer file_;
  ProvingKey key_;
  mutable std::mutex guard_;
  std::unique_ptr<Roots> roots_;
  std::shared_ptr<const TableFile> tables_;
};

/** Integers below r that make a proof reveal nothing; wiped after use. */
struct Blinding {
  Limbs r, s;
  ~Blinding() { wipe(this, sizeof *this); }
  /** From the system's random source. */
  static Blinding random();
};

/** Phases of a proof, for measuring: seconds each. */
struct PhaseTimes {
  double quotient, a, b1, b2, c, h;
};

struct Proof {
  /** a.x, a.y, b.x.re, b.x.im, b.y.re, b.y.im, c.x, c.y: integers, 32 bytes each, least significant first. */
  unsigned char points[256];
  std::vector<unsigned char> publicSignals;
  /** Wall time, and processor time of the whole process. */
  PhaseTimes times, processor;
  /** Field multiplications of the kernels: 6 per addition in G1, 15 in G2, 1 per butterfly, coefficient and row. */
  u64 multiplications;
};

/** @throws {Failure} NATIVE_WITNESS_SIZE, NATIVE_CANCELLED */
Proof prove(LoadedKey& key, const Witness& witness, const Blinding& blinding, const Workers& workers);

}  // namespace homeostat
