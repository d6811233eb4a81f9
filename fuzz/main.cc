// The libFuzzer entry of one target, DATELINE_FUZZ_TARGET.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "dateline/reader.h"
#include "fuzz/targets.h"

/// Targets that read skip what they cannot open, for tests replay seeds without models; a run of
/// the fuzzer would find nothing in millions of inputs.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  dateline::ReaderOptions options;
  options.depth = dateline::Depth::kFast;
  const auto reader = dateline::Reader::open(options);
  if (reader) return 0;
  std::fprintf(stderr, "fuzz: %s\n", reader.error().message.c_str());
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  dateline::fuzz::DATELINE_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
