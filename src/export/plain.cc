// The formats that `timeline` and `accounts` print, too: JSON Lines, and CSV of one row a
// happening. SPDX-License-Identifier: Apache-2.0
#include "export/csv.h"
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

class HappeningsCsv : public Writer {
 public:
  void begin(std::string& out) override { append_happenings_csv_header(out); }

  std::size_t add(const Happening& happening, std::string& out) override {
    append_csv(happening, out);
    return 1;
  }
};

}  // namespace

Result<std::unique_ptr<Writer>> open_json_lines() { return std::make_unique<JsonLines>(); }
Result<std::unique_ptr<Writer>> open_happenings_csv() { return std::make_unique<HappeningsCsv>(); }

}  // namespace dateline::exporting
