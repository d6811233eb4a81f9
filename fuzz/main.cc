// The libFuzzer entry of one target, DATELINE_FUZZ_TARGET.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>

#include "fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  dateline::fuzz::DATELINE_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
