// A circuit's witness library (prover/native/witness), loaded into this process.
#pragma once
#include <dlfcn.h>
#include <string>
#include "buffer.hpp"
#include "bytes.hpp"
#include "witnessAbi.hpp"

namespace homeostat {

class WitnessLibrary {
 public:
  /** @throws {Failure} NATIVE_FILE */
  explicit WitnessLibrary(const std::string& path) : handle_(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) throw Failure("NATIVE_FILE", "cannot load " + path);
    const auto entry = reinterpret_cast<const WitnessTable* (*)()>(dlsym(handle_, WITNESS_SYMBOL));
    table_ = entry == nullptr ? nullptr : entry();
    if (table_ != nullptr && table_->abi == WITNESS_ABI) return;
    dlclose(handle_);
    throw Failure("NATIVE_FILE", path + " is no witness library of this version");
  }
  WitnessLibrary(const WitnessLibrary&) = delete;
  WitnessLibrary& operator=(const WitnessLibrary&) = delete;
  ~WitnessLibrary() { dlclose(handle_); }

  u32 inputs() const { return table_->inputs; }

  /** How many inputs have this name, and where the first of them lies; 0 when none has. */
  u32 find(const std::string& name, u32& first) const {
    u64 hash = 0xcbf29ce484222325;  // FNV-1a: how circom names inputs
    for (const unsigned char letter : name) hash = (hash ^ letter) * 0x100000001b3;
    return table_->findInput(hash, &first);
  }

  /**
   * @param inputs integers below r of 32 bytes, as many as `inputs()`
   * @returns a .wtns file, version 2
   * @throws {Failure} NATIVE_CONSTRAINT with the place in the circuit, NATIVE_WITNESS
   */
  Buffer calculate(Bytes inputs) const {
    if (inputs.size != std::size_t(table_->inputs) * 32) throw Failure("NATIVE_WITNESS", "not all inputs are given");
    for (u32 i = 0; i < table_->inputs; i++) {
      Limbs value{};
      std::memcpy(value.v, inputs.at + std::size_t(i) * 32, 32);
      if (!lessLimbs(value.v, FrModulus::P.v)) throw Failure("NATIVE_WITNESS", "an input is not below r");
    }
    Buffer file(HEADER_BYTES + std::size_t(table_->variables) * 32);
    writeHeader(file.as());
    char message[512] = "";
    const WitnessOutcome outcome = table_->run(inputs.at, file.as() + HEADER_BYTES, message, sizeof message);
    if (outcome == WitnessOutcome::DONE) return file;
    throw Failure(outcome == WitnessOutcome::CONSTRAINT ? "NATIVE_CONSTRAINT" : "NATIVE_WITNESS", message);
  }

 private:
  static constexpr std::size_t HEADER_BYTES = 76;

  void writeHeader(unsigned char* out) const {
    const auto put = [&](std::size_t at, u64 value, std::size_t bytes) { std::memcpy(out + at, &value, bytes); };
    std::memcpy(out, "wtns", 4);
    put(4, 2, 4);  // version
    put(8, 2, 4);  // sections
    put(12, 1, 4);
    put(16, 40, 8);
    put(24, 32, 4);  // bytes of a value
    std::memcpy(out + 28, FrModulus::P.v, 32);
    put(60, table_->variables, 4);
    put(64, 2, 4);
    put(68, u64(table_->variables) * 32, 8);
  }

  void* const handle_;
  const WitnessTable* table_;
};

}  // namespace homeostat
