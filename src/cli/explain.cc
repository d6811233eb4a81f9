// `dateline explain REPORT SPAN`: which row of which table gave a time or a quantity its value,
// what it was counted from, which places a name might have meant, whom "he" might have meant, and
// what an event was chosen from.
// SPDX-License-Identifier: Apache-2.0
#include "explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "cli/commands.h"
#include "cli/complaints.h"
#include "cli/output.h"
#include "cli/reading_options.h"
#include "cli/store.h"
#include "cli/terminal.h"
#include "dateline/stream.h"
#include "record/offsets.h"
#include "stream/extract.h"

namespace dateline::cli {

namespace {

struct ExplainOptions {
  std::string report, span, id, store;
  SourceOptions source;
  ReaderOptions reader;
};

/// The report of a file, or the text of one in a store, to be read anew.
Result<Input> find_report(const ExplainOptions& options) {
  std::error_code ignored;
  if (options.report != "-" && !std::filesystem::exists(options.report, ignored)) {
    const auto chronicle = Chronicle::open(options.store);
    if (!chronicle) {
      return fail(chronicle.error().code, fmt::format("there is no file {}, and {}", options.report,
                                                      chronicle.error().message));
    }
    auto stored = chronicle->show(options.report);
    if (!stored) return tl::unexpected(stored.error());
    Input input;
    input.id = std::move(stored->record.id);
    input.bytes = std::move(stored->record.text);
    input.verbatim = true;
    input.uri = std::move(stored->record.source.uri);  // Its places depend on it.
    if (stored->record.published) input.date = stored->record.published->value;
    return input;
  }
  auto source = open_source({options.report}, options.source);
  if (!source) return tl::unexpected(source.error());
  const stream::Extractor extractor(options.source.max_bytes);
  while (auto found = (*source)->next()) {
    if (!found->input) {
      if (options.id.empty()) return tl::unexpected(found->input.error());
      continue;
    }
    if (!options.id.empty() && found->input->id != options.id) continue;
    if (auto ready = extractor.prepare(*found->input, found->warnings, {}); !ready) {
      return tl::unexpected(std::move(ready.error()));
    }
    return std::move(*found->input);
  }
  return fail(4010, fmt::format("{} holds no report{}{}", options.report,
                                options.id.empty() ? "" : " ", options.id));
}

/// Each byte keeps its place.
std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return text;
}

/// "120-131": code points; anything else: wherever these words stand, else whatever their case.
std::vector<Span> find_spans(const std::string& asked, const std::string& text) {
  const std::size_t dash = asked.find('-');
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.size() < 10 &&
           std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  std::vector<Span> spans;
  const auto add_all = [&](const std::string& words, const std::string& in) {
    for (std::size_t at = in.find(words); at != std::string::npos && !words.empty();
         at = in.find(words, at + words.size())) {
      spans.push_back(
          {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())});
    }
  };
  add_all(asked, text);
  if (spans.empty()) add_all(lower(asked), lower(text));
  if (spans.empty() && dash != std::string::npos && digits(asked.substr(0, dash)) &&
      digits(asked.substr(dash + 1))) {
    const record::Bytes bytes(text);
    const auto begin = bytes.at(std::stoul(asked)),
               end = bytes.at(std::stoul(asked.substr(dash + 1)));
    if (begin && end && *begin < *end) spans.push_back({*begin, *end});
  }
  return spans;
}

class Page {
 public:
  Page(const Explained& explained, const knowledge::Directory& tables)
      : record_(explained.record),
        trace_(explained.trace),
        tables_(tables),
        offsets_(record_.text) {}

  bool add(const std::vector<Span>& spans) {
    const auto asked = [&](Span span) {
      return std::any_of(spans.begin(), spans.end(), [&](Span s) { return s.overlaps(span); });
    };
    for (const Time& time : record_.times) {
      if (asked(time.span)) add(time);
    }
    for (const Quantity& quantity : record_.quantities) {
      if (asked(quantity.span)) add(quantity);
    }
    for (const Place& place : record_.places) {
      if (asked(place.span)) add(place);
    }
    for (const Entity& entity : record_.entities) {
      const auto mentioned = std::ranges::find_if(
          entity.mentions, [&](const Mention& mention) { return asked(mention.span); });
      if (mentioned != entity.mentions.end()) add(entity, *mentioned);
    }
    std::set<Span> unnamed;
    for (const Event& event : record_.events) {
      for (const auto* parties : {&event.actors, &event.recipients}) {
        for (const Participant& party : *parties) {
          if (party.entity.empty() && asked(party.span)) unnamed.insert(party.span);
        }
      }
    }
    for (const Span span : unnamed) {
      head("-", span, "without a name");
      stands_in([&](const Participant& party) { return party.span == span; });
    }
    for (const Event& event : record_.events) {
      if (asked(event.trigger)) add(event);
    }
    for (const reading::Reason& reason : trace_.reasons) {
      if (!reason.item.empty() || !asked(reason.span)) continue;
      head("-", reason.span, "tells of no event");
      row(reason);
    }
    return !text_.empty();
  }
  const std::string& text() const { return text_; }

