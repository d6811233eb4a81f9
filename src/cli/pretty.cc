// SPDX-License-Identifier: Apache-2.0
#include "cli/pretty.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "cli/columns.h"
#include "cli/terminal.h"
#include "export/wording.h"

namespace dateline::cli {

namespace {

/// What a byte of the text is marked as; of two that overlap, the later here is seen.
enum Mark : std::uint8_t { kNone, kEntity, kPlace, kTime, kQuantity, kCue, kTrigger, kMarks };

constexpr std::array<std::string_view, kMarks> kInks = {
    "", "\x1b[36m", "\x1b[32m", "\x1b[33m", "\x1b[35m", "\x1b[4;34m", "\x1b[1;31m"};
constexpr int kWidest = 100;  // Longer lines are hard to read, however wide the terminal.

class Pretty {
 public:
  Pretty(const Record& record, int width, bool color, std::string& out)
      : record_(record), width_(std::min(width, kWidest)), color_(color), out_(out) {
    marks_.resize(record.text.size(), kNone);
    for (const Entity& entity : record.entities) {
      for (const Mention& mention : entity.mentions) mark(mention.span, kEntity);
    }
    for (const Place& place : record.places) mark(place.span, kPlace);
    for (const Time& time : record.times) mark(time.span, kTime);
    for (const Quantity& quantity : record.quantities) mark(quantity.span, kQuantity);
    for (const Attribution& attribution : record.attributions) {
      for (const Span span : attribution.cue.spans) mark(span, kCue);
    }
    for (const Event& event : record.events) mark(event.trigger, kTrigger);
  }

  void print() {
    head();
    for (const Section& section : record_.sections) print_section(section);
    entities();
    places();
    times();
    quantities();
    attributions();
    events();
    gaps();
    for (const std::string& warning : record_.warnings) paragraph("warning: " + warning);
    out_ += '\n';
  }

 private:
  void mark(Span span, Mark as) {
    if (span.begin > span.end || span.end > marks_.size()) return;
    for (std::uint32_t i = span.begin; i < span.end; ++i) marks_[i] = std::max(marks_[i], as);
  }

  std::string words(Span span) const {
    if (span.begin > span.end || span.end > record_.text.size()) return {};
    return std::string(span.of(record_.text));
  }

  std::string words(const std::vector<Span>& spans) const {
    std::string all;
    for (const Span span : spans) all += (all.empty() ? "" : " … ") + words(span);
    return all;
  }

  std::string name_of(const std::string& entity) const {
    const auto at = std::ranges::find(record_.entities, entity, &Entity::id);
    return at == record_.entities.end() ? std::string() : at->name;
  }

  void paragraph(const std::string& text) {
    for (const std::string& line : wrapped(text, width_)) out_ += line + "\n";
  }

  /// One line about the report as a whole.
  void head() {
    std::string line;
    const auto add = [&](const std::string& part) {
      if (part.empty()) return;
      line += (line.empty() ? "" : " · ") + part;
    };
    add(record_.source.publisher);
    for (const std::string& author : record_.authors) add(author);
    if (record_.published) {
      add(fmt::format("{} ({})", record_.published->value, record_.published->from));
    } else {
      add("undated");
    }
    add(record_.source.uri.empty() ? record_.id : record_.source.uri);
    if (color_) out_ += kDim;
    paragraph(line);
    if (color_) out_ += kPlain;
    out_ += '\n';
  }

  void print_section(const Section& section) {
    const std::string_view base = section.kind == "title"         ? kBold
                                  : section.kind == "boilerplate" ? kDim
                                                                  : std::string_view();
    std::string label;
    if (section.kind != "paragraph" && section.kind != "title") label = "[" + section.kind + "] ";
    dim(label);
    int used = display_width(label);
    for (std::uint32_t at = section.span.begin; at < section.span.end;) {
      const std::uint32_t end = word_end(at, section.span.end);
      const int needed = display_width(words({at, end}));
      if (used > 0 && used + needed > width_) end_line(used);
      paint({at, end}, base);
      used += needed;
      at = end;
      if (at == section.span.end) break;
      if (record_.text[at] == '\n') {
        end_line(used);
      } else if (used < width_) {
        paint({at, at + 1}, base);
        ++used;
      }
      ++at;
    }
    end_line(used);
    out_ += '\n';
  }

  std::uint32_t word_end(std::uint32_t at, std::uint32_t end) const {
    while (at < end && record_.text[at] != ' ' && record_.text[at] != '\n') ++at;
    return at;
  }

  void dim(const std::string& text) {
    if (color_ && !text.empty()) out_ += kDim;
    out_ += text;
    if (color_ && !text.empty()) out_ += kPlain;
  }

  void end_line(int& used) {
    ink({});
    out_ += '\n';
    used = 0;
  }

  void paint(Span span, std::string_view base) {
    for (std::uint32_t at = span.begin; at < span.end;) {
      std::uint32_t end = at + 1;
      while (end < span.end && marks_[end] == marks_[at]) ++end;
      ink(std::string(base) + std::string(kInks[marks_[at]]));
      append_visible(Span{at, end}.of(record_.text), out_);
      at = end;
    }
  }

