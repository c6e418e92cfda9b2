// What circom's generated code works on: signals, components, and each template's local variables.
#pragma once
#include <algorithm>
#include <memory>
#include <memory_resource>
#include "arithmetic.hpp"
#include "checked.hpp"
#include "comparisons.hpp"
#include "datFile.hpp"
#include "integers.hpp"

namespace homeostat {

using uint = unsigned int;
class Calculation;
using Circom_CalcWit = Calculation;  // the generated code's name
using Locals = Checked<FrElement>;

/** Local variables [first, first + count). */
struct Range {
  u32 first, count;
};

/** A generated function, and the numbers by which it differs from template to template. */
struct Body {
  void (*function)(uint ctx_index, Calculation* ctx, Locals lvar, const int* parameter);
  const int* parameter;
  void operator()(u32 component, Calculation* ctx, Locals lvar) const { function(component, ctx, lvar, parameter); }
};

/** A template with its parameters. Its local variables begin each run as its prologue, which no input reaches, left them. */
struct Template {
  const char* name;
  Body prologue, run;
  u32 inputs, subcomponents, locals;
  /** The local variables that a run writes. */
  const Range* written;
  u32 writtenRanges;
};

/** What the generated file tells of a circuit. */
struct Circuit {
  const Template* templates;
  u32 mainTemplate, signals, firstInput, inputs, components;
  DatSizes sizes;
  Bytes dat;
};

struct Component {
  u32 templateId, inputCounter, idFather;
  u64 signalStart;
  Checked<u32> subcomponents{nullptr, 0};
};

/** One calculation at a time. */
class Calculation {
  const Circuit& circuit_;
  DatFile dat_;

 public:
  explicit Calculation(const Circuit& circuit)
      : circuit_(circuit),
        dat_(circuit.dat, circuit.sizes),
        signals_(circuit.signals),
        components_(circuit.components),
        locals_(circuit.sizes.templates),
        signalValues(signals_.data(), signals_.size()),
        componentMemory(components_.data(), components_.size()),
        templateInsId2IOSignalInfo(dat_.io.data(), dat_.io.size()) {
    for (const u32 signal : dat_.witnessSignals) (void)signalValues[signal];
    if (circuit.signals == 0 || u64(circuit.firstInput) + circuit.inputs > circuit.signals) refuseIndex();
  }

  const DatFile& dat() const { return dat_; }
  /** Generated code names them by numbers below their count. */
  FrElement* constants() { return dat_.constants.data(); }

  /**
   * @param inputs the main component's, in its order: integers below p of 32 bytes
   * @param values the witness, likewise
   * @throws {Failure} NATIVE_CONSTRAINT, NATIVE_WITNESS
   */
  void run(const unsigned char* inputs, unsigned char* values) {
    struct Wiping {
      Calculation& self;
      ~Wiping() { self.wipeAll(); }
    } const wiping{*this};
    setSmall(&signalValues[0], 1);
    for (u32 i = 0; i < circuit_.inputs; i++) {
      Limbs value{};
      std::memcpy(value.v, inputs + std::size_t(i) * 32, 32);
      setInteger(&signalValues[circuit_.firstInput + i], value);
    }
    create(circuit_.mainTemplate, 1, 0, 0);
    run(circuit_.mainTemplate, 0);
    for (const u32 signal : dat_.witnessSignals) {
      const Limbs value = integerOf(&signalValues[signal]);
      std::memcpy(values, value.v, 32);
      values += 32;
    }
  }

  void create(u32 templateId, u64 signalStart, u32 component, u32 father) {
    const Template& kind = circuit_.templates[templateId];
    auto* subcomponents = static_cast<u32*>(subcomponents_.allocate(kind.subcomponents * sizeof(u32), alignof(u32)));
    std::fill_n(subcomponents, kind.subcomponents, 0);
    componentMemory[component] = {templateId, kind.inputs, father, signalStart, {subcomponents, kind.subcomponents}};
  }

  void run(u32 templateId, u32 component) {
    const Template& kind = circuit_.templates[templateId];
    TemplateLocals& locals = locals_[templateId];
    if (!locals.values) prepare(kind, locals, component);
    else restore(kind, locals);
    kind.run(component, this, {locals.values.get(), kind.locals});
  }

  /** A constraint or an assertion fails. */
  [[noreturn, gnu::cold, gnu::noinline]] void refuse(u32 component, const char* place, int line) const {
    std::string path = std::string(place) + ":" + std::to_string(line);
    for (u32 at = component; at != 0;) {
      at = componentMemory[at].idFather;
      path += std::string(" in ") + circuit_.templates[componentMemory[at].templateId].name;
    }
    throw Failure("NATIVE_CONSTRAINT", path);
  }

 private:
  /** Local variables of a template, and what its prologue left in those that runs write. */
  struct TemplateLocals {
    std::unique_ptr<FrElement[]> values;
    std::vector<FrElement> initial;
  };

  void prepare(const Template& kind, TemplateLocals& locals, u32 component) {
    auto values = std::make_unique<FrElement[]>(std::size_t(kind.locals) + 1);
    kind.prologue(component, this, {values.get(), kind.locals});
    for (u32 i = 0; i < kind.writtenRanges; i++) {
      const FrElement* first = values.get() + kind.written[i].first;
      locals.initial.insert(locals.initial.end(), first, first + kind.written[i].count);
    }
    locals.values = std::move(values);
  }

  static void restore(const Template& kind, TemplateLocals& locals) {
    const FrElement* initial = locals.initial.data();
    for (u32 i = 0; i < kind.writtenRanges; i++) {
      const auto [first, count] = kind.written[i];
      std::memcpy(locals.values.get() + first, initial, count * sizeof(FrElement));
      initial += count;
    }
  }

  /** Nothing of the inputs stays in memory, and the next run finds everything as the first did. */
  void wipeAll() noexcept {
    wipe(signals_.data(), signals_.size() * sizeof(FrElement));
    for (u32 i = 0; i < circuit_.sizes.templates; i++)
      if (locals_[i].values) restore(circuit_.templates[i], locals_[i]);
    subcomponents_.release();
    wipeStack();
  }
  /** What the generated code's own variables left below. */
  [[gnu::noinline]] static void wipeStack() {
    unsigned char below[1 << 16];
    wipe(below, sizeof below);
  }

  std::vector<FrElement> signals_;
  std::vector<Component> components_;
  std::pmr::monotonic_buffer_resource subcomponents_{1 << 20};
  std::vector<TemplateLocals> locals_;

 public:
  // under the names that generated code uses
  const Checked<FrElement> signalValues;
  const Checked<Component> componentMemory;
  const Checked<IOFieldDefPair> templateInsId2IOSignalInfo;
};

/** A constraint or an assertion of circom's code fails. */
[[noreturn, gnu::cold, gnu::noinline]] inline void refuse(const Calculation* ctx, u64 component, const char* place, int line) {
  ctx->refuse(u32(component), place, line);
}

/** What circom's code takes for granted. */
inline void require(bool holds) {
  if (!holds) throw Failure("NATIVE_WITNESS", "a component is run before it has its inputs");
}

/** Local variables [first, first + count) become constants, named by their places in the circuit's table. */
inline void fill(Calculation* ctx, const Locals& lvar, u32 first, const u32* places, u32 count) {
  for (u32 i = 0; i < count; i++) Fr_copy(&lvar[first + i], ctx->constants() + places[i]);
}

}  // namespace homeostat
