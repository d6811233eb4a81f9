// What was read from a report, as marks on its text: what each says, and why. Marks may overlap, so the text is cut at
// every border and each piece knows the marks that cover it. Spans count code points, so the text is an array of them.
// SPDX-License-Identifier: Apache-2.0
import type { Span } from "../api";
import { dayInWords, daysInWords } from "../days";
import { typeInWords } from "../words";
import type { Attribution, Entity, Place, Quantity, RecordEvent, Report, ReportRecord, Time } from "./record";

export const LAYERS = { who: "who", when: "when", where: "where", many: "how many", said: "said by", event: "events" } as const;
export type Layer = keyof typeof LAYERS;

export type Mark = { span: Span; layer: Layer | "gap"; look: string; says: string; why: string };
export type Piece = { words: string; marks: Mark[]; chosen: boolean };

const words = (parts: (string | undefined | false)[], between = ", ") => parts.filter(Boolean).join(between);
const share = (confidence: number | undefined) => (confidence === undefined ? "" : `right with a chance of ${Math.round(confidence * 100)} %`);

export function marksOf(record: ReportRecord): Mark[] {
  const points = Array.from(record.text);
  const quoted = (span: Span) => `“${points.slice(span[0], span[1]).join("")}”`;
  const entities = new Map((record.entities ?? []).map((one) => [one.id, one]));
  const times = new Map((record.times ?? []).map((one) => [one.id, one]));
  const places = new Map((record.places ?? []).map((one) => [one.id, one]));
  const nameOf = (id: string | undefined, span?: Span) => entities.get(id ?? "")?.name ?? (span ? quoted(span) : "");

  const countedFrom = (time: Time) => {
    if (time.from === "published") return `counted from the day of publication${record.published ? `, ${dayInWords(record.published.value.slice(0, 10))}` : ""}`;
    if (time.from === "text") return "the words say all";
    const other = times.get(time.from ?? "");
    if (other) return `counted from ${quoted(other.span)}`;
    return time.anchor ? `counted from ${quoted(time.anchor)}` : "";
  };
  const timeSays = (time: Time) => words([time.begin || time.end ? daysInWords(time) : time.value, time.mod?.toLowerCase(), time.type === "DURATION" && "a duration", time.type === "SET" && "again and again"]);
  const placeSays = (place: Place) => words([place.name, place.admin1 !== place.name && place.admin1, place.country]);
  const placeWhy = (place: Place) => words([place.lat === undefined ? "not found among the places of the world" : place.precision && `known as a ${place.precision}`, share(place.confidence)]);
  const quantitySays = ({ value, min, max, qualifier, unit, counts }: Quantity) => {
    const number = qualifier === "range" && min !== undefined && max !== undefined ? `${min} to ${max}` : value ?? "number not told";
    return words([qualifier && !["exact", "range", "unknown"].includes(qualifier) && qualifier.replace("_", " "), String(number), counts ?? unit], " ");
  };
  const entitySays = (entity: Entity) => words([entity.name ?? "no name", ...(entity.roles ?? []).map(({ role, of }) => words([role, of && `of ${nameOf(of)}`], " "))]);
  const entityWhy = ({ kind, actor }: Entity) => words([kind, words([actor?.country, actor?.sector], " "), actor?.from && `by ${actor.from === "agents" ? "the tables of agents" : actor.from}`]);
  const saidSays = ({ source, stance }: Attribution) => `${source ? nameOf(source.entity, source.spans[0]) : "somebody"} ${stance ?? "says"}`;
  const saidWhy = ({ cue, form }: Attribution) => words([form && `${form} speech`, cue && `by ${quoted(cue.spans[0])}`]);
  const sides = (event: RecordEvent) => words([
    event.actors?.map((who) => nameOf(who.entity, who.span)).join(", ") ?? "", event.recipients?.map((who) => nameOf(who.entity, who.span)).join(", ")], " → ");
  const dateWhy = ({ date }: RecordEvent) => {
    const time = times.get(date?.time ?? "");
    if (date?.from === "published") return "day: that of publication";
    return time ? `day from ${quoted(time.span)}${date?.from === "context" ? ", near by" : ""}` : "";
  };
  const eventSays = (event: RecordEvent) => words([
    `${typeInWords(event.type)}${event.mode ? ` (${event.mode})` : ""}`, sides(event), event.date && daysInWords(event.date), event.place && places.get(event.place)?.name], " · ");
  const eventWhy = (event: RecordEvent) => words([
    dateWhy(event), event.polarity === "negated" && "told as not having happened", event.status && event.status !== "actual" && event.status,
    event.main === false && "mentioned in passing", share(event.confidence)]);

  const marks: Mark[] = [];
  const mark = (layer: Mark["layer"], span: Span, says: string, why: string, look: string = layer) => {
    if (span[0] < span[1]) marks.push({ span, layer, look, says, why });
  };
  for (const one of record.attributions ?? []) {
    for (const span of one.content?.spans ?? []) mark("said", span, saidSays(one), saidWhy(one), "said");
    for (const span of one.source?.spans ?? []) mark("said", span, saidSays(one), saidWhy(one), "speaker");
    for (const span of one.cue?.spans ?? []) mark("said", span, saidSays(one), saidWhy(one), "speaker");
  }
  for (const one of record.entities ?? []) for (const { span } of one.mentions) mark("who", span, entitySays(one), entityWhy(one));
  for (const one of record.times ?? []) mark("when", one.span, timeSays(one), countedFrom(one));
  for (const one of record.places ?? []) mark("where", one.span, placeSays(one), placeWhy(one));
  for (const one of record.quantities ?? []) mark("many", one.span, quantitySays(one), "");
  for (const one of record.events ?? []) mark("event", one.trigger, eventSays(one), eventWhy(one));
  for (const one of record.gaps ?? []) for (const span of one.spans ?? []) mark("gap", span, one.kind.replaceAll("_", " "), one.note ?? "");
  return marks;
}

