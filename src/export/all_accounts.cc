// The formats that `timeline` and `accounts` print, too: JSON Lines, and CSV of one row a
// happening. SPDX-License-Identifier: Apache-2.0
#include "export/json_lines.h"
#include "export/writers.h"

namespace dateline::exporting {

namespace {

class JsonLines : public Writer {
 public:
  std::size_t add(const Happening& happening, std::string& out) override {
    append_accounts(happening, out);
    return 1;
  }
};

}  // namespace

Result<std::unique_ptr<Writer>> open_json_lines(const std::string&) {
  return std::make_unique<JsonLines>();
}

}  // namespace dateline::exporting
