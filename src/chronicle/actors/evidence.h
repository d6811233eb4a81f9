// How much speaks for two personas being one actor.
//
// A persona is what entities of reports have in common that nothing tells apart: one name, country,
// sector and time. Signs are added up; from kSame on two are linked. Everything here is a function
// of the two personas, so that the order of ingest changes nothing. The weights were chosen by
// reading (docs/quality.md): better apart than wrong.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chronicle/matching/profile.h"

namespace dateline::chronicle::actors {

struct Persona {
  std::int64_t row = 0;
  std::int64_t actor = 0;
  bool is_person = false;
  bool fixed = false;                   ///< Joined with nothing.
  std::string key;                      ///< Of its name.
  std::vector<std::string> other_keys;  ///< Of other names that reports give it, in order.
  std::vector<std::string> well_told;   ///< Those of them that several reports give it.
  std::string country;                  ///< Empty, sure, or with "~": that of its report.
  std::string sector;
  std::int64_t reports = 0;
  matching::Day first = matching::kNoDay, last = matching::kNoDay;  ///< On which it is named.
  std::string published, content, id;                               ///< Of its earliest entity.
};

/// What is said of both: how many of each kind.
struct Shared {
  std::int64_t events = 0;        ///< A happening of one type and day in which both take part.
  std::int64_t companions = 0;    ///< Somebody named beside both.
  std::int64_t roles = 0;         ///< "interior minister"
  std::int64_t masters = 0;       ///< Whom they are something of.
  std::int64_t weeks = 0;         ///< In which both are named.
  std::int64_t outlet_weeks = 0;  ///< And by one outlet.
};

/// From here on two personas are linked.
inline constexpr double kSame = 3;

/// Below kSame where they are likelier two.
double likeness(const Persona& a, const Persona& b, const Shared& shared);

/// Whether the two cannot both be what a third is, unless they are linked themselves.
bool contradict(const Persona& a, const Persona& b);

/// Groups of personas, each in order: those linked, the most alike first, as long as no two that
/// contradict each other and have no link of their own meet. A persona that is as like two that
/// contradict each other is linked with neither.
struct Link {
  std::size_t a = 0, b = 0;  ///< a < b
  double likeness = 0;
};
std::vector<std::vector<std::size_t>> grouped(const std::vector<Persona>& personas,
                                              const std::vector<Link>& links);

}  // namespace dateline::chronicle::actors
