// SPDX-License-Identifier: Apache-2.0
#include "knowledge/gazetteer.h"

#include <zlib.h>

#include <cstring>
#include <stdexcept>
#include <string>

#include "fuzz/targets.h"

namespace dateline::fuzz {

/// The sum is set right, so that what lies behind it is reached: whatever is opened must be whole.
void fuzz_gazetteer(std::string_view bytes) {
  std::string file(bytes);
  constexpr std::size_t kSum = 8, kSummed = 12;
  if (file.size() > kSummed) {
    const auto sum = static_cast<std::uint32_t>(
        adler32_z(adler32_z(0, nullptr, 0), reinterpret_cast<const Bytef*>(file.data() + kSummed),
                  file.size() - kSummed));
    std::memcpy(file.data() + kSum, &sum, sizeof(sum));
  }
  const auto opened = knowledge::Gazetteer::over(file, "fuzzed");
  if (!opened) return;
  for (std::uint32_t e = 0; e < opened->size(); ++e) {
    const auto entry = (*opened)[e];
    if (opened->code(entry.country).size() != 3) throw std::logic_error("a country has no code");
    for (const auto posting : opened->find(knowledge::normalise(entry.name))) {
      if (posting.entry() >= opened->size()) throw std::logic_error("a name leads outside");
    }
  }
}

}  // namespace dateline::fuzz
