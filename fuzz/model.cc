// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "fuzz/targets.h"
#include "language/model_file.h"

namespace dateline::fuzz {

void fuzz_model(std::string_view bytes) {
  const auto file = language::MessagePack::parse(std::string(bytes), "fuzzed");
  if (file) language::find(file->root(), "nodes");
}

}  // namespace dateline::fuzz
