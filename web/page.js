// The timeline: filters, events with their sources and quoted words, search results.
//
// Everything that comes from a report is put on the page by element.js: as text, never as markup.
// SPDX-License-Identifier: Apache-2.0
import { element, link } from "./element.js";
import { showReport } from "./report.js";

const TYPES = ["ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "DISASTER",
  "MOBILIZE", "MOVE", "OFFICE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"];

/** What a path of the API answers; an Error with the API's own message where it refuses. */
async function ask(path, parameters) {
  const response = await fetch(parameters ? `${path}?${parameters}` : path);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message);
  return answer;
}

const byId = (id) => document.getElementById(id);

function day(date, published) {
  if (!date) return published ? `undated, told ${published.slice(0, 10)}` : "undated";
  const days = date.begin === date.end ? date.begin : `${date.begin ?? "…"} to ${date.end ?? "…"}`;
  return inferredFrom(date) ? `(${days})` : days;
}

/** What a day that the event's own sentence does not tell was taken from; nothing where it tells it. */
function inferredFrom(date) {
  if (date?.from === "context") return `day from “${date.words}”`;
  return date?.from === "published" ? "day from that of publication" : "";
}

const named = (several) => (several ?? []).map((who) => who.name ?? who.words).join(", ");

function voice(one) {
  const told = one.stance && one.stance !== "asserts" ? ` (${one.stance})` : "";
  const through = (one.via ?? []).map((name) => `, via ${name || "unnamed"}`).join("");
  return `${one.name || "unnamed"}${told}${through}`;
}

function eventItem(event) {
  const parts = [named(event.actors), event.recipients ? `→ ${named(event.recipients)}` : "",
    event.place ? `in ${event.place.name ?? event.place.words}` : "",
    (event.quantities ?? []).map((counted) => counted.words).join(", ")].filter(Boolean);
  const report = event.report;
  const open = element("button", "open", element("q", "words", event.words ?? ""));
  open.type = "button";
  open.addEventListener("click", () => openReport(report.handle, event.event));
  const doubt = [event.polarity === "negated" ? "negated" : "", event.status && event.status !== "actual" ? event.status : ""];
  return element("li", "event",
    element("time", "", day(event.date, report.published)),
    element("span", "type", event.type ?? ""),
    element("span", "who", parts.join(" · ")),
    element("span", "doubt", doubt.filter(Boolean).join(", ")),
    open,
    element("p", "source",
      event.according_to ? `According to ${event.according_to.map(voice).join("; ")} — ` : "",
      inferredFrom(event.date) ? `${inferredFrom(event.date)} — ` : "",
      link(report.uri, report.outlet ?? report.handle), report.published ? `, ${report.published.slice(0, 10)}` : ""));
}

function foundItem(found) {
  const points = Array.from(found.snippet ?? "");
  const words = element("span", "words");
  let at = 0;
  for (const [begin, end] of found.hits ?? []) {
    words.append(points.slice(at, begin).join(""), element("mark", "", points.slice(begin, end).join("")));
    at = end;
  }
  words.append(points.slice(at).join(""));
  const open = element("button", "open", element("strong", "", found.report.title ?? found.report.handle), words);
  open.type = "button";
  open.addEventListener("click", () => openReport(found.report.handle));
  return element("li", "event", open,
    element("p", "source", link(found.report.uri, found.report.outlet ?? found.report.handle),
      found.report.published ? `, ${found.report.published.slice(0, 10)}` : ""));
}

let newest = 0;  // An answer that comes after a later question was asked is dropped.

async function list(path, parameters, name, item) {
  const message = byId("message");
  const mine = ++newest;
  try {
    const answer = await ask(path, parameters);
    if (mine !== newest) return;
    byId("events").replaceChildren(...answer[name].map(item));
    message.textContent = answer[name].length === 0 ? "Nothing fits." : answer.more ? "There is more: narrow the filters." : "";
  } catch (problem) {
    if (mine !== newest) return;
    byId("events").replaceChildren();
    message.textContent = problem.message;
  }
}

async function openReport(handle, event) {
  const pane = byId("report");
  try {
    showReport(pane, await ask(`/api/reports/${encodeURIComponent(handle)}`), event);
  } catch (problem) {
    pane.replaceChildren(element("p", "hint", problem.message));
  }
  pane.focus({ preventScroll: true });
}

function given(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
}

const filters = byId("filters");
const timeline = () => list("/api/timeline", given(filters), "events", eventItem);

filters.elements.type.append(element("option", "", ""), ...TYPES.map((type) => element("option", "", type)));
filters.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  timeline();
});
filters.addEventListener("reset", () => setTimeout(timeline));
byId("search").addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  if (given(submitted.target).size > 0) list("/api/search", given(submitted.target), "found", foundItem);
  else timeline();
});

ask("/api/health").then((totals) => {
  byId("totals").textContent = `${totals.reports} reports, ${totals.events} events`;
}, (problem) => {
  byId("totals").textContent = problem.message;
});
timeline();
