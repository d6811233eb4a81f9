// SPDX-License-Identifier: Apache-2.0
#include "reading/places/choices.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "reading/places/outlet.h"
#include "reading/places/support.h"

namespace dateline::reading {

namespace {

using knowledge::BesidePlace;
using knowledge::Gazetteer;
using knowledge::PlaceWords;

/// Candidates of one name that are weighed; a name has up to some hundred.
constexpr std::size_t kMostChoices = 48;

constexpr std::array<std::string_view, 5> kKinds = {"country", "admin1", "admin2", "town",
                                                    "capital"};

class Gatherer {
 public:
  Gatherer(const Context& context, const Gazetteer& gazetteer)
      : words_(context.tables.place_words), gazetteer_(gazetteer) {}

  std::vector<Choice> of(const Toponym& t) const {
    std::vector<Choice> made;
    if (t.country) {
      const std::uint32_t entry = gazetteer_.country(t.country->alpha3);
      if (entry != Gazetteer::kNone) made.push_back(choice_of(entry, false));
      if (t.demonym) return made;
    }
    if (t.area) {
      add_area(*t.area, made);
      if (t.demonym) return made;
    }
    add_known(t.postings, t.country ? Names::kMain : Names::kAll, made);
    if (made.empty()) {
      // "Hamilton Township", "the city of Bor": a part of the name may be known.
      const std::size_t space = t.form.rfind(' ');
      if (space != std::string::npos && (words_.beside(std::string_view(t.form).substr(space + 1)) &
                                         PlaceWords::bit(BesidePlace::kDivision)) != 0) {
        add_known(gazetteer_.find(std::string_view(t.form).substr(0, space)), Names::kOfPart, made);
      }
    }
    if (made.size() > kMostChoices) {
      std::stable_sort(made.begin(), made.end(), [](const Choice& a, const Choice& b) {
        return std::pair(!a.other_name, a.people) > std::pair(!b.other_name, b.people);
      });
      made.resize(kMostChoices);
    }
    return made;
  }

 private:
  Choice choice_of(std::uint32_t entry, bool other_name) const {
    const auto found = gazetteer_[entry];
    Choice made;
    made.entry = entry;
    made.name = found.name;
    made.kind = kKinds[static_cast<std::size_t>(found.kind)];
    made.country = found.country;
    made.admin1 = found.kind == Gazetteer::Kind::kAdmin1 ? entry : found.admin1;
    made.admin2 = found.kind == Gazetteer::Kind::kAdmin2 ? entry : found.admin2;
    made.point = found.point;
    made.people = found.population;
    made.other_name = other_name;
    return made;
  }

  void add_area(const PlaceWords::Found& found, std::vector<Choice>& made) const {
    const knowledge::Area& area = *found.area;
    const std::uint32_t country = gazetteer_.country(area.country);
    if (!area.point) {
      for (const auto posting : gazetteer_.find(knowledge::normalise(area.name))) {
        const auto entry = gazetteer_[posting.entry()];
        if (entry.kind != Gazetteer::Kind::kAdmin1 || entry.country != country) continue;
        made.push_back(choice_of(posting.entry(), false));
        return;
      }
      return;
    }
    Choice choice;
    choice.area = &area;
    choice.name = area.name;
    choice.kind = area.kind;
    choice.country = country;
    choice.point = area.point;
    made.push_back(choice);
  }

  /// Nobody calls Albany Albania where there is a country of that name: of such a name only those
  /// places that mostly go by it, too, are candidates.
  enum class Names { kAll, kMain, kOfPart };

  void add_known(std::span<const Gazetteer::Posting> postings, Names names,
                 std::vector<Choice>& made) const {
    std::unordered_set<std::uint32_t> there;
    for (const Choice& choice : made) there.insert(choice.entry);
    for (const auto posting : postings) {
      if (names == Names::kMain && posting.is_other_name()) continue;
      if (!there.insert(posting.entry()).second) continue;
      Choice choice = choice_of(posting.entry(), posting.is_other_name());
      if (!choice.point) continue;
      choice.stripped = names == Names::kOfPart;
      made.push_back(choice);
    }
  }

