// The file with a key's tables, little-endian: what it belongs to, a checksum, the shape of each table, then for each table
// the covered bases and their points. Everything lies at multiples of 64 bytes.
#pragma once
#include <string>
#include "mappedFile.hpp"
#include "pointTable.hpp"
#include "tableLayout.hpp"

namespace homeostat {

inline constexpr const char* TABLE_CODE = "NATIVE_TABLES";

/** What tables have to fit. */
struct TableOwner {
  /** SHA-256 of the key's file. */
  unsigned char keyDigest[32];
  /** Bits of a limb in the level's form: 52 stands for R = 2^260, 64 for R = 2^256. */
  u32 limbBits;
  /** Bases of each table's sum, and the size of a point. */
  TableDemand bases[TABLE_COUNT];
};

/** A checksum that any change of one word changes; whoever wants to deceive can, and gets proofs that do not verify. */
class Checksum {
 public:
  /** @param bytes a multiple of 32 */
  void add(const unsigned char* at, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; i += 32) {
      for (int lane = 0; lane < 4; lane++) {
        u64 word;
        std::memcpy(&word, at + i + 8 * lane, 8);
        lanes_[lane] = ((lanes_[lane] ^ word) << 29 | (lanes_[lane] ^ word) >> 35) * MULTIPLIER;
      }
    }
  }
  u64 value() const {
    u64 out = 0;
    for (const u64 lane : lanes_) out = (out ^ lane ^ lane >> 32) * MULTIPLIER;
    return out;
  }

 private:
  static constexpr u64 MULTIPLIER = 0x9e3779b97f4a7c15;
  u64 lanes_[4] = {1, 2, 3, 4};
};

/** Where things lie in the file. */
struct TablePlaces {
  static constexpr char MAGIC[9] = "HOMTABLE";
  static constexpr u32 VERSION = 1;
  static constexpr std::size_t FORM = 12, KEY = 16, LENGTH = 48, CHECKSUM = 56, SUMMED = 64, LIMIT = 64, SHAPES = 72, HEADER = 192;
  static constexpr std::size_t padded(std::size_t bytes) { return (bytes + 63) / 64 * 64; }
};

/** Tables in a mapped file, checked. */
class TableFile {
 public:
  /** @throws {Failure} NATIVE_FILE, NATIVE_TABLES */
  TableFile(const std::string& path, const TableOwner& owner);

  const KeyTables& tables() const { return tables_; }
  std::size_t bytes() const { return file_.bytes().size; }
  /** Bytes that the tables were to keep within when they were made. */
  u64 limit() const { return limit_; }

 private:
  MappedFile file_;
  KeyTables tables_;
  u64 limit_ = 0;
};

class LoadedKey;
class Workers;

/** @param keyDigest 32 bytes */
TableOwner ownerOf(const LoadedKey& key, const unsigned char* keyDigest);

/**
 * Makes the tables of a key that save most within `limit` bytes, and writes them to `path`, whole or not at all.
 * @throws {Failure} NATIVE_FILE when the file cannot be written, NATIVE_TABLES when the limit is too small for any
 */
void makeTables(const LoadedKey& key, const std::string& path, const unsigned char* keyDigest, u64 limit, const Workers& workers);

}  // namespace homeostat
