// The timeline: filters, happenings with their sources and quoted words, search results. The address holds what is
// shown, so that it can be sent, and Back goes back.
//
// Everything that comes from a report is put on the page by element.js: as text, never as markup.
// SPDX-License-Identifier: Apache-2.0
import { element, link } from "./element.js";
import { happeningItem } from "./happening.js";
import { showReport } from "./report.js";

const TYPES = ["ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "DISASTER",
  "MOBILIZE", "MOVE", "OFFICE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"];

/** What a path of the API answers; an Error with the API's own message where it refuses. */
async function ask(path, parameters) {
  const response = await fetch(parameters ? `${path}?${parameters}` : path);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}

const byId = (id) => document.getElementById(id);

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

/** Shows a report, or that of an event, by its handle: r14, r14.v11. */
async function showPassage(handle) {
  const pane = byId("report");
  try {
    showReport(pane, await ask(`/api/reports/${encodeURIComponent(handle.split(".")[0])}`), handle.includes(".") ? handle : undefined);
  } catch (problem) {
    pane.replaceChildren(element("p", "hint", problem.message));
  }
  pane.focus({ preventScroll: true });
}

/** Goes where the address says: ?actor=police#r14.v11, or ?q=market. */
let listed;
function show() {
  const parameters = new URLSearchParams(location.search);
  if (listed !== location.search) {
    listed = location.search;
    for (const form of [filters, search]) {
      form.reset();
      for (const [name, value] of parameters) if (form.elements[name]) fill(form.elements[name], value);
    }
    if (parameters.has("q")) list("/api/search", parameters, "found", foundItem);
    else list("/api/happenings", parameters, "happenings", (one) => happeningItem(one, ask, openReport));
  }
  if (location.hash) showPassage(decodeURIComponent(location.hash.slice(1)));
}

function fill(field, value) {
  if (field.type === "checkbox") field.checked = value === field.value;
  else field.value = value;
}

function go(address) {
  history.pushState(null, "", address);
  show();
}

const openReport = (handle) => go(`${location.pathname}${location.search}#${encodeURIComponent(handle)}`);

function askFor(form) {
  const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  go(given.size > 0 ? `${location.pathname}?${given}` : location.pathname);
}

const filters = byId("filters"), search = byId("search");
filters.elements.type.append(element("option", "", ""), ...TYPES.map((type) => element("option", "", type)));
for (const form of [filters, search]) {
  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    askFor(form);
  });
}
byId("clear").addEventListener("click", () => go(location.pathname));
addEventListener("popstate", show);

ask("/api/health").then((totals) => {
  byId("totals").textContent = `${totals.reports} reports, ${totals.events} events`;
}, (problem) => {
  byId("totals").textContent = problem.message;
});
show();
