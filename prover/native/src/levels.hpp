// The dispatch levels of this build, and which of them this processor can run.
#pragma once
#include <string>
#include <vector>
#include "kernels.hpp"

namespace homeostat {

/** Levels that this processor runs, the fastest first; "portable" is always there. */
const std::vector<const Level*>& availableLevels();

/** @throws {Failure} NATIVE_LEVEL when there is no such level here; an empty name means the fastest */
const Level& levelNamed(const std::string& name);

}  // namespace homeostat
