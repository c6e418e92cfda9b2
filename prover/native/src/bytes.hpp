// Reading files that nobody has checked: every access stays inside the file or throws.
#pragma once
#include <map>
#include "failure.hpp"
#include "modulus.hpp"

namespace homeostat {

/** A part of a file. */
struct Bytes {
  const unsigned char* at = nullptr;
  std::size_t size = 0;

  /** @throws {Failure} `code` when the part ends before */
  Bytes part(std::size_t offset, std::size_t length, const char* code, const char* what) const {
    if (offset > size || length > size - offset) throw Failure(code, std::string("the file ends inside ") + what);
    return {at + offset, length};
  }
  template <class T>
  T number(std::size_t offset, const char* code, const char* what) const {
    T value;
    std::memcpy(&value, part(offset, sizeof(T), code, what).at, sizeof(T));
    return value;
  }
};

/** The sections of one of iden3's binary files (magic, version, then type, length and content of each section). */
class Sections {
 public:
  Sections(Bytes file, const char* magic, u32 maximumVersion, const char* code) : code_(code) {
    if (std::memcmp(file.part(0, 4, code, "the header").at, magic, 4) != 0)
      throw Failure(code, std::string("the file does not begin with '") + magic + "'");
    if (file.number<u32>(4, code, "the header") > maximumVersion) throw Failure(code, "the file's version is not known");
    const u32 count = file.number<u32>(8, code, "the header");
    std::size_t offset = 12;
    for (u32 i = 0; i < count; i++) {
      const u32 type = file.number<u32>(offset, code, "a section header");
      const u64 length = file.number<u64>(offset + 4, code, "a section header");
      const Bytes section = file.part(offset + 12, length, code, "a section");
      if (!sections_.emplace(type, section).second) throw Failure(code, "section " + std::to_string(type) + " occurs twice");
      offset += 12 + length;
    }
  }

  Bytes get(u32 type) const {
    const auto found = sections_.find(type);
    if (found == sections_.end()) throw Failure(code_, "section " + std::to_string(type) + " is missing");
    return found->second;
  }
  /** A section of exactly this length. */
  Bytes get(u32 type, u64 length) const {
    const Bytes section = get(type);
    if (section.size != length)
      throw Failure(code_, "section " + std::to_string(type) + " has " + std::to_string(section.size) + " bytes instead of " +
                               std::to_string(length));
    return section;
  }

 private:
  const char* const code_;
  std::map<u32, Bytes> sections_;
};

/** Checks that a length-prefixed modulus is the one expected; returns the offset after it. */
inline std::size_t expectModulus(Bytes section, std::size_t offset, const Limbs& p, const char* code) {
  if (section.number<u32>(offset, code, "a modulus") != 32 ||
      std::memcmp(section.part(offset + 4, 32, code, "a modulus").at, p.v, 32) != 0)
    throw Failure(code, "the file is not over BN254");
  return offset + 36;
}

}  // namespace homeostat
