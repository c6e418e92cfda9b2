#include "tableFile.hpp"
#include "failure.hpp"

namespace homeostat {

namespace {

using Places = TablePlaces;

[[noreturn]] void refuse(const std::string& path, const char* reason) { throw Failure(TABLE_CODE, path + " " + reason); }

}  // namespace

TableFile::TableFile(const std::string& path, const TableOwner& owner) : file_(path) {
  const Bytes all = file_.bytes();
  if (all.size < Places::HEADER) refuse(path, "is too short for tables");
  const auto number = [&]<class T>(std::size_t at, T) { return all.number<T>(at, TABLE_CODE, "the header"); };
  if (std::memcmp(all.at, Places::MAGIC, 8) != 0) refuse(path, "does not hold tables");
  if (number(8, u32{}) != Places::VERSION) refuse(path, "holds tables of another version");
  if (std::memcmp(all.at + Places::KEY, owner.keyDigest, 32) != 0) refuse(path, "holds the tables of another key");
  if (number(Places::FORM, u32{}) != owner.limbBits) refuse(path, "holds tables for another dispatch level");
  if (number(Places::LENGTH, u64{}) != all.size || all.size % 64 != 0) refuse(path, "does not have the length that it names");
  Checksum sum;
  sum.add(all.at + Places::SUMMED, all.size - Places::SUMMED);
  if (number(Places::CHECKSUM, u64{}) != sum.value()) refuse(path, "was changed: its checksum does not fit");

  limit_ = number(Places::LIMIT, u64{});
  std::size_t at = Places::HEADER;
  for (u32 i = 0; i < TABLE_COUNT; i++) {
    const std::size_t shape = Places::SHAPES + 12 * i;
    const u32 bits = number(shape, u32{}), sets = number(shape + 4, u32{}), count = number(shape + 8, u32{});
    if (count == 0) continue;
    if (bits < 2 || bits > 20 || sets < 1 || sets > Windows::of(bits).count || count > owner.bases[i].count)
      refuse(path, "has a table of a shape that cannot be");
    PointTable& table = tables_.table[i];
    table.windows = Windows::of(bits);
    table.sets = sets;
    table.count = count;
    const std::size_t points = std::size_t(table.copies()) * count * owner.bases[i].pointBytes;
    table.indices = reinterpret_cast<const u32*>(all.part(at, std::size_t(count) * 4, TABLE_CODE, "its bases").at);
    at += Places::padded(std::size_t(count) * 4);
    table.points = all.part(at, points, TABLE_CODE, "its points").at;
    at += points;
    for (u32 k = 0; k < count; k++) {
      if (table.indices[k] >= owner.bases[i].count || (k > 0 && table.indices[k] <= table.indices[k - 1]))
        refuse(path, "has a table for bases that the key does not have");
    }
  }
  if (at != all.size) refuse(path, "has more than its tables");
}

}  // namespace homeostat
