// `dateline actors`: who is named in a chronicle, over all its reports; or one of them with its
// names, its roles, and what it did and what was done to it.
// SPDX-License-Identifier: Apache-2.0
#include "export/actors.h"

#include <fmt/format.h>

#include <memory>

#include "cli/choice.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/store.h"
#include "cli/terminal.h"
#include "export/wording.h"

namespace dateline::cli {

namespace {

struct ActorsOptions {
  std::string store;
  Format format = Format::kAuto;
  ActorFilter filter;
};

constexpr std::size_t kUsualLimit = 50;  // Of a table, where none is given.

std::string seen(const std::string& first, const std::string& last) {
  return first == last ? first : first + " – " + last;
}

void print_list(const std::vector<Actor>& actors, std::string& text) {
  Columns columns(
      {"NAME", "KIND", "COUNTRY", "SECTOR", "REPORTS", "SEEN", "BY", "AGAINST", "SPEAKS"}, 1);
  for (const Actor& actor : actors) {
    columns.add({actor.name, actor.kind, actor.country, actor.sector, std::to_string(actor.reports),
                 seen(actor.first_seen, actor.last_seen), std::to_string(actor.by),
                 std::to_string(actor.against), std::to_string(actor.speaks)},
                {actor.id + " · " + exporting::names(actor.names)});
  }
  columns.print(terminal_width(), use_color(Color::kAuto), text);
}

void print_life(const ActorLife& life, std::string& text) {
  print_list({life.actor}, text);
  const auto part = [&](Columns& columns) {
    if (columns.rows() == 0) return;
    text += '\n';
    columns.print(terminal_width(), use_color(Color::kAuto), text);
  };
  Columns names({"CALLED", "REPORTS", "BY"});
  for (const ActorName& one : life.actor.names) {
    std::string outlets;
    for (const std::string& outlet : one.outlets) outlets += (outlets.empty() ? "" : "; ") + outlet;
    names.add({one.name, std::to_string(one.reports), outlets}, {});
  }
  part(names);
  Columns roles({"ROLE", "OF", "SEEN", "REPORTS"});
  for (const ActorRole& one : life.roles) {
    roles.add({one.role, one.of, seen(one.first_seen, one.last_seen), std::to_string(one.reports)},
              {});
  }
  part(roles);
  for (const bool by : {true, false}) {
    Columns deeds({by ? "DID" : "WAS DONE TO IT", by ? "TO" : "BY", "WHEN", "HAPPENINGS"});
    for (const ActorDeed& one : life.deeds) {
      if (one.by != by) continue;
      deeds.add({one.type, one.other.empty() ? "-" : one.other,
                 exporting::days(one.first, one.last), std::to_string(one.happenings)},
                {});
    }
    part(deeds);
  }
  Columns stances({"SPEAKS", "TIMES"});
  for (const ActorStance& one : life.stances) {
    stances.add({one.stance, std::to_string(one.times)}, {});
  }
  part(stances);
}

/// The id of the one actor that fits; empty where several do, or none.
Result<std::string> only(const Chronicle& chronicle, ActorFilter filter) {
  filter.limit = 2;
  std::vector<std::string> ids;
  const auto given = chronicle.actors(filter, [&](const Actor& actor) {
    ids.push_back(actor.id);
    return true;
  });
  if (!given) return tl::unexpected(given.error());
  return ids.size() == 1 ? ids.front() : std::string();
}

int run_actors(ActorsOptions& options) {
  const auto chronicle = Chronicle::open(options.store);
  if (!chronicle) return complain_of(chronicle.error());
  const Format format = decided(options.format);
  const bool is_table = format == Format::kTable;
  if (options.filter.limit == 0 && is_table) options.filter.limit = kUsualLimit;
  Output output;
  std::string text;
  if (!options.filter.name.empty() && format != Format::kCsv) {
    const auto one = only(*chronicle, options.filter);
    if (!one) return complain_of(one.error());
    if (!one->empty()) {
      const auto life = chronicle->actor(*one);
      if (!life) return complain_of(life.error());
      is_table ? print_life(*life, text) : exporting::append_json_line(*life, text);
      is_table ? output.write(text) : output.data(text);
      return output.finish(kDone);
    }
  }
  if (format == Format::kCsv) {
    exporting::append_actors_csv_header(text);
    output.data(text);
  }
  std::vector<Actor> rows;  // Of a table.
  const auto given = chronicle->actors(options.filter, [&](const Actor& actor) {
    if (is_table) {
      rows.push_back(actor);
      return true;
    }
    text.clear();
    format == Format::kCsv ? exporting::append_csv(actor, text)
                           : exporting::append_json_line(actor, text);
    return output.data(text);
  });
  if (!given) return output.finish(complain_of(given.error()));
  if (is_table && *given > 0) {
    text.clear();
    print_list(rows, text);
    output.write(text);
  } else if (is_table) {
    const auto totals = chronicle->totals();
    if (!totals) return output.finish(complain_of(totals.error()));
    complain(fmt::format("no actor fits: {} holds {} reports and {} actors", options.store,
                         totals->reports, totals->actors));
  }
  return output.finish(kDone);
}

}  // namespace

void add_actors(CLI::App& app, Run& command) {
  CLI::App* actors =
      app.add_subcommand("actors", "List who is named in several reports, or all of one actor");
  auto options = std::make_shared<ActorsOptions>();
  actors->add_option("NAME", options->filter.name,
                     "A name, or an id (a3f9c51d20b7e); where one actor has it, all of that one");
  add_store(*actors, options->store);
  add_format(*actors, options->format);
  actors->add_option("--country", options->filter.country, "Of this country (code)")
      ->type_name("CODE");
  add_choice<std::string>(*actors, "--kind", options->filter.kind,
                          {{"person", "person"},
                           {"organization", "organization"},
                           {"group", "group"},
                           {"country", "country"}},
                          "person, organization, group or country", "KIND");
  add_count(*actors, "--limit", options->filter.limit, "At most so many (a table: 50)", "N");
  actors->callback([&command, options] { command = [options] { return run_actors(*options); }; });
}

}  // namespace dateline::cli