  const PlaceWords& words_;
  const Gazetteer& gazetteer_;
};

/// The toponym behind "X, " or "X (", or null.
const Toponym* next_after_comma(const Context& context, const std::vector<Toponym>& toponyms,
                                std::size_t n) {
  if (n + 1 >= toponyms.size()) return nullptr;
  const auto& tokens = context.document.tokens;
  const std::uint32_t end = toponyms[n].tokens.end;
  const Toponym& next = toponyms[n + 1];
  const bool near = next.tokens.begin == end + 1 && !next.demonym &&
                    (tokens[end].text == "," || tokens[end].text == "(");
  return near ? &next : nullptr;
}

/// Whether a place may hold others: a country, a subdivision or an area.
bool may_hold(const Choice& choice) { return choice.kind != "town" && choice.kind != "capital"; }

bool holds(const Choice& outer, const Choice& inner) {
  if (outer.entry == Gazetteer::kNone) return false;
  if (outer.kind == "country") return inner.country == outer.entry && inner.kind != "country";
  if (outer.kind == "admin1") return inner.admin1 == outer.entry && inner.entry != outer.entry;
  return outer.kind == "admin2" && inner.admin2 == outer.entry && inner.entry != outer.entry;
}

/// Before anything is known of the report: people, and how usual the name is.
void weigh_alone(std::vector<Choice>& choices) {
  double sum = 0;
  for (Choice& c : choices) {
    c.weight = std::sqrt(c.people + 200) * (c.other_name ? 0.2 : 1) * (c.stripped ? 0.3 : 1);
    if (c.area) c.weight = 2000;
    if (c.kind == "country" && !c.other_name) c.weight *= 3;
    sum += c.weight;
  }
  for (Choice& c : choices) c.weight /= sum;
}

/// Whether a list goes on behind a toponym: "in Paris, Texas and Rome", "Bonn, Texas, Rome".
bool goes_on(const Context& context, const std::vector<Toponym>& toponyms, const Toponym& last) {
  const auto& tokens = context.document.tokens;
  const std::uint32_t end = last.tokens.end;
  if (end >= tokens.size()) return false;
  if (tokens[end].tag == "CC") return true;
  return tokens[end].text == "," &&
         next_after_comma(context, toponyms, static_cast<std::size_t>(&last - toponyms.data()));
}

/// Leaves only what one of the outer places holds, unless that is nothing.
bool keep_held(std::vector<Choice>& choices, const std::vector<Choice>& outer) {
  std::vector<Choice> held;
  for (const Choice& c : choices) {
    const bool inside = std::any_of(outer.begin(), outer.end(),
                                    [&](const Choice& o) { return !o.other_name && holds(o, c); });
    if (inside) held.push_back(c);
  }
  if (held.empty()) return false;
  choices = std::move(held);
  return true;
}

float log_of(double value) { return static_cast<float>(std::log(value + 1)); }

}  // namespace

std::vector<Named> find_choices(const Context& context, const Gazetteer& gazetteer,
                                const std::vector<Toponym>& toponyms) {
  const Gatherer gatherer(context, gazetteer);
  std::unordered_map<std::string, std::size_t> by_name;
  std::vector<Named> names;
  std::unordered_map<std::string, std::vector<Choice>> decided;  // By form: "Paris, Texas".
  for (std::uint32_t n = 0; n < toponyms.size(); ++n) {
    const Toponym& t = toponyms[n];
    const Toponym* next = next_after_comma(context, toponyms, n);
    const std::string key = t.form + (t.demonym ? "\n" : "") + (next ? "," + next->form : "");
    const auto [at, added] = by_name.try_emplace(key, names.size());
    if (added) {
      names.push_back({{}, gatherer.of(t)});
      auto& choices = names.back().choices;
      if (next && !t.demonym && !goes_on(context, toponyms, *next) &&
          keep_held(choices, gatherer.of(*next))) {
        auto& all = decided[t.form];
        all.insert(all.end(), choices.begin(), choices.end());
      }
    }
    names[at->second].mentions.push_back(n);
  }
  // The report has said which Paris; elsewhere it need not.
  for (Named& named : names) {
    const Toponym& t = toponyms[named.mentions.front()];
    const auto told = decided.find(t.form);
    if (told == decided.end() || t.demonym) continue;
    std::erase_if(named.choices, [&](const Choice& c) {
      return std::none_of(told->second.begin(), told->second.end(),
                          [&](const Choice& d) { return d.entry == c.entry && d.area == c.area; });
    });
  }
  return names;
}

std::vector<ChoiceRow> choice_rows(const Context& context, const Gazetteer& gazetteer,
                                   const std::string& address, const std::vector<Toponym>& toponyms,
                                   std::vector<Named>& names) {
  std::unordered_map<std::uint32_t, std::size_t> name_of;  // By toponym.
  for (std::size_t n = 0; n < names.size(); ++n) {
    weigh_alone(names[n].choices);
    for (const std::uint32_t mention : names[n].mentions) name_of[mention] = n;
  }
  // Two rounds: what is close to what else is named weighs more, and then supports more.
  Support support(names);
  for (Named& named : names) {
    const Support own({&named, 1});
    double sum = 0;
    for (Choice& c : named.choices) {
      const Support::Of of = support.of(own, c);
      c.weight *= 0.2 + of.near * 4 + of.admin1 + of.around + of.country * 0.5;
      sum += c.weight;
    }
    for (Choice& c : named.choices) c.weight /= sum;
  }
  support = Support(names);
  const Outlet outlet(address, context.tables.countries, gazetteer);

  // What is named behind a comma, of this name and of the same without one.
  std::vector<std::vector<std::size_t>> next(names.size());
  std::unordered_map<std::string, std::vector<std::size_t>> next_of_form;
  for (std::size_t n = 0; n < names.size(); ++n) {
    const std::uint32_t mention = names[n].mentions.front();
    if (!next_after_comma(context, toponyms, mention)) continue;
    next[n].push_back(name_of[mention + 1]);
    next_of_form[toponyms[mention].form].push_back(name_of[mention + 1]);
  }

  std::vector<ChoiceRow> rows;
  for (std::size_t n = 0; n < names.size(); ++n) {
    const Named& named = names[n];
    if (named.choices.empty()) continue;
    const Toponym& t = toponyms[named.mentions.front()];
    const auto same_form = next_of_form.find(t.form);
    std::vector<Support::Of> of;
    double people = 0, best_weight = 0, best_near = 0, best_around = 0, best_admin1 = 0;
    std::vector<double> sizes;
    const Support own({&named, 1});
    for (const Choice& c : named.choices) {
      of.push_back(support.of(own, c));
      people += c.people + 1000;
      best_weight = std::max(best_weight, c.weight);
      best_near = std::max(best_near, of.back().near);
      best_around = std::max(best_around, of.back().around);
      best_admin1 = std::max(best_admin1, of.back().admin1);
      sizes.push_back(c.people);
    }
    std::sort(sizes.rbegin(), sizes.rend());
    float chance = 0;
    for (const std::uint32_t mention : named.mentions) {
      chance = std::max(chance, toponyms[mention].chance);
    }
    const bool outlet_name = outlet.has_name(t.form);
    const auto share = [](double part, double best) { return best > 0 ? part / best : 0; };
    for (std::size_t k = 0; k < named.choices.size(); ++k) {
      const Choice& c = named.choices[k];
      ChoiceRow row;
      std::size_t column = 0;
      const auto add = [&](double value) { row[column++] = static_cast<float>(value); };
      for (const std::string_view kind : kKinds) add(c.kind == kind);
      add(c.area != nullptr);
      add(log_of(c.people));
      add((c.people + 1000) / people);
      add(static_cast<double>(std::find(sizes.begin(), sizes.end(), c.people) - sizes.begin()));
      add(c.other_name);
      add(c.stripped);
      add(log_of(static_cast<double>(named.choices.size())));
      add(c.weight);
      add(share(c.weight, best_weight));
      add(std::any_of(named.choices.begin(), named.choices.end(),
                      [&](const Choice& above) { return holds(above, c); }));

      // What stands behind the comma: of the chance that it holds this one.
      double in_admin1 = 0, in_country = 0;
      bool any_next = false;
      const auto look = [&](const std::vector<std::size_t>& list) {
        for (const std::size_t other : list) {
          for (const Choice& outer : names[other].choices) {
            if (!may_hold(outer)) continue;
            any_next = true;
            if (!holds(outer, c)) continue;
            (outer.kind == "country" ? in_country : in_admin1) += outer.weight;
          }
        }
      };
      look(next[n]);
      const double inside = in_admin1 + in_country;
      const bool own_next = any_next;
      if (next[n].empty() && same_form != next_of_form.end()) look(same_form->second);
      add(inside);
      add(in_admin1);
      add(in_country);
      add(own_next && in_admin1 + in_country < 0.05);
      add(log_of(static_cast<double>(named.mentions.size())));
      add(log_of(t.span.begin));
      add(chance);
      add(t.pattern);
      add(t.demonym);

      add(log_of(static_cast<double>(names.size())));
      add(of[k].admin1_said);
      add(of[k].admin1);
      add(share(of[k].admin1, best_admin1));
      add(of[k].admin2_said);
      add(of[k].admin2);
      add(of[k].country_said);
      add(of[k].country);
      add(of[k].country_share);
      add(of[k].near);
      add(share(of[k].near, best_near));
      add(of[k].around);
      add(share(of[k].around, best_around));
      add(of[k].contains);

      add(outlet_name);
      add(c.point ? outlet.nearness(*c.point) : 0);
      add(outlet.country_says(c.country == Gazetteer::kNone ? std::string_view()
                                                            : gazetteer.code(c.country)));
      rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace dateline::reading
