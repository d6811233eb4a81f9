// SPDX-License-Identifier: Apache-2.0
#include "export/corrected.h"

#include "dateline/event_types.h"
#include "export/marked.h"

namespace dateline::exporting {

namespace {

constexpr CorrectedFormat kCorrectedFormats[] = {
    {"spacy", "JSON Lines, a report each: text and labelled spans, as spaCy's Example.from_dict",
     false, as_spacy, nullptr},
    {"chronology", "JSON Lines, a report each: its happenings with all that is told of each", false,
     as_chronology, nullptr},
    {"brat", "a directory of standoff files, NAME.txt and NAME.ann, for brat", true, as_brat,
     brat_configuration},
};

}  // namespace

std::span<const CorrectedFormat> corrected_formats() { return kCorrectedFormats; }

Result<const CorrectedFormat*> corrected_format_called(std::string_view name) {
  std::vector<std::string_view> names;
  for (const CorrectedFormat& format : kCorrectedFormats) {
    if (format.name == name) return &format;
    names.push_back(format.name);
  }
  return fail(5001, no_such("format of corrections", name, names));
}

}  // namespace dateline::exporting
