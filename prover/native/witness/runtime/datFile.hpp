// The .dat file that circom writes beside its C++: main inputs, the witness' signals, constants, inputs and outputs by template.
#pragma once
#include <vector>
#include "../../src/bytes.hpp"
#include "element.hpp"

namespace homeostat {

/** A main input: the FNV hash of its name, its first signal and how many it has. */
struct InputPlace {
  u64 hash, first, size;
};

/** Where an input or output lies in its component. The names are the generated code's. */
struct IOFieldDef {
  u32 offset, size;
  std::vector<u32> lengths;
};
struct IOFieldDefPair {
  std::vector<IOFieldDef> defs;
};

/** How many entries the file's parts have; only the generated C++ tells. */
struct DatSizes {
  u32 inputSlots, variables, constants, ioTemplates, templates;
};

struct DatFile {
  std::vector<InputPlace> inputs;
  std::vector<u32> witnessSignals;
  std::vector<FrElement> constants;
  /** By template. */
  std::vector<IOFieldDefPair> io;

  /** @throws {Failure} NATIVE_WITNESS when it ends early */
  DatFile(Bytes file, const DatSizes& sizes) : file_(file) {
    for (u32 i = 0; i < sizes.inputSlots; i++) {
      const u64 hash = next<u64>(), first = next<u64>(), size = next<u64>();
      if (first != 0) inputs.push_back({hash, first, size});
    }
    for (u32 i = 0; i < sizes.variables; i++) witnessSignals.push_back(u32(next<u64>()));
    for (u32 i = 0; i < sizes.constants; i++) constants.push_back(nextConstant());
    io.resize(sizes.templates);
    std::vector<u32> described(sizes.ioTemplates);
    for (u32& each : described) each = next<u32>();
    for (const u32 each : described) io.at(each) = nextFields();
  }

 private:
  template <class T>
  T next() {
    const T value = file_.number<T>(offset_, "NATIVE_WITNESS", "the constants of a witness library");
    offset_ += sizeof(T);
    return value;
  }

  /** A small number, a type and four limbs. */
  FrElement nextConstant() {
    constexpr u32 LONG = 1u << 31, MONTGOMERY = 1u << 30;
    FrElement out{};
    const u32 small = next<u32>(), type = next<u32>();
    Limbs value{};
    for (u64& limb : value.v) limb = next<u64>();
    if ((type & LONG) == 0) {
      setSmall(&out, std::int32_t(small));
      return out;
    }
    if ((type & MONTGOMERY) != 0) {
      const Fr integer = Fr::fromLimbs(value).fromMontgomery();
      value = {{integer.v[0], integer.v[1], integer.v[2], integer.v[3]}};
    }
    const Limbs opposite = negateModulo(value);
    FrElement negative{};
    setInteger(&out, value);
    setInteger(&negative, opposite);
    if (isSmall(&out)) return out;
    if (isSmall(&negative)) setSmall(&out, -smallOf(&negative));
    else setMontgomery(&out, Fr::fromLimbs(value).toMontgomery());
    return out;
  }

  IOFieldDefPair nextFields() {
    IOFieldDefPair out;
    for (u32 left = next<u32>(); left > 0; left--) {
      IOFieldDef field{};
      field.offset = next<u32>();
      for (u32 dimensions = next<u32>(); dimensions > 0; dimensions--) field.lengths.push_back(next<u32>());
      field.size = next<u32>();
      next<u32>();  // the bus, which generated code of our circuits does not ask for
      out.defs.push_back(std::move(field));
    }
    return out;
  }

  const Bytes file_;
  std::size_t offset_ = 0;
};

}  // namespace homeostat
