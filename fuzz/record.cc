// SPDX-License-Identifier: Apache-2.0
#include "dateline/record.h"

#include <stdexcept>
#include <string>

#include "fuzz/targets.h"

namespace dateline::fuzz {

void fuzz_record(std::string_view bytes) {
  const auto record = record_from_json(bytes);
  if (!record) {
    if (record.error().offset.value_or(0) > bytes.size()) {
      throw std::logic_error("the mistake lies beyond the input");
    }
    return;
  }
  std::string json;
  append_json(*record, json);
  const auto again = record_from_json(json);
  if (!again) throw std::logic_error("what was read is refused when it is written");
  std::string twice;
  append_json(*again, twice);
  if (json != twice) throw std::logic_error("JSON changes when it is read and written again");
}

}  // namespace dateline::fuzz
