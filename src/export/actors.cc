// SPDX-License-Identifier: Apache-2.0
#include "export/actors.h"

#include "export/csv_row.h"
#include "export/json_line.h"

namespace dateline::exporting {

namespace {

void actor_fields(JsonLine& line, const Actor& actor) {
  line.known("actor", actor.id);
  line.known("name", actor.name);
  line.known("kind", actor.kind);
  line.known("country", actor.country);
  line.known("sector", actor.sector);
  line.known("first_seen", actor.first_seen);
  line.known("last_seen", actor.last_seen);
  line.whole("reports", actor.reports);
  line.objects("names", actor.names, [&](const ActorName& one) {
    line.known("name", one.name);
    line.whole("reports", one.reports);
    line.strings("outlets", one.outlets);
  });
  line.whole("by", actor.by);
  line.whole("against", actor.against);
  line.whole("speaks", actor.speaks);
}

}  // namespace

void append_json_line(const Actor& actor, std::string& out) {
  JsonLine line(out);
  actor_fields(line, actor);
}

void append_json_line(const ActorLife& life, std::string& out) {
  JsonLine line(out);
  actor_fields(line, life.actor);
  line.objects("roles", life.roles, [&](const ActorRole& one) {
    line.known("role", one.role);
    line.known("of", one.of);
    line.known("first_seen", one.first_seen);
    line.known("last_seen", one.last_seen);
    line.whole("reports", one.reports);
  });
  line.objects("deeds", life.deeds, [&](const ActorDeed& one) {
    line.known("side", one.by ? "by" : "against");
    line.known("type", one.type);
    line.known("other", one.other_id);
    line.known("other_name", one.other);
    line.known("first", one.first);
    line.known("last", one.last);
    line.whole("happenings", one.happenings);
  });
  line.objects("stances", life.stances, [&](const ActorStance& one) {
    line.known("stance", one.stance);
    line.whole("times", one.times);
  });
}

void append_actors_csv_header(std::string& out) {
  out += "actor,name,kind,country,sector,first_seen,last_seen,reports,names,by,against,speaks\r\n";
}

void append_csv(const Actor& actor, std::string& out) {
  CsvRow row(out);
  row.text(actor.id).text(actor.name).text(actor.kind).text(actor.country).text(actor.sector);
  row.text(actor.first_seen).text(actor.last_seen).number(static_cast<double>(actor.reports));
  row.text(names(actor.names)).number(static_cast<double>(actor.by));
  row.number(static_cast<double>(actor.against)).number(static_cast<double>(actor.speaks));
}

}  // namespace dateline::exporting
