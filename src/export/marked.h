// What a report tells as marks on its text: the words of each event and of its parties, place, day
// and numbers, in code points.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "export/corrected.h"

namespace dateline::exporting {

/// role: "" (the event itself) | Actor | Recipient | Place | Day | Dead | Wounded | ...
struct Mark {
  std::string role;
  CodePointSpan at;
  std::string words;
};

struct MarkedEvent {
  const Event* event = nullptr;
  std::string state;
  std::vector<Mark> marks;  ///< The event itself first.
};

/// What has no words is left out.
std::vector<MarkedEvent> marked_events(const CorrectedReport& report);

std::vector<ReportFile> as_spacy(const CorrectedReport& report);
std::vector<ReportFile> as_chronology(const CorrectedReport& report);
std::vector<ReportFile> as_brat(const CorrectedReport& report);
std::string brat_configuration();

}  // namespace dateline::exporting
