// What a witness library exports and decides once; included by one of its files.
#pragma once
#include <cstdio>
#include <mutex>
#include "../../src/witnessAbi.hpp"
#include "calculation.hpp"

namespace homeostat {

/** Defined by the generated text. */
const Circuit& circuit();

namespace {

bool hasAdx() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("adx") && __builtin_cpu_supports("bmi2");
#else
  return false;
#endif
}

std::mutex guard;

Calculation& calculation() {
  static Calculation only(circuit());
  return only;
}

std::uint32_t findInput(std::uint64_t hash, std::uint32_t* first) {
  try {
    const std::lock_guard lock(guard);
    for (const InputPlace& place : calculation().dat().inputs) {
      if (place.hash != hash) continue;
      *first = std::uint32_t(place.first) - circuit().firstInput;
      return std::uint32_t(place.size);
    }
  } catch (const std::exception&) {
    // a damaged library has no inputs
  }
  return 0;
}

WitnessOutcome runOne(const unsigned char* inputs, unsigned char* values, char* message, std::size_t room) {
  try {
    const std::lock_guard lock(guard);
    calculation().run(inputs, values);
    return WitnessOutcome::DONE;
  } catch (const Failure& failure) {
    std::snprintf(message, room, "%s", failure.what());
    return std::strcmp(failure.code, "NATIVE_CONSTRAINT") == 0 ? WitnessOutcome::CONSTRAINT : WitnessOutcome::FAULT;
  } catch (const std::exception& failure) {
    std::snprintf(message, room, "%s", failure.what());
    return WitnessOutcome::FAULT;
  }
}

}  // namespace

const bool HAS_ADX = hasAdx();

}  // namespace homeostat

extern "C" __attribute__((visibility("default"))) const homeostat::WitnessTable* homeostatWitness() {
  using namespace homeostat;
  static const WitnessTable table = {WITNESS_ABI, circuit().inputs, circuit().sizes.variables, findInput, runOne};
  return &table;
}
