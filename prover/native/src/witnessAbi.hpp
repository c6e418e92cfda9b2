// What a witness library (prover/native/witness) exports: plain C, since it is built apart from the addon.
#pragma once
#include <cstddef>
#include <cstdint>

namespace homeostat {

/** Raised with every change of the table below. */
inline constexpr std::uint32_t WITNESS_ABI = 1;
inline constexpr const char* WITNESS_SYMBOL = "homeostatWitness";

enum class WitnessOutcome : int { DONE = 0, CONSTRAINT = 1, FAULT = 2 };

struct WitnessTable {
  std::uint32_t abi;
  /** Signals of the main component that are inputs, and values of the witness, 32 bytes each. */
  std::uint32_t inputs, variables;
  /** Where the inputs of a name begin, by its FNV-1a hash, and how many they are; 0 when there is none such. */
  std::uint32_t (*findInput)(std::uint64_t hash, std::uint32_t* first);
  /** @param message why not, at most `room` bytes with the zero; names no value */
  WitnessOutcome (*run)(const unsigned char* inputs, unsigned char* values, char* message, std::size_t room);
};

}  // namespace homeostat
