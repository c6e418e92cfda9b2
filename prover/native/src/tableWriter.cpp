// Making a key's tables and their file.
#include <cstdio>
#include "groth16.hpp"
#include "tableFile.hpp"
#include "tableMaker.hpp"

namespace homeostat {

namespace {

using Places = TablePlaces;

/** A file that gets its name only when it is whole. */
class TableWriter {
 public:
  explicit TableWriter(const std::string& path) : path_(path), temporary_(path + ".making-" + std::to_string(getpid())) {
    file_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file_ < 0) fail();
  }
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;
  ~TableWriter() {
    if (file_ < 0) return;
    close(file_);
    unlink(temporary_.c_str());
  }

  /** @param bytes a multiple of 64 */
  void add(const unsigned char* at, std::size_t bytes) {
    const std::size_t unsummed = written_ < Places::SUMMED ? Places::SUMMED - written_ : 0;
    sum_.add(at + unsummed, bytes - unsummed);
    for (std::size_t done = 0; done < bytes;) {
      const ssize_t wrote = ::write(file_, at + done, bytes - done);
      if (wrote < 0 && errno != EINTR) fail();
      if (wrote > 0) done += std::size_t(wrote);
    }
    written_ += bytes;
  }

  void finish() {
    const u64 sum = sum_.value();
    if (pwrite(file_, &sum, 8, Places::CHECKSUM) != 8 || fsync(file_) != 0) fail();
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail();
    close(file_);
    file_ = -1;
  }

 private:
  [[noreturn]] void fail() const { throw Failure("NATIVE_FILE", "cannot write " + temporary_ + ": " + std::strerror(errno)); }

  const std::string path_, temporary_;
  int file_ = -1;
  std::size_t written_ = 0;
  Checksum sum_;
};

/** Signals of constraints b * (b - 1) = ..., which are bits of nearly every circuit: a guess, only good for speed. */
std::vector<char> bitSignals(const ProvingKey& key) {
  std::vector<char> out(key.variables, 0);
  for (u32 row = 0; row < key.domain; row++) {
    u32 signal = 0;
    bool seen[2] = {false, false}, constant[2] = {false, false}, single = true;
    for (u32 at = key.rows()[row]; at < key.rows()[row + 1]; at++) {
      const Coefficient entry = key.coefficient(at);
      if (entry.signal == 0) constant[entry.matrix] = true;
      else if (signal == 0 || signal == entry.signal) signal = entry.signal, seen[entry.matrix] = true;
      else single = false;
    }
    if (single && seen[0] && seen[1] && constant[0] != constant[1]) out[signal] = 1;
  }
  return out;
}

/** Bases worth a table: those that are not infinity and whose scalar is not a bit. */
std::vector<u32> worthwhile(Bytes bases, std::size_t pointBytes, const std::vector<char>* bits, std::size_t firstSignal) {
  static constexpr unsigned char ZERO[128] = {};
  std::vector<u32> out;
  for (std::size_t i = 0; i < bases.size / pointBytes; i++) {
    if (bits != nullptr && (*bits)[firstSignal + i]) continue;
    if (std::memcmp(bases.at + i * pointBytes, ZERO, pointBytes) != 0) out.push_back(u32(i));
  }
  return out;
}

template <class T>
void put(std::vector<unsigned char>& out, std::size_t at, T value) {
  std::memcpy(out.data() + at, &value, sizeof value);
}

}  // namespace

TableOwner ownerOf(const LoadedKey& loaded, const unsigned char* keyDigest) {
  const ProvingKey& key = loaded.key();
  TableOwner out{{}, std::string("ifma") == loaded.level.name ? 52u : 64u, {}};
  std::memcpy(out.keyDigest, keyDigest, 32);
  const u32 counts[TABLE_COUNT] = {key.variables, key.variables, key.variables, key.variables - key.publics - 1, key.domain};
  for (u32 i = 0; i < TABLE_COUNT; i++) out.bases[i] = {counts[i], i == TABLE_B2 ? std::size_t(128) : std::size_t(64)};
  return out;
}

void makeTables(const LoadedKey& loaded, const std::string& path, const unsigned char* keyDigest, u64 limit, const Workers& workers) {
  const ProvingKey& key = loaded.key();
  const TableOwner owner = ownerOf(loaded, keyDigest);
  const std::vector<char> bits = bitSignals(key);
  const Bytes bases[TABLE_COUNT] = {key.a, key.b1, key.b2, key.c, key.h};
  std::vector<u32> covered[TABLE_COUNT];
  TableDemand demands[TABLE_COUNT];
  std::size_t length = Places::HEADER;
  for (u32 i = 0; i < TABLE_COUNT; i++) {
    covered[i] = worthwhile(bases[i], owner.bases[i].pointBytes, i == TABLE_H ? nullptr : &bits, i == TABLE_C ? key.publics + 1 : 0);
    demands[i] = {u32(covered[i].size()), owner.bases[i].pointBytes};
    length += Places::padded(covered[i].size() * 4);
  }
  const TableLayout layout = TableLayout::within(limit > length ? limit - length : 0, demands);
  if (layout.bytes(demands) == 0) throw Failure(TABLE_CODE, "no table fits into " + std::to_string(limit) + " bytes");

  length = Places::HEADER;
  std::vector<unsigned char> header(Places::HEADER);
  for (u32 i = 0; i < TABLE_COUNT; i++) {
    const TableShape shape = layout.shape[i];
    if (shape.none()) continue;
    length += Places::padded(covered[i].size() * 4) + shape.bytes(demands[i]);
    put(header, Places::SHAPES + 12 * i, shape.bits);
    put(header, Places::SHAPES + 12 * i + 4, shape.sets);
    put(header, Places::SHAPES + 12 * i + 8, demands[i].count);
  }
  std::memcpy(header.data(), Places::MAGIC, 8);
  put(header, 8, Places::VERSION);
  put(header, Places::FORM, owner.limbBits);
  std::memcpy(header.data() + Places::KEY, keyDigest, 32);
  put(header, Places::LENGTH, u64(length));
  put(header, Places::LIMIT, limit);
  TableWriter writer(path);
  writer.add(header.data(), header.size());
  for (u32 i = 0; i < TABLE_COUNT; i++) {
    const TableShape shape = layout.shape[i];
    if (shape.none()) continue;
    std::vector<unsigned char> list(Places::padded(covered[i].size() * 4));
    std::memcpy(list.data(), covered[i].data(), covered[i].size() * 4);
    writer.add(list.data(), list.size());
    const PointTable table{Windows::of(shape.bits), shape.sets, demands[i].count, covered[i].data(), nullptr};
    const GroupKernel& kernel = i == TABLE_B2 ? loaded.level.g2 : loaded.level.g1;
    makeCopies(kernel, workers, table, bases[i].at, [&](const unsigned char* copy, std::size_t bytes) { writer.add(copy, bytes); });
  }
  writer.finish();
}

}  // namespace homeostat
