// SPDX-License-Identifier: Apache-2.0
#include "export/json_lines.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>

#include "export/wording.h"
#include "record/offsets.h"
#include "record/utf8.h"

namespace dateline::exporting {

namespace {

class Line {
 public:
  explicit Line(std::string& out) : out_(out), json_(buffer_) { json_.StartObject(); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line() {
    json_.EndObject();
    out_.append(buffer_.GetString(), buffer_.GetSize());
    out_ += '\n';
  }

  void key(std::string_view name) {
    json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }

  void value(std::string_view text) {
    if (!record::is_utf8(text)) {
      std::string repaired(text);
      record::repair_utf8(repaired);
      return value(repaired);
    }
    json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }

  void known(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    key(name);
    value(text);
  }

  void known(std::string_view name, std::optional<double> number) {
    if (!number || !std::isfinite(*number)) return;
    key(name);
    const std::string digits = exporting::number(*number);
    json_.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
  }

  void whole(std::string_view name, std::uint64_t number) {
    key(name);
    json_.Uint64(number);
  }

  void flag(std::string_view name, bool is_set) {
    key(name);
    json_.Bool(is_set);
  }

  template <typename Write>
  void object(std::string_view name, Write write) {
    key(name);
    json_.StartObject();
    write();
    json_.EndObject();
  }

  template <typename Items, typename Write>
  void array(std::string_view name, const Items& items, Write write) {
    if (items.empty()) return;
    key(name);
    json_.StartArray();
    for (const auto& item : items) write(item);
    json_.EndArray();
  }

  template <typename Items, typename Write>
  void objects(std::string_view name, const Items& items, Write write) {
    array(name, items, [&](const auto& item) {
      json_.StartObject();
      write(item);
      json_.EndObject();
    });
  }

  void strings(std::string_view name, const std::vector<std::string>& items) {
    array(name, items, [&](const std::string& item) { value(item); });
  }

  void spans(std::string_view name, const std::vector<Span>& items, std::string_view text) {
    const record::CodePoints points(text);
    array(name, items, [&](Span span) {
      json_.StartArray();
      json_.Uint(points.at(span.begin));
      json_.Uint(points.at(span.end));
      json_.EndArray();
    });
  }

  void report(const ReportRef& report) {
    object("report", [&] {
      known("handle", report.handle);
      known("id", report.id);
      known("title", report.title);
      known("outlet", report.outlet);
      known("uri", report.uri);
      known("published", report.published);
      known("file", report.file);
    });
  }

 private:
  std::string& out_;
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> json_;
};

void participants(Line& line, std::string_view name, const std::vector<Who>& several) {
  line.objects(name, several, [&](const Who& who) {
    line.known("name", who.name);
    line.known("words", who.words);
    line.known("country", who.country);
    line.known("sector", who.sector);
  });
}

void parties_and_place(Line& line, const TimelineEvent& event) {
  participants(line, "actors", event.actors);
  participants(line, "recipients", event.recipients);
  if (event.place) {
    line.object("place", [&] {
      line.known("name", event.place->name);
      line.known("words", event.place->words);
      line.known("country", event.place->country);
      line.known("precision", event.place->precision);
      line.known("lat", event.place->lat);
      line.known("lon", event.place->lon);
    });
  }
}

void event_fields(Line& line, const TimelineEvent& event) {
  line.known("event", event.handle);
  line.known("incident", event.incident);
  line.known("type", event.type);
  line.known("mode", event.mode);
  line.strings("contexts", event.contexts);
  if (!event.begin.empty() || !event.end.empty()) {
    line.object("date", [&] {
      line.known("begin", event.begin);
      line.known("end", event.end);
      line.known("from", event.day_from);
      line.known("words", event.day_words);
      line.known("counted_from", event.counted_from);
    });
  }
  parties_and_place(line, event);
  line.objects("quantities", event.quantities, [&](const HowMany& counted) {
    line.known("words", counted.words);
    line.known("value", counted.value);
    line.known("min", counted.min);
    line.known("max", counted.max);
    line.known("qualifier", counted.qualifier);
    line.known("unit", counted.unit);
    line.known("counts", counted.counts);
  });
  line.known("polarity", event.polarity);
  line.known("status", event.status);
  line.known("confidence", event.confidence);
  line.objects("according_to", event.according_to, [&](const Voice& voice) {
    line.known("name", voice.name);
    line.known("words", voice.words);
    line.known("stance", voice.stance);
    line.strings("via", voice.via);
  });
  line.known("words", event.words);
  line.report(event.report);
}

void happening_fields(Line& line, const Happening& happening) {
  const TimelineEvent& fullest = happening.accounts[happening.fullest].told;
  line.known("happening", happening.id);
  line.known("type", happening.type);
  if (!happening.begin.empty() || !happening.end.empty()) {
    line.object("date", [&] {
      line.known("begin", happening.begin);
      line.known("end", happening.end);
    });
  }
  parties_and_place(line, fullest);
  line.objects("tolls", happening.tolls, [&](const Toll& toll) {
    line.known("counts", toll.counts);
    line.known("low", toll.low);
    line.known("best", toll.best);
    line.known("high", toll.high);
  });
  line.flag("main", happening.main);
  line.whole("reports", happening.reports);
  line.whole("sources", happening.sources);
  line.strings("disputed", happening.disputed);
}

}  // namespace

void append_json_line(const TimelineEvent& event, std::string& out) {
  Line line(out);
  event_fields(line, event);
}

void append_json_line(const Happening& happening, std::string& out) {
  const TimelineEvent& fullest = happening.accounts[happening.fullest].told;
  Line line(out);
  happening_fields(line, happening);
  line.known("event", fullest.handle);
  line.known("words", fullest.words);
  std::vector<std::string> accounts;
  for (const Account& account : happening.accounts) accounts.push_back(account.told.handle);
  line.strings("accounts", accounts);
}

void append_accounts(const Happening& happening, std::string& out) {
  Line line(out);
  happening_fields(line, happening);
  line.objects("accounts", happening.accounts, [&](const Account& account) {
    line.whole("source", account.source + 1);
    line.flag("main", account.main);
    if (account.copied) line.flag("copied", true);
    if (account.superseded) line.flag("superseded", true);
    line.array("mentions", account.mentions,
               [&](const TimelineEvent& mention) { line.value(mention.handle); });
    event_fields(line, account.told);
  });
}

void append_json_line(const HappeningMembers& happening, std::string& out) {
  Line line(out);
  line.known("happening", happening.id);
  line.objects("events", happening.members, [&](const HappeningMembers::Member& member) {
    line.known("report", member.report);
    line.known("event", member.event);
  });
}

void append_cluster(const HappeningMembers& happening, std::string& out) {
  std::vector<std::string> reports;
  for (const auto& member : happening.members) {
    if (std::ranges::find(reports, member.report) == reports.end()) {
      reports.push_back(member.report);
    }
  }
  Line line(out);
  line.known("cluster", happening.id);
  line.strings("reports", reports);
}

void append_json_line(const SearchHit& found, std::string& out) {
  Line line(out);
  line.report(found.report);
  line.known("snippet", found.snippet);
  line.spans("hits", found.hits, found.snippet);
  line.known("score", found.score);
}

void append_json_line(const Attention& one, std::string& out) {
  Line line(out);
  line.known("kind", one.kind);
  line.known("where", one.where);
  line.known("file", one.file);
  line.known("reason", one.reason);
}

void append_json_line(const Rejection& rejection, std::string& out) {
  Line line(out);
  line.known("id", rejection.id);
  line.known("uri", rejection.uri);
  if (rejection.line > 0) line.whole("line", rejection.line);
  line.known("content", rejection.content);
  line.whole("code", static_cast<std::uint64_t>(std::max(rejection.code, 0)));
  line.known("reason", rejection.reason);
}

}  // namespace dateline::exporting
