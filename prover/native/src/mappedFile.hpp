// A file in memory, read by the system as it is touched and shared by every process that maps it.
#pragma once
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include "bytes.hpp"
#include "liveMemory.hpp"

namespace homeostat {

class MappedFile {
 public:
  /** @throws {Failure} NATIVE_FILE */
  explicit MappedFile(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe is refused below, not waited for
    if (file < 0) throw Failure("NATIVE_FILE", "cannot open " + path + ": " + std::strerror(errno));
    struct stat status {};
    const bool readable = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
    void* memory = readable ? mmap(nullptr, std::size_t(status.st_size), PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
    close(file);
    if (memory == MAP_FAILED) throw Failure("NATIVE_FILE", path + " is empty or not a file that can be mapped");
    bytes_ = {static_cast<const unsigned char*>(memory), std::size_t(status.st_size)};
    LiveMemory::add(bytes_.size);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile() {
    LiveMemory::remove(bytes_.size);
    munmap(const_cast<unsigned char*>(bytes_.at), bytes_.size);
  }
  Bytes bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

}  // namespace homeostat
