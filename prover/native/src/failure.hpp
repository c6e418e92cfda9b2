// Everything that can go wrong, by the code that JavaScript sees. A message never holds a witness value.
#pragma once
#include <stdexcept>
#include <string>

namespace homeostat {

class Failure : public std::runtime_error {
 public:
  Failure(const char* code, const std::string& message) : std::runtime_error(message), code(code) {}
  const char* const code;
};

}  // namespace homeostat
