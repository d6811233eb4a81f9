// Five reports of one attack, by four outlets that tell different numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chronicle/sample.h"

namespace dateline::test {

/// One outlet's report of an attack, or of a meeting on the same day.
inline Sample report(const std::string& outlet, const std::string& date, const std::string& dead) {
  Sample sample("id-" + outlet + date,
                "Gunmen attacked the post of Varrengate on Monday, killing " + dead +
                    " soldiers, " + outlet +
                    " learned. Ambassador Quellmar met Minister Ostrowen in "
                    "Brimholt.",
                date, "https://" + outlet + "/" + date);
  const std::string who = sample.entity("Varrengate Brigade", "Gunmen");
  const std::string place = sample.place("Varrengate", "IRN");
  Event& attack = sample.event("ASSAULT", "attacked", "2026-03-09");
  attack.incident = "i1";
  attack.actors.push_back({who, sample.span("Gunmen")});
  attack.place = place;
  attack.main = true;
  attack.confidence = .9;
  attack.quantities.push_back(sample.quantity(dead, std::stod(dead), "dead"));
  Event& meeting = sample.event("CONSULT", "met", "2026-03-09");
  meeting.incident = "i2";
  meeting.main = false;
  meeting.confidence = .8;
  return sample;
}

inline std::vector<Sample> five() {
  return {report("a.example", "2026-03-09", "4"), report("b.example", "2026-03-10", "9"),
          report("c.example", "2026-03-10", "9"), report("a.example", "2026-03-11", "7"),
          report("d.example", "2026-03-12", "9")};
}

}  // namespace dateline::test