 private:
  void line(std::string_view label, std::string_view value) {
    text_ += fmt::format("  {:<8} {}\n", label, value);
  }
  void head(const std::string& id, Span span, std::string_view value) {
    text_ += fmt::format("{} {}-{} \"{}\"  {}\n", id, offsets_.at(span.begin),
                         offsets_.at(span.end), span.of(record_.text), value);
  }
  void because(const std::string& id) {
    for (const reading::Reason& reason : trace_.reasons) {
      if (reason.item == id) row(reason);
    }
  }
  void row(const reading::Reason& reason) {
    line(reason.table == "time_rules.tsv" ? "rule" : "row",
         fmt::format("{}  {}:{}  \"{}\"", reason.row, (tables_ / reason.table).string(),
                     reason.line, reason.span.of(record_.text)));
  }

  void add(const Time& time) {
    head(time.id, time.span, time.type + " " + time.value);
    if (!time.begin.empty()) line("days", time.begin + " to " + time.end);
    if (!time.mod.empty()) line("mod", time.mod);
    if (time.from == "published") {
      line("anchor", "published " + record_.published->value);
    } else if (time.from == "text") {
      line("anchor", "none: the words say all");
    } else if (!time.from.empty()) {
      const auto told = std::find_if(record_.times.begin(), record_.times.end(),
                                     [&](const Time& t) { return t.id == time.from; });
      if (told != record_.times.end()) {
        line("anchor",
             fmt::format("{} \"{}\" {}", told->id, told->span.of(record_.text), told->value));
      }
      for (const Event& event : record_.events) {
        if (event.id != time.from) continue;
        line("anchor", fmt::format("{} \"{}\"", event.id, event.trigger.of(record_.text)));
      }
    }
    if (time.anchor) line("of", fmt::format("\"{}\"", time.anchor->of(record_.text)));
    because(time.id);
  }

  void add(const Quantity& q) {
    const auto number = [](const std::optional<double>& n) {
      return n ? fmt::format("{:.15g}", *n) : "none";
    };
    head(q.id, q.span, fmt::format("{} {}", q.qualifier, number(q.value)));
    line("from to", number(q.min) + " to " + number(q.max));
    if (!q.unit.empty()) line("unit", q.unit);
    if (!q.counts.empty()) line("counts", q.counts);
    because(q.id);
  }

  void add(const Place& place) {
    head(place.id, place.span, place.name);
    if (place.lat && place.lon) line("point", fmt::format("{:.4f} {:.4f}", *place.lat, *place.lon));
    if (!place.country.empty()) line("country", place.country);
    if (!place.precision.empty()) line("is", place.precision);
    if (place.confidence) line("chance", fmt::format("{:.3f}", *place.confidence));
    for (const reading::Considered& one : trace_.considered) {
      if (one.item != place.id) continue;
      line("might be", fmt::format("{:.3f}  {}  ({}, {:.0f} people)", one.chance, one.name,
                                   one.kind, one.people));
    }
  }

  void add(const Entity& entity, const Mention& mention) {
    head(entity.id, mention.span, entity.kind + " " + entity.name);
    if (mention.form != "name") line("form", mention.form);
    if (entity.mentions.size() > 1) {
      line("mentions", fmt::format("{}", entity.mentions.size()));
    }
    std::size_t shown = 0;
    for (const reading::Compared& one : trace_.compared) {
      if (one.later != mention.span || (!one.joined && ++shown > kMostCompared)) continue;
      line(one.joined ? "means" : "might be",
           fmt::format("{:.3f}  \"{}\" {}-{}", one.chance, one.earlier.of(record_.text),
                       offsets_.at(one.earlier.begin), offsets_.at(one.earlier.end)));
    }
    for (const Alias& alias : entity.aliases) line("also", alias.name);
    for (const Role& role : entity.roles) line("is", role.role);
    if (entity.actor) {
      line("code", fmt::format("{} {}, from {}", entity.actor->country, entity.actor->sector,
                               entity.actor->from));
      because(entity.id);
    }
    stands_in([&](const Participant& party) { return party.entity == entity.id; });
  }

