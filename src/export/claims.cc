// SPDX-License-Identifier: Apache-2.0
#include "export/claims.h"

#include <set>
#include <tuple>

#include "export/sheet.h"
#include "export/wording.h"
#include "export/writers.h"

namespace dateline::exporting {

namespace {

/// The claims of one mention.
void claims_of(Claim claim, const std::function<void(const Claim&)>& visit) {
  const TimelineEvent& told = *claim.mention;
  const auto make = [&](std::string_view field, std::string value, const std::string& words,
                        CodePointSpan at) {
    Claim made = claim;
    made.field = field;
    made.value = std::move(value);
    made.words = words;
    made.at = at;
    return made;
  };
  visit(make("type", told.type, told.trigger, told.trigger_at));
  if (std::string day = days(told.begin, told.end); !day.empty()) {
    visit(make("day", std::move(day), told.day_words, told.day_at));
  }
  for (const auto& [field, several] :
       {std::pair("actor", &told.actors), std::pair("recipient", &told.recipients)}) {
    for (const Who& who : *several) {
      Claim made = make(field, who.name, who.words, who.at);
      made.who = &who;
      visit(made);
    }
  }
  if (told.place) {
    Claim made = make("place", told.place->name, told.place->words, told.place->at);
    made.where = &*told.place;
    visit(made);
  }
  for (const HowMany& counted : told.quantities) {
    Claim made = make(counted.counts.empty() ? "number" : std::string_view(counted.counts),
                      value_of(counted), counted.words, counted.at);
    made.number = &counted;
    visit(made);
  }
}

Number number_of(const Claim& claim, Number HowMany::* which) {
  return claim.number == nullptr ? std::nullopt : claim.number->*which;
}

std::string number_of(const Claim& claim, std::string HowMany::* which) {
  return claim.number == nullptr ? "" : claim.number->*which;
}

Number position(const Claim& claim, std::uint32_t CodePointSpan::* which) {
  return claim.words.empty() ? std::nullopt : Number(claim.at.*which);
}

const Column<Claim> kClaimColumns[] = {
    {"happening", [](const Claim& claim) -> std::string { return claim.happening->id; }},
    {"event", [](const Claim& claim) -> std::string { return claim.mention->handle; }},
    {"field", [](const Claim& claim) -> std::string { return std::string(claim.field); }},
    {"value", [](const Claim& claim) -> std::string { return claim.value; }},
    {"words", [](const Claim& claim) -> std::string { return claim.words; }},
    {"span_begin",
     [](const Claim& claim) -> Number { return position(claim, &CodePointSpan::begin); }},
    {"span_end", [](const Claim& claim) -> Number { return position(claim, &CodePointSpan::end); }},
    {"according_to",
     [](const Claim& claim) -> std::string { return voices(claim.mention->according_to); }},
    {"polarity", [](const Claim& claim) -> std::string { return claim.mention->polarity; }},
    {"status", [](const Claim& claim) -> std::string { return claim.mention->status; }},
    {"confidence", [](const Claim& claim) -> Number { return claim.mention->confidence; }},
    {"begin",
     [](const Claim& claim) -> std::string {
       return claim.field == "day" ? claim.mention->begin : "";
     }},
    {"end",
     [](const Claim& claim) -> std::string {
       return claim.field == "day" ? claim.mention->end : "";
     }},
    {"day_from",
     [](const Claim& claim) -> std::string {
       return claim.field == "day" ? claim.mention->day_from : "";
     }},
    {"mode",
     [](const Claim& claim) -> std::string {
       return claim.field == "type" ? claim.mention->mode : "";
     }},
    {"min", [](const Claim& claim) -> Number { return number_of(claim, &HowMany::min); }},
    {"max", [](const Claim& claim) -> Number { return number_of(claim, &HowMany::max); }},
    {"qualifier",
     [](const Claim& claim) -> std::string { return number_of(claim, &HowMany::qualifier); }},
    {"unit", [](const Claim& claim) -> std::string { return number_of(claim, &HowMany::unit); }},
    {"country",
     [](const Claim& claim) -> std::string {
       return claim.who != nullptr     ? claim.who->country
              : claim.where != nullptr ? claim.where->country
                                       : "";
     }},
    {"sector",
     [](const Claim& claim) -> std::string { return claim.who ? claim.who->sector : ""; }},
    {"precision",
     [](const Claim& claim) -> std::string { return claim.where ? claim.where->precision : ""; }},
    {"lat",
     [](const Claim& claim) -> Number { return claim.where ? claim.where->lat : std::nullopt; }},
    {"lon",
     [](const Claim& claim) -> Number { return claim.where ? claim.where->lon : std::nullopt; }},
    {"geonameid",
     [](const Claim& claim) -> Number {
       return claim.where ? Number(claim.where->geonameid) : std::nullopt;
     }},
    {"sentence", [](const Claim& claim) -> std::string { return claim.mention->words; }},
    {"report", [](const Claim& claim) -> std::string { return claim.mention->report.handle; }},
    {"report_id", [](const Claim& claim) -> std::string { return claim.mention->report.id; }},
    {"outlet", [](const Claim& claim) -> std::string { return claim.mention->report.outlet; }},
    {"published", [](const Claim& claim) -> std::string { return day_of(claim.mention->report); }},
    {"title", [](const Claim& claim) -> std::string { return claim.mention->report.title; }},
    {"uri", [](const Claim& claim) -> std::string { return claim.mention->report.uri; }},
    {"source",
     [](const Claim& claim) -> Number {
       return Number(static_cast<double>(claim.account->source + 1));
     }},
    {"copied", [](const Claim& claim) -> Number { return Number(claim.account->copied); }},
    {"superseded", [](const Claim& claim) -> Number { return Number(claim.account->superseded); }},
};

class Claims : public SheetOf<Claim> {
  std::span<const Column<Claim>> columns() const override { return kClaimColumns; }

  void each_row(const Happening& happening,
                const std::function<void(const Claim&)>& visit) const override {
    each_claim(happening, visit);
  }
};

}  // namespace

void each_claim(const Happening& happening, const std::function<void(const Claim&)>& visit) {
  for (const Account& account : happening.accounts) {
    std::set<std::tuple<std::string, std::string, std::uint32_t, std::string>> seen;
    for (const TimelineEvent& mention : account.mentions) {
      const Claim empty{&happening, &account, &mention, {}, {}, {}, {}};
      claims_of(empty, [&](const Claim& claim) {
        const bool is_new =
            seen.emplace(claim.field, claim.value, claim.at.begin, voices(mention.according_to))
                .second;
        if (is_new) visit(claim);
      });
    }
  }
}

Result<std::unique_ptr<Writer>> open_claims(const std::string&) {
  return std::make_unique<Claims>();
}

}  // namespace dateline::exporting