  /// From here on the text is written in this ink; empty is the terminal's own.
  void ink(const std::string& wanted) {
    if (!color_ || wanted == ink_) return;
    if (!ink_.empty()) out_ += kPlain;
    out_ += wanted;
    ink_ = wanted;
  }

  /// A list beneath the text, under its name in the colour of its marks.
  void list(std::string_view name, Mark as, Columns& rows) {
    if (rows.rows() == 0) return;
    if (color_) out_ += kInks[as];
    out_ += name;
    if (color_) out_ += kPlain;
    out_ += '\n';
    rows.print(width_, color_, out_);
    out_ += '\n';
  }

  void entities() {
    Columns rows({"", "kind", "name", "also", "roles", "mentions"});
    for (const Entity& entity : record_.entities) {
      std::string also, roles;
      for (const Alias& alias : entity.aliases) also += (also.empty() ? "" : "; ") + alias.name;
      for (const Role& role : entity.roles) {
        const std::string of = name_of(role.of);
        roles += (roles.empty() ? "" : "; ") + role.role + (of.empty() ? "" : " of " + of);
      }
      rows.add({entity.id, entity.kind, entity.name, also, roles,
                std::to_string(entity.mentions.size())},
               {});
    }
    list("Who and what", kEntity, rows);
  }

  void places() {
    Columns rows({"", "words", "country", "precision", "where"});
    for (const Place& place : record_.places) {
      const std::string where =
          place.lat && place.lon ? fmt::format("{:.4f} {:.4f}", *place.lat, *place.lon) : "";
      rows.add({place.id, words(place.span), place.country, place.precision, where}, {});
    }
    list("Where", kPlace, rows);
  }

  void times() {
    Columns rows({"", "words", "type", "value", "from"});
    for (const Time& time : record_.times) {
      rows.add({time.id, words(time.span), time.type, time.value, time.from}, {});
    }
    list("When", kTime, rows);
  }

  void quantities() {
    Columns rows({"", "words", "value", "qualifier", "unit", "counts"});
    for (const Quantity& quantity : record_.quantities) {
      rows.add({quantity.id, words(quantity.span),
                quantity.value ? exporting::number(*quantity.value) : "", quantity.qualifier,
                quantity.unit, quantity.counts},
               {});
    }
    list("How many", kQuantity, rows);
  }

  void attributions() {
    Columns rows({"", "who says", "cue", "what", "how"});
    for (const Attribution& attribution : record_.attributions) {
      std::string how = attribution.stance;
      if (!attribution.form.empty()) how += (how.empty() ? "" : ", ") + attribution.form;
      if (!attribution.inside.empty()) how += ", inside " + attribution.inside;
      rows.add({attribution.id, words(attribution.source.spans), words(attribution.cue.spans),
                words(attribution.content), how},
               {});
    }
    list("According to whom", kCue, rows);
  }

  void events() {
    Columns rows({"", "type", "words", "when", "where", "how many"});
    for (const Event& event : record_.events) {
      std::string when, where, many, source;
      if (event.date) {
        when = event.date->begin;
        if (event.date->end != event.date->begin) when += " to " + event.date->end;
      }
      const auto place = std::ranges::find(record_.places, event.place, &Place::id);
      if (place != record_.places.end()) where = words(place->span);
      for (const std::string& id : event.quantities) {
        const auto quantity = std::ranges::find(record_.quantities, id, &Quantity::id);
        if (quantity == record_.quantities.end()) continue;
        many += (many.empty() ? "" : "; ") + words(quantity->span);
      }
      for (const std::string& id : event.according_to) {
        source += (source.empty() ? "according to " : ", ") + speaker(id);
      }
      std::string type = event.type;
      if (event.polarity == "negated") type = "not " + type;
      if (!event.status.empty() && event.status != "actual") type += " (" + event.status + ")";
      std::string who = participants(event.actors);
      const std::string whom = participants(event.recipients);
      if (!whom.empty()) who += (who.empty() ? "\u2192 " : " \u2192 ") + whom;
      rows.add({event.id, type, words(event.trigger), when, where, many}, {who, source});
    }
    list("What happened", kTrigger, rows);
  }

  std::string speaker(const std::string& id) const {
    const auto said = std::ranges::find(record_.attributions, id, &Attribution::id);
    if (said == record_.attributions.end()) return id;
    const std::string name = name_of(said->source.entity);
    const std::string who = name.empty() ? words(said->source.spans) : name;
    return who.empty() ? "an unnamed source" : who;
  }

  std::string participants(const std::vector<Participant>& several) const {
    std::string all;
    for (const Participant& one : several) {
      const std::string name = name_of(one.entity);
      all += (all.empty() ? "" : "; ") + (name.empty() ? words(one.span) : name);
    }
    return all;
  }

  void gaps() {
    Columns rows({"kind", "words", "note"});
    for (const Gap& gap : record_.gaps) rows.add({gap.kind, words(gap.spans), gap.note}, {});
    list("What is missing", kNone, rows);
  }

  const Record& record_;
  const int width_;
  const bool color_;
  std::string& out_;
  std::vector<Mark> marks_;
  std::string ink_;
};

}  // namespace

void append_pretty(const Record& record, int width, bool color, std::string& out) {
  Pretty(record, width, color, out).print();
}

}  // namespace dateline::cli
