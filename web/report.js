// One report with what was read from it marked in its text.
//
// Spans of the record count code points, so the text is cut as an array of them. Marks may overlap: the text is cut
// at every border, and each piece carries the classes of all marks that cover it.
// SPDX-License-Identifier: Apache-2.0
import { element, link } from "./element.js";

const LEGEND = [["said", "what somebody says"], ["speaker", "who says it"], ["time", "when"], ["quantity", "how many"], ["place", "where"],
  ["trigger", "what happens"]];

/** [begin, end, class, hint] of everything that is marked. */
function marksOf(record, chosen) {
  const marks = [];
  const mark = (span, className, hint) => marks.push([span[0], span[1], className, hint]);
  for (const time of record.times ?? []) mark(time.span, "time", time.value ?? "");
  for (const quantity of record.quantities ?? []) {
    mark(quantity.span, "quantity", [quantity.qualifier, quantity.value, quantity.counts].filter((part) => part !== undefined).join(" "));
  }
  for (const place of record.places ?? []) mark(place.span, "place", [place.name, place.country].filter(Boolean).join(", "));
  for (const attribution of record.attributions ?? []) {
    for (const span of attribution.content?.spans ?? []) mark(span, "said", "");
    for (const span of attribution.source?.spans ?? []) mark(span, "speaker", "who says it");
  }
  for (const event of record.events ?? []) mark(event.trigger, "trigger", event.type ?? "");
  if (chosen) {
    mark(spanOf(record, chosen), "chosen", "");
  }
  return marks.filter(([begin, end]) => begin < end);
}

/** The sentence of an event; without one, the whole text. */
function spanOf(record, chosen) {
  return chosen ? record.sentences?.[chosen.sentence] ?? chosen.trigger : [0, Infinity];
}

function markedText(points, begin, end, marks) {
  const here = marks.filter((mark) => mark[0] < end && begin < mark[1]);
  const borders = new Set([begin, end]);
  for (const [from, to] of here) {
    borders.add(Math.max(from, begin));
    borders.add(Math.min(to, end));
  }
  const cuts = [...borders].sort((a, b) => a - b);
  const pieces = [];
  for (let i = 0; i + 1 < cuts.length; ++i) {
    const words = points.slice(cuts[i], cuts[i + 1]).join("");
    const over = here.filter((mark) => mark[0] <= cuts[i] && cuts[i + 1] <= mark[1]);
    if (over.length === 0) {
      pieces.push(words);
      continue;
    }
    const piece = element("mark", [...new Set(over.map((mark) => mark[2]))].join(" "), words);
    piece.title = over.map((mark) => mark[3]).filter(Boolean).join("; ");
    pieces.push(piece);
  }
  return pieces;
}

/** The first place of a map at which some of the words stand. */
function placeOf(map, span) {
  return map?.find((place) => place.span[0] < span[1] && span[0] < place.span[1]);
}

/** 0:01:02 of milliseconds. */
function clock(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part, i) => (i > 0 ? String(part).padStart(2, "0") : part)).join(":");
}

/** The way to the file that a report was read from, where one is kept: a tab in which nothing of it runs. */
function pageLink(record, handle, span) {
  if (!record.source_map && !record.page_map && !record.time_map) return [];
  const page = placeOf(record.page_map, span)?.page;
  const time = placeOf(record.time_map, span)?.ms[0];
  const words = page ? `page ${page} of the PDF as it was read` : time !== undefined ? `as it was read, at ${clock(time)}` : "page as it was read";
  const original = link(new URL(`/api/pages/${encodeURIComponent(handle)}#${page ? `page=${page}` : "dateline"}`, location.href), words);
  original.target = "_blank";
  return [" · ", original];
}

/** Fills `pane` with a report as /api/reports/ gives it; `handle` names the event to bring into view. */
export function showReport(pane, report, handle) {
  const record = report.record;
  const points = Array.from(record.text);
  const chosen = (record.events ?? []).find((event) => `${report.handle}.${event.id}` === handle);
  const marks = marksOf(record, chosen);
  const sections = record.sections?.length > 0 ? record.sections : [{ kind: "paragraph", span: [0, points.length] }];
  pane.replaceChildren(
    element("h2", "", record.title ?? report.handle),
    element("p", "source", link(record.source?.uri ?? "", report.outlet ?? ""), record.published ? ` · ${record.published.value}` : "",
      record.authors?.length > 0 ? ` · ${record.authors.join(", ")}` : "", ...pageLink(record, chosen ? handle : report.handle, spanOf(record, chosen))),
    element("p", "legend", ...LEGEND.map(([className, words]) => element("mark", className, words))),
    ...sections.filter((section) => section.kind !== "title")
      .map((section) => element("p", section.kind, ...markedText(points, section.span[0], section.span[1], marks))));
  for (const gap of record.gaps ?? []) {
    pane.append(element("p", "gap", `${gap.kind.replaceAll("_", " ")}: ${gap.note ?? ""}`));
  }
  pane.querySelector(".chosen")?.scrollIntoView({ block: "center" });
}