  /// The events of which somebody is a side.
  void stands_in(const std::function<bool(const Participant&)>& is_meant) {
    for (const Event& event : record_.events) {
      for (const auto& [side, parties] :
           {std::pair("who", &event.actors), std::pair("to whom", &event.recipients)}) {
        for (const Participant& party : *parties) {
          if (!is_meant(party)) continue;
          line(side,
               fmt::format("{} {} \"{}\"", event.id, event.type, event.trigger.of(record_.text)));
        }
      }
    }
  }

  void add(const Event& event) {
    head(event.id, event.trigger, event.type);
    because(event.id);
    for (const reading::Ground& ground : trace_.grounds) {
      if (ground.item == event.id) line(ground.slot, told(ground));
    }
    if (event.date) {
      line("",
           fmt::format("{} to {}, from {}", event.date->begin, event.date->end, event.date->from));
    }
    for (const reading::Weighed& one : trace_.weighed) {
      if (one.item != event.id) continue;
      line("weighed", fmt::format("{:.3f}  {} {}", one.chance, one.slot, one.what));
    }
  }

  /// "Rebels": learned, 0.931, of "raid" 120-124
  std::string told(const reading::Ground& ground) const {
    static const std::map<std::string_view, std::string_view> kFrom = {
        {"row", "the row says so"},
        {"clause", "named by its own clause"},
        {"counted", "the time counts from it"},
        {"news", "as new as the report, published"},
        {"learned", "learned"}};
    std::string made = ground.slot == "type" ? ground.what + ": "
                       : ground.what.empty() ? ""
                                             : fmt::format("\"{}\": ", ground.what);
    made += kFrom.at(ground.from);
    if (ground.from == "news") made += " " + record_.published->value;
    if (ground.from == "learned" || ground.from == "news")
      made += fmt::format(", {:.3f}", ground.chance);
    if (ground.mention.size() > 0) {
      made += fmt::format(", of \"{}\" {}-{}", ground.mention.of(record_.text),
                          offsets_.at(ground.mention.begin), offsets_.at(ground.mention.end));
    }
    return made;
  }

  static constexpr std::size_t kMostCompared = 5;

  const Record& record_;
  const reading::Trace& trace_;
  const knowledge::Directory& tables_;
  record::CodePoints offsets_;
  std::string text_;
};

int run_explain(const ExplainOptions& options) {
  const auto input = find_report(options);
  if (!input) return complain_of(input.error());
  const auto explainer = Explainer::open(options.reader);
  if (!explainer) return complain_of(explainer.error());
  const auto explained = explainer->read(*input);
  if (!explained) return complain_of(explained.error());
  const auto spans = find_spans(options.span, explained->record.text);
  if (spans.empty()) {
    return usage_error(
        fmt::format("neither the words nor the code points {} are in the report", options.span));
  }
  Page page(*explained, explainer->knowledge());
  if (!page.add(spans)) {
    return usage_error(
        fmt::format("no time, quantity, place, party or event was read of {}", options.span));
  }
  Output output;
  std::string shown;
  append_visible(page.text(), shown);
  output.write(shown);
  return output.finish(kDone);
}

}  // namespace

void add_explain(CLI::App& app, Run& command) {
  CLI::App* explain = app.add_subcommand(
      "explain",
      "Say which rule, in which file, and which day gave a time or a quantity its value, and "
      "which places a name might have meant, and what an event was chosen from");
  auto options = std::make_shared<ExplainOptions>();
  explain->add_option("report", options->report, "A file, '-', or a report of the store (r1)")
      ->required()
      ->type_name("REPORT");
  explain->add_option("span", options->span, "Code points, such as 120-131, or the words")
      ->required()
      ->type_name("SPAN");
  explain->add_option("--id", options->id, "Of several reports in the file, the one with this id")
      ->type_name("ID");
  declare_manner(*explain, options->source, options->reader);
  add_store(*explain, options->store);
  explain->callback([&command, options] { command = [options] { return run_explain(*options); }; });
}

}  // namespace dateline::cli
