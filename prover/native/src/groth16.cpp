#include "groth16.hpp"
#include <sys/random.h>
#include <chrono>
#include <ctime>
#include "tableMsm.hpp"

namespace homeostat {

LoadedKey::LoadedKey(const std::string& path, const Level& level)
    : level(level), mapped_(std::make_unique<MappedFile>(path)), key_(mapped_->bytes()) {}

LoadedKey::LoadedKey(Buffer file, const Level& level)
    : level(level), file_(std::move(file)), key_(Bytes{file_.as(), file_.bytes()}) {}

const TransformKernel& LoadedKey::transform() const {
  return key_.domain < level.transform.minimum ? levelNamed("portable").transform : level.transform;
}

const Roots& LoadedKey::roots(const Workers& workers) {
  const std::lock_guard lock(guard_);
  if (!roots_) roots_ = std::make_unique<Roots>(Quotient<Curves<Portable>::Fr>(transform(), workers).roots(key_.domain));
  return *roots_;
}

void LoadedKey::useTables(std::shared_ptr<const TableFile> tables) {
  const std::lock_guard lock(guard_);
  tables_ = std::move(tables);
}

std::shared_ptr<const TableFile> LoadedKey::tables() const {
  const std::lock_guard lock(guard_);
  return tables_;
}

Blinding Blinding::random() {
  Blinding out{};
  for (Limbs* value : {&out.r, &out.s}) {
    do {
      if (getrandom(value->v, 32, 0) != 32) throw Failure("NATIVE_RANDOM", "the system gives no random bytes");
      value->v[3] &= ~u64(0) >> 2;  // r is just above 3/4 of 2^254: one or two tries
    } while (!lessLimbs(value->v, FrModulus::P.v));
  }
  return out;
}

namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double processorNow() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

template <class Multiply>
Proof proveWith(LoadedKey& loaded, const Witness& witness, const Blinding& blinding, const Workers& workers) {
  using Fq = typename Curves<Multiply>::Fq;
  using Fr = typename Curves<Multiply>::Fr;
  using Fq2 = typename Curves<Multiply>::Fq2;
  const ProvingKey& key = loaded.key();
  const SpareBlocks::Keep keep;
  Proof proof{};
  double before = now(), processorBefore = processorNow();
  const auto lap = [&](double PhaseTimes::*phase) {
    proof.times.*phase = now() - before;
    proof.processor.*phase = processorNow() - processorBefore;
    before += proof.times.*phase;
    processorBefore += proof.processor.*phase;
  };
  const std::shared_ptr<const TableFile> file = loaded.tables();
  const KeyTables tables = file ? file->tables() : KeyTables{};
  TableMsm<Fq> msm1(loaded.level.g1, workers);
  TableMsm<Fq2> msm2(loaded.level.g2, workers);
  const auto g1 = [&](TableOf table, Bytes bases, const unsigned char* scalars) {
    return msm1.run(tables.table[table], bases.at, scalars, bases.size / 64);
  };
  const auto one = [](Bytes point) { return Affine<Fq>::load(point.at); };
  const auto two = [](Bytes point) { return Affine<Fq2>::load(point.at); };

  const Buffer scalars = Quotient<Fr>(loaded.transform(), workers).scalars(key, witness, loaded.roots(workers));
  lap(&PhaseTimes::quotient);
  const Jacobian<Fq> sumH = g1(TABLE_H, key.h, scalars.as());
  lap(&PhaseTimes::h);
  const Jacobian<Fq> sumA = g1(TABLE_A, key.a, witness.values);
  lap(&PhaseTimes::a);
  const Jacobian<Fq> sumB1 = g1(TABLE_B1, key.b1, witness.values);
  lap(&PhaseTimes::b1);
  const Jacobian<Fq2> sumB2 = msm2.run(tables.table[TABLE_B2], key.b2.at, witness.values, key.variables);
  lap(&PhaseTimes::b2);
  const Jacobian<Fq> sumC = g1(TABLE_C, key.c, witness.values + (std::size_t(key.publics) + 1) * 32);
  lap(&PhaseTimes::c);
  const u64 n = key.domain, butterflies = 3 * n * u64(__builtin_ctz(key.domain));
  proof.multiplications = 6 * msm1.additions + 15 * msm2.additions + butterflies + 7 * n + key.coefficients;

  const auto delta1 = Jacobian<Fq>::from(one(key.delta1));
  const auto a = sumA + one(key.alpha1) + delta1.times(blinding.r);
  const auto b = sumB2 + two(key.beta2) + Jacobian<Fq2>::from(two(key.delta2)).times(blinding.s);
  const auto b1 = sumB1 + one(key.beta1) + delta1.times(blinding.s);
  const Fr product = (Fr::fromLimbs(blinding.r).toMontgomery() * Fr::fromLimbs(blinding.s).toMontgomery()).fromMontgomery();
  const Limbs rs{{product.v[0], product.v[1], product.v[2], product.v[3]}};
  const auto c = sumC + sumH + a.times(blinding.s) + b1.times(blinding.r) + -delta1.times(rs);

  const auto affineA = a.toAffine(), affineC = c.toAffine();
  const auto affineB = b.toAffine();
  affineA.x.fromMontgomery().store(proof.points);
  affineA.y.fromMontgomery().store(proof.points + 32);
  affineB.x.fromMontgomery().store(proof.points + 64);
  affineB.y.fromMontgomery().store(proof.points + 128);
  affineC.x.fromMontgomery().store(proof.points + 192);
  affineC.y.fromMontgomery().store(proof.points + 224);
  proof.publicSignals.assign(witness.values + 32, witness.values + 32 + std::size_t(key.publics) * 32);
  return proof;
}

}  // namespace

Proof prove(LoadedKey& key, const Witness& witness, const Blinding& blinding, const Workers& workers) {
  if (witness.count != key.key().variables)
    throw Failure("NATIVE_WITNESS_SIZE", "the witness has " + std::to_string(witness.count) + " values, the circuit " +
                                             std::to_string(key.key().variables));
  const bool portable = std::string("portable") == key.level.name;
  return portable ? proveWith<Portable>(key, witness, blinding, workers) : proveWith<Adx>(key, witness, blinding, workers);
}

}  // namespace homeostat
