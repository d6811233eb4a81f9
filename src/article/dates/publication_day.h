// Which of the days that a page names is that of its publication.
//
// Every day found is a candidate, and whatever names it is a sign: what the page states to machines
// and where, what it shows and where, what else says the same. The signs' weights were learned from
// pages whose day a person found (knowledge/page_day_signs.tsv), against the chance that none of
// the days is it; so what a day is trusted is the share of such days that were right.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/result.h"

namespace dateline::article {

/// In the order of the names below.
enum class DaySign : std::uint8_t {
  // Stated to machines.
  kJsonLd,         ///< datePublished.
  kJsonLdCreated,  ///< dateCreated and the like.
  kMeta,           ///< A <meta> for the day of publication,
  kMetaLoose,      ///< or for some day.
  kItem,           ///< itemprop="datePublished",
  kItemLoose,      ///< or some other.
  kUrl,            ///< The page's address.
  kScript,         ///< JSON in a script.
  kModified,       ///< Stated as the day of the last change.
  // Shown near the headline or in the article's first lines.
  kTimeNear,     ///< A <time>,
  kTimeNamed,    ///< whose names say that it is of publication.
  kLabelled,     ///< After words such as "published".
  kMarked,       ///< In an element for dates, bylines or the like.
  kBare,         ///< A line of its own.
  kLead,         ///< Before the first words of the article.
  kFirst,        ///< The first one shown.
  kShownUpdate,  ///< After words such as "updated", or in an element so named.
  // Shown elsewhere.
  kAbove,
  kBelowLabelled,
  kBelow,
  kTimeFar,
  kFar,
  // What else speaks for it or against it.
  kUrlMonth,      ///< The address names its month.
  kStatedChange,  ///< Stated for publication and change alike, where another day is shown.
  kShownChange,   ///< The day of the last change, shown as if it were that of publication.
  kCount
};

constexpr std::array<std::string_view, static_cast<std::size_t>(DaySign::kCount)> kDaySignNames = {
    "json_ld",
    "json_ld_created",
    "meta",
    "meta_loose",
    "item",
    "item_loose",
    "url",
    "script",
    "modified",
    "time_near",
    "time_named",
    "labelled",
    "marked",
    "bare",
    "lead",
    "first",
    "shown_update",
    "above",
    "below_labelled",
    "below",
    "time_far",
    "far",
    "url_month",
    "stated_change",
    "shown_change"};

using DaySigns = std::uint32_t;
constexpr DaySigns bit(DaySign sign) { return DaySigns{1} << static_cast<unsigned>(sign); }

/// What the signs are worth (knowledge/page_day_signs.tsv).
class DayModel {
 public:
  static Result<DayModel> load(const std::filesystem::path& path);

  double weight(DaySign sign) const { return weights_[static_cast<std::size_t>(sign)]; }
  double none() const { return none_; }
  /// What a record says of where a date is from; empty for signs that name no day themselves.
  const std::string& from(DaySign sign) const { return from_[static_cast<std::size_t>(sign)]; }

 private:
  std::array<double, kDaySignNames.size()> weights_{};
  std::array<std::string, kDaySignNames.size()> from_;
  double none_ = 0;
};

class PublicationDay {
 public:
  /// `retrieved`: when the page was fetched; days after it are refused. Empty: not known.
  explicit PublicationDay(std::string retrieved = {}) : retrieved_(std::move(retrieved)) {}

  /// `value`: a day or an instant, ISO 8601; an empty one says nothing. `other`: the day it is
  /// where the page writes days otherwise; empty where there is but one way to read it.
  void add(std::string_view value, DaySign sign, std::string_view other = {});
  void add_modified(std::string_view value);
  /// Marks the candidates of a month, "2026-03".
  void add_month(std::string_view month) { month_ = month; }

  bool empty() const { return candidates_.empty(); }
  /// Whether the one day known is that of an instant in UTC and may be another by the outlet's
  /// clock.
  bool is_near_midnight() const;
  bool knows(std::string_view value) const;

  struct Candidate {
    std::string day;
    std::vector<std::pair<DaySign, std::string>> told;  ///< By what, with the value as it stood.
    DaySigns signs = 0;
    std::string other;  ///< The day all that tell of it may mean instead.
  };
  /// All candidates with all signs.
  std::vector<Candidate> candidates() const;

  struct Choice {
    std::string value, from;
    double confidence = 0;
  };
  /// Nothing in it where it is more probable that no candidate is right.
  Choice choose(const DayModel& model) const;
  const std::string& modified() const { return modified_; }

 private:
  bool is_possible(std::string_view value) const;

  std::string retrieved_, modified_, month_;
  std::vector<Candidate> candidates_;
};

}  // namespace dateline::article
