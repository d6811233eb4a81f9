#!/usr/bin/env python3
"""What the exact reader answers of reports that nobody marked, in the form of marked reports: what the fast reader learns from.

    build/dateline read --from jsonl TEXTS.jsonl > RECORDS.jsonl
    python training/quick/answers.py TEXTS.jsonl RECORDS.jsonl [--without MARKED.jsonl ...] > ANSWERS.jsonl

TEXTS has one report a line: "id", "text", and "date", "title", "url" where known. Reports of MARKED are left out, by id and by the
beginning of their text.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import collections
import json
import sys

TOLLS = ("dead", "wounded", "detained", "displaced")


def beginning(text):
    return " ".join(text.lower().split())[:200]


def happenings(record):
    """Of each incident of a record what a mark of it would say."""
    text = record["text"]
    sentences = record["sentences"]
    places = {p["id"]: p for p in record.get("places", [])}
    quantities = {q["id"]: q for q in record.get("quantities", [])}
    incidents = collections.defaultdict(list)
    for event in record.get("events", []):
        incidents[event["incident"]].append(event)
    for events in incidents.values():
        first = events[0]
        mentions = []
        for event in events:
            begin, end = event["trigger"]
            number = next((n for n, (b, e) in enumerate(sentences, 1) if b <= begin < e), None)
            if number is not None:
                mentions.append([number, text[begin:end]])
        side = lambda name: [text[slice(*p["span"])] for p in first.get(name, []) if p.get("span")]
        place, date = places.get(first.get("place")), first.get("date") or {}
        found = {"type": first["type"], "also": [], "mentions": mentions, "actors": side("actors"), "recipients": side("recipients"),
                 "begin": date.get("begin"), "end": date.get("end") or date.get("begin"), "place": place and text[slice(*place["span"])],
                 "country": place and place.get("country"), "told_by": None, "main": bool(first.get("main")),
                 "status": "denied" if first.get("polarity") == "negated" else {"ongoing": "actual"}.get(first["status"], first["status"])}
        tolls = [quantities[q] for event in events for q in event.get("quantities", []) if q in quantities]
        for kind in TOLLS:
            told = next((q for q in tolls if q.get("counts") == kind), None)
            found[kind] = told and [told.get("min", told.get("value")), told.get("max", told.get("value"))]
        if mentions:
            yield found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("texts")
    parser.add_argument("records")
    parser.add_argument("--without", nargs="*", default=[])
    options = parser.parse_args()
    marked = [json.loads(line) for path in options.without for line in open(path, encoding="utf-8")]
    known = {r["id"] for r in marked} | {beginning(r["text"]) for r in marked if "text" in r}
    with open(options.texts, encoding="utf-8") as texts, open(options.records, encoding="utf-8") as records:
        answers = {record["id"]: record for record in map(json.loads, records) if "events" in record or "text" in record}
        for report in map(json.loads, texts):
            record = answers.get(report["id"])
            if record is None or report["id"] in known or beginning(report["text"]) in known or record["text"] != report["text"]:
                continue
            kept = {k: report[k] for k in ("id", "text", "date", "title", "url") if report.get(k)}
            line = {**kept, "sentences": record["sentences"], "happenings": list(happenings(record))}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
