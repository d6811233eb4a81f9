// SPDX-License-Identifier: Apache-2.0
#include "export/json_lines.h"

#include <algorithm>

#include "export/json_line.h"

namespace dateline::exporting {

namespace {

void participants(JsonLine& line, std::string_view name, const std::vector<Who>& several) {
  line.objects(name, several, [&](const Who& who) {
    line.known("name", who.name);
    line.known("words", who.words);
    line.span("span", who.at);
    line.known("country", who.country);
    line.known("sector", who.sector);
  });
}

void parties_and_place(JsonLine& line, const TimelineEvent& event) {
  participants(line, "actors", event.actors);
  participants(line, "recipients", event.recipients);
  if (event.place) {
    line.object("place", [&] {
      line.known("name", event.place->name);
      line.known("words", event.place->words);
      line.span("span", event.place->at);
      if (event.place->geonameid) {
        line.whole("geonameid", static_cast<std::uint64_t>(*event.place->geonameid));
      }
      line.known("country", event.place->country);
      line.known("admin1", event.place->admin1);
      line.known("precision", event.place->precision);
      line.known("lat", event.place->lat);
      line.known("lon", event.place->lon);
    });
  }
}

void event_fields(JsonLine& line, const TimelineEvent& event) {
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
      line.span("span", event.day_at);
      line.known("counted_from", event.counted_from);
    });
  }
  parties_and_place(line, event);
  line.objects("quantities", event.quantities, [&](const HowMany& counted) {
    line.known("words", counted.words);
    line.span("span", counted.at);
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
  line.object("trigger", [&] {
    line.known("words", event.trigger);
    line.span("span", event.trigger_at);
  });
  line.known("words", event.words);
  line.span("span", event.sentence_at);
  line.known("state", event.state);
  line.objects("corrected", event.corrected, [&](const ValueOfPerson& value) {
    line.known("field", value.field);
    line.whole("correction", static_cast<std::uint64_t>(value.correction));
  });
  line.report(event.report);
}

void happening_fields(JsonLine& line, const Happening& happening) {
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
  line.known("state", happening.state);
}

}  // namespace

void append_json_line(const TimelineEvent& event, std::string& out) {
  JsonLine line(out);
  event_fields(line, event);
}

namespace {

void fields_with_accounts(JsonLine& line, const Happening& happening) {
  const TimelineEvent& fullest = happening.accounts[happening.fullest].told;
  happening_fields(line, happening);
  line.known("event", fullest.handle);
  line.known("words", fullest.words);
  std::vector<std::string> accounts;
  for (const Account& account : happening.accounts) accounts.push_back(account.told.handle);
  line.strings("accounts", accounts);
}

}  // namespace

void append_json_line(const Happening& happening, std::string& out) {
  JsonLine line(out);
  fields_with_accounts(line, happening);
}

void append_json_line(const Change& change, std::string& out) {
  JsonLine line(out);
  line.known("cursor", change.cursor);
  line.known("change", change.what);
  if (!change.happening) {
    line.known("happening", change.id);
    line.known("merged_into", change.merged_into);
    return;
  }
  fields_with_accounts(line, *change.happening);
}

void append_accounts(const Happening& happening, std::string& out) {
  JsonLine line(out);
  happening_fields(line, happening);
  line.objects("accounts", happening.accounts, [&](const Account& account) {
    line.whole("source", account.source + 1);
    line.flag("main", account.main);
    if (account.copied) line.flag("copied", true);
    if (account.replaced) line.flag("replaced", true);
    if (account.superseded) line.flag("superseded", true);
    line.array("mentions", account.mentions,
               [&](const TimelineEvent& mention) { line.value(mention.handle); });
    if (!account.likest.empty()) {
      line.object("alike", [&] {
        line.known("event", account.likest);
        line.known("chance", account.chance);
      });
    }
    event_fields(line, account.told);
  });
}

void append_json_line(const HappeningMembers& happening, std::string& out) {
  JsonLine line(out);
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
  JsonLine line(out);
  line.known("cluster", happening.id);
  line.strings("reports", reports);
}

void append_json_line(const SearchHit& found, std::string& out) {
  JsonLine line(out);
  line.report(found.report);
  line.known("snippet", found.snippet);
  line.spans("hits", found.hits, found.snippet);
  line.known("score", found.score);
}

void append_json_line(const Attention& one, std::string& out) {
  JsonLine line(out);
  line.known("kind", one.kind);
  line.known("where", one.where);
  line.known("file", one.file);
  line.known("reason", one.reason);
}

void append_json_line(const Correction& correction, std::string& out) {
  JsonLine line(out);
  line.whole("correction", static_cast<std::uint64_t>(correction.number));
  line.known("at", correction.at);
  line.known("who", correction.who);
  line.known("why", correction.why);
  line.known("act", name_of(correction.act));
  if (correction.undoes) line.whole("undoes", static_cast<std::uint64_t>(*correction.undoes));
  if (correction.undone_by) {
    line.whole("undone_by", static_cast<std::uint64_t>(*correction.undone_by));
  }
  line.objects("values", correction.values, [&](const CorrectedValue& value) {
    line.known("field", value.field);
    line.known("value", value.value);
    line.known("was", value.was);
  });
  line.objects("words", correction.words, [&](const CorrectionWords& words) {
    line.known("part", words.part);
    line.known("report", words.report);
    line.known("event", words.event);
    line.known("content", words.content);
    line.span("span", words.span);
    line.known("words", words.words);
    line.known("before", words.before);
    line.known("after", words.after);
    line.known("unattached", words.unattached);
  });
}

void append_json_line(const Rejection& rejection, std::string& out) {
  JsonLine line(out);
  line.known("id", rejection.id);
  line.known("uri", rejection.uri);
  if (rejection.line > 0) line.whole("line", rejection.line);
  line.known("content", rejection.content);
  line.whole("code", static_cast<std::uint64_t>(std::max(rejection.code, 0)));
  line.known("reason", rejection.reason);
}

}  // namespace dateline::exporting
