// SPDX-License-Identifier: Apache-2.0
#include "language/safetensors.h"

#include <string>

#include "fuzz/targets.h"

namespace dateline::fuzz {

void fuzz_safetensors(std::string_view bytes) {
  auto file = language::Safetensors::parse(std::string(bytes), "fuzzed");
  if (!file) return;
  file->f32("a", file->shape("a"));
  file->i8("b", file->shape("b"));
}

}  // namespace dateline::fuzz
