// SPDX-License-Identifier: Apache-2.0
#include "export/told.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "export/wording.h"

namespace dateline::exporting {

namespace {

/// The first account that says so, one that affirms it before one that denies it.
const TimelineEvent* type_teller(const Happening& happening) {
  const TimelineEvent* found = nullptr;
  for (const Account& account : happening.accounts) {
    if (account.told.type != happening.type) continue;
    if (account.told.polarity != "negated") return &account.told;
    if (found == nullptr) found = &account.told;
  }
  return found;
}

/// By an account whose outlet gave no other numbers later, if one tells it: of others it may be
/// another number that was given anew.
Told number_told(const Happening& happening, std::string_view counts, double value) {
  for (const bool superseded : {false, true}) {
    for (const Account& account : happening.accounts) {
      if (account.superseded != superseded || account.replaced || account.copied) continue;
      for (const HowMany& counted : account.told.quantities) {
        if (counted.counts == counts && counted.value == value) {
          return {number(value), counted.words, &account.told};
        }
      }
    }
  }
  return {number(value), {}, nullptr};
}

}  // namespace

const TimelineEvent& day_teller(const Happening& happening) {
  const auto tells = [&](const Account& account) {
    const TimelineEvent& told = account.told;
    return std::tuple(told.begin == happening.begin && told.end == happening.end,
                      told.day_from == "person", told.day_from == "text");
  };
  return std::ranges::max_element(happening.accounts, {}, tells)->told;
}

std::string standing_day(const Happening& happening) {
  if (!happening.begin.empty()) return happening.begin;
  if (!happening.end.empty()) return happening.end;
  return day_of(happening.accounts.front().told.report);
}

ToldHappening::ToldHappening(const Happening& of)
    : happening(of), fullest(of.accounts[of.fullest].told) {
  if (const TimelineEvent* teller = type_teller(of)) type = {of.type, teller->trigger, teller};
  if (const std::string told = days(of.begin, of.end); !told.empty()) {
    const TimelineEvent& teller = day_teller(of);
    day = {told, teller.day_words, &teller};
  }
  if (!fullest.actors.empty()) {
    actors = {names(fullest.actors), words_of(fullest.actors), &fullest};
  }
  if (!fullest.recipients.empty()) {
    recipients = {names(fullest.recipients), words_of(fullest.recipients), &fullest};
  }
  if (fullest.place) place = {exporting::place(fullest), fullest.place->words, &fullest};
  for (const Toll& toll : of.tolls) {
    tolls.push_back(
        {toll.counts, toll.low, toll.best, toll.high, number_told(of, toll.counts, toll.low),
         number_told(of, toll.counts, toll.best), number_told(of, toll.counts, toll.high)});
  }
  for (const Account& account : of.accounts) {
    if (account.told.polarity == "negated") denied_by.push_back(&account.told);
  }
}

std::string quoted_tolls(const ToldHappening& told) {
  std::vector<std::string> all;
  for (const ToldToll& toll : told.tolls) {
    for (const Told* number : {&toll.lowest, &toll.best_of, &toll.highest}) {
      if (number->by == nullptr) continue;
      std::string one = fmt::format("{} {}: “{}”, {}", toll.counts, number->value, number->quote,
                                    source_of(number->by));
      if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
    }
  }
  return joined(all);
}

std::string doubts(const ToldHappening& told) {
  const Happening& happening = told.happening;
  std::vector<std::string> all;
  all.push_back(count_of(happening.sources, "independent source") + " in " +
                count_of(happening.reports, "report"));
  if (!happening.disputed.empty()) {
    all.push_back(fmt::format("disputed: {}", fmt::join(happening.disputed, ", ")));
  }
  for (const TimelineEvent* denied : told.denied_by) {
    all.push_back("denied by " + source_of(denied));
  }
  if (!told.fullest.status.empty() && told.fullest.status != "actual") {
    all.push_back(told.fullest.status);
  }
  if (told.day.by == nullptr) {
    all.push_back("no report tells the day");
  } else if (told.day.by->day_from == "published") {
    all.push_back("day from that of publication");
  } else if (told.day.by->day_from == "context") {
    all.push_back("day from another sentence");
  }
  return joined(all);
}

std::string headline(const ToldHappening& told) {
  std::string text = told.happening.type;
  if (!told.fullest.mode.empty()) text += " " + told.fullest.mode;
  const std::string& who = told.actors.value;
  const std::string& whom = told.recipients.value;
  if (!who.empty() || !whom.empty()) text += ": " + who;
  if (!whom.empty()) text += (who.empty() ? "→ " : " → ") + whom;
  if (!told.place.value.empty()) text += ", " + told.place.value;
  return text;
}

const ToldToll* ToldHappening::toll(std::string_view counts) const {
  const auto found = std::ranges::find(tolls, counts, &ToldToll::counts);
  return found == tolls.end() ? nullptr : &*found;
}

}  // namespace dateline::exporting
