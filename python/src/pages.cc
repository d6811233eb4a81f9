// A whole store in pages: reports, happenings with their accounts, and what people corrected. Who
// takes a page asks for the next one when there is room for it, so memory stays flat.
// SPDX-License-Identifier: Apache-2.0
#include <nanobind/nanobind.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>

#include <string>
#include <utility>
#include <vector>

#include "border.h"
#include "export/corrected.h"
#include "export/json_lines.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace dateline::python {

namespace {

/// [(handle, the record as JSON)]
nb::list reports(const Chronicle& chronicle, const std::string& after, std::size_t limit) {
  std::vector<std::pair<std::string, std::string>> page;
  {
    const nb::gil_scoped_release unlocked;
    value_of(chronicle.reports(after, limit, [&](const StoredReport& report) {
      append_json(report.record, page.emplace_back(report.ref.handle, "").second);
      return true;
    }));
  }
  nb::list all;
  for (const auto& [handle, json] : page) all.append(nb::make_tuple(handle, bytes_of(json)));
  return all;
}

/// Happenings with all accounts as JSON Lines, and the cursor to go on from.
nb::tuple happenings(const Chronicle& chronicle, const std::string& after, std::size_t limit) {
  std::string lines, cursor;
  {
    const nb::gil_scoped_release unlocked;
    cursor = value_of(chronicle.changes(after, limit, [&](const Change& change) {
      if (change.happening) exporting::append_accounts(*change.happening, lines);
      return true;
    }));
  }
  return nb::make_tuple(bytes_of(lines), cursor);
}

/// The reports that people corrected, in a format of one stream: a file's bytes.
nb::bytes corrected(const Chronicle& chronicle, const std::string& format) {
  std::string all;
  {
    const nb::gil_scoped_release unlocked;
    const auto* wanted = value_of(exporting::corrected_format_called(format));
    value_of(chronicle.corrected_reports([&](const CorrectedReport& report) {
      for (const exporting::ReportFile& file : wanted->write(report)) all += file.text;
      return true;
    }));
  }
  return bytes_of(all);
}

}  // namespace

void add_pages(nb::class_<Chronicle>& chronicle) {
  chronicle.def("reports", &reports, "after"_a, "limit"_a)
      .def("happenings", &happenings, "after"_a, "limit"_a)
      .def("corrected", &corrected, "format"_a);
}

}  // namespace dateline::python
