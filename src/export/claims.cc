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

std::optional<double> number_of(const Claim& claim, std::optional<double> HowMany::* which) {
  return claim.number == nullptr ? std::nullopt : claim.number->*which;
}

std::string number_of(const Claim& claim, std::string HowMany::* which) {
  return claim.number == nullptr ? "" : claim.number->*which;
}

std::optional<double> position(const Claim& claim, std::uint32_t CodePointSpan::* which) {
  return claim.words.empty() ? std::nullopt : std::optional<double>(claim.at.*which);
}

constexpr Column<Claim> kClaimColumns[] = {
    {"happening", [](const Claim& claim) -> Cell { return claim.happening->id; }},
    {"event", [](const Claim& claim) -> Cell { return claim.mention->handle; }},
    {"field", [](const Claim& claim) -> Cell { return std::string(claim.field); }},
    {"value", [](const Claim& claim) -> Cell { return claim.value; }},
    {"words", [](const Claim& claim) -> Cell { return claim.words; }},
    {"span_begin",
     [](const Claim& claim) -> Cell { return position(claim, &CodePointSpan::begin); }},
    {"span_end", [](const Claim& claim) -> Cell { return position(claim, &CodePointSpan::end); }},
    {"according_to",
     [](const Claim& claim) -> Cell { return voices(claim.mention->according_to); }},
    {"polarity", [](const Claim& claim) -> Cell { return claim.mention->polarity; }},
    {"status", [](const Claim& claim) -> Cell { return claim.mention->status; }},
    {"confidence", [](const Claim& claim) -> Cell { return claim.mention->confidence; }},
    {"begin",
     [](const Claim& claim) -> Cell { return claim.field == "day" ? claim.mention->begin : ""; }},
    {"end",
     [](const Claim& claim) -> Cell { return claim.field == "day" ? claim.mention->end : ""; }},
    {"day_from",
     [](const Claim& claim) -> Cell {
       return claim.field == "day" ? claim.mention->day_from : "";
     }},
    {"mode",
     [](const Claim& claim) -> Cell { return claim.field == "type" ? claim.mention->mode : ""; }},
    {"min", [](const Claim& claim) -> Cell { return number_of(claim, &HowMany::min); }},
    {"max", [](const Claim& claim) -> Cell { return number_of(claim, &HowMany::max); }},
    {"qualifier", [](const Claim& claim) -> Cell { return number_of(claim, &HowMany::qualifier); }},
    {"unit", [](const Claim& claim) -> Cell { return number_of(claim, &HowMany::unit); }},
    {"country",
     [](const Claim& claim) -> Cell {
       return claim.who != nullptr     ? claim.who->country
              : claim.where != nullptr ? claim.where->country
                                       : "";
     }},
    {"sector", [](const Claim& claim) -> Cell { return claim.who ? claim.who->sector : ""; }},
    {"precision",
     [](const Claim& claim) -> Cell { return claim.where ? claim.where->precision : ""; }},
    {"lat",
     [](const Claim& claim) -> Cell { return claim.where ? claim.where->lat : std::nullopt; }},
    {"lon",
     [](const Claim& claim) -> Cell { return claim.where ? claim.where->lon : std::nullopt; }},
    {"geonameid",
     [](const Claim& claim) -> Cell {
       return claim.where ? std::optional<double>(claim.where->geonameid) : std::nullopt;
     }},
    {"sentence", [](const Claim& claim) -> Cell { return claim.mention->words; }},
    {"report", [](const Claim& claim) -> Cell { return claim.mention->report.handle; }},
    {"report_id", [](const Claim& claim) -> Cell { return claim.mention->report.id; }},
    {"outlet", [](const Claim& claim) -> Cell { return claim.mention->report.outlet; }},
    {"published", [](const Claim& claim) -> Cell { return day_of(claim.mention->report); }},
    {"title", [](const Claim& claim) -> Cell { return claim.mention->report.title; }},
    {"uri", [](const Claim& claim) -> Cell { return claim.mention->report.uri; }},
    {"source",
     [](const Claim& claim) -> Cell {
       return std::optional<double>(static_cast<double>(claim.account->source + 1));
     }},
    {"copied",
     [](const Claim& claim) -> Cell { return std::optional<double>(claim.account->copied); }},
    {"superseded",
     [](const Claim& claim) -> Cell { return std::optional<double>(claim.account->superseded); }},
};

class Claims : public Writer {
 public:
  void begin(std::string& out) override { append_header<Claim>(kClaimColumns, out); }

  std::size_t add(const Happening& happening, std::string& out) override {
    std::size_t rows = 0;
    each_claim(happening, [&](const Claim& claim) {
      append_cells<Claim>(kClaimColumns, claim, out);
      ++rows;
    });
    return rows;
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

Result<std::unique_ptr<Writer>> open_claims() { return std::make_unique<Claims>(); }

}  // namespace dateline::exporting