/** The words of a section, cut where a mark begins or ends; `chosen` is the sentence to be seen. */
export function pieces(points: string[], [begin, end]: Span, marks: Mark[], chosen: Span | undefined): Piece[] {
  const here = marks.filter(({ span }) => span[0] < end && begin < span[1]);
  const borders = new Set([begin, end]);
  for (const [from, to] of [...here.map(({ span }) => span), ...(chosen ? [chosen] : [])]) {
    if (begin < from && from < end) borders.add(from);
    if (begin < to && to < end) borders.add(to);
  }
  const cuts = [...borders].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, n) => ({
    words: points.slice(from, cuts[n + 1]).join(""),
    marks: here.filter(({ span }) => span[0] <= from && cuts[n + 1] <= span[1]),
    chosen: chosen !== undefined && chosen[0] <= from && cuts[n + 1] <= chosen[1],
  }));
}

/** 0:01:02 of milliseconds. */
function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part, i) => (i > 0 ? String(part).padStart(2, "0") : String(part))).join(":");
}

/** The way to the file that a report was read from, where one is kept, at the place where these words stand. */
export function original({ handle, record }: Report, event: RecordEvent | undefined, span: Span): { address: string; words: string } | undefined {
  if (!record.source_map && !record.page_map && !record.time_map) return undefined;
  const at = <Place extends { span: Span }>(map: Place[] | undefined) => map?.find((place) => place.span[0] < span[1] && span[0] < place.span[1]);
  const page = at(record.page_map)?.page;
  const time = at(record.time_map)?.ms[0];
  return {
    address: `/api/pages/${encodeURIComponent(event ? `${handle}.${event.id}` : handle)}#${page ? `page=${page}` : "dateline"}`,
    words: page ? `page ${page} of the PDF as it was read` : time !== undefined ? `as it was read, at ${clock(time)}` : "page as it was read",
  };
}
