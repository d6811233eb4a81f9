// One happening of the timeline: what most accounts say, who tells it, what they dispute; and, when it is opened,
// every account beside the others.
// SPDX-License-Identifier: Apache-2.0
import { element, link } from "./element.js";

const DISPUTES = { happened: "whether it happened", actors: "who did it", day: "when", place: "where" };

const named = (several) => (several ?? []).map((who) => who.name ?? who.words).join(", ");
const placed = (place) => (place ? place.name ?? place.words : "");
const counted = (quantities) => (quantities ?? []).map((one) => one.words).join(", ");
const several = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

/** "4 to 14 dead (13)": the lowest, the highest and the best of what sources tell. */
function toll({ counts, low, best, high }) {
  return low === high ? `${best} ${counts}` : `${low} to ${high} ${counts} (${best})`;
}

/** What a day that the event's own sentence does not tell was taken from; nothing where it tells it. */
function inferredFrom(date) {
  if (date?.from === "context") return `day from “${date.words}”`;
  return date?.from === "published" ? "day from that of publication" : "";
}

function day(date) {
  if (!date) return "undated";
  const days = date.begin === date.end ? date.begin : `${date.begin ?? "…"} to ${date.end ?? "…"}`;
  return inferredFrom(date) ? `(${days})` : days;
}

function voice(one) {
  const told = one.stance && one.stance !== "asserts" ? ` (${one.stance})` : "";
  const through = (one.via ?? []).map((name) => `, via ${name || "unnamed"}`).join("");
  return `${one.name || "unnamed"}${told}${through}`;
}

/** The words of an event; choosing them opens its report there. */
function quotation(event, words, openReport) {
  const open = element("button", "open", element("q", "words", words ?? ""));
  open.type = "button";
  open.addEventListener("click", () => openReport(event));
  return open;
}

const doubts = (told) =>
  [told.polarity === "negated" ? "negated" : "", told.status && told.status !== "actual" ? told.status : ""].filter(Boolean).join(", ");

const ACCOUNT_COLUMNS = [
  ["Source", ({ source, report, superseded, copied }) => [
    `${source}. `, link(report.uri, report.outlet ?? report.handle), report.published ? `, ${report.published.slice(0, 10)}` : "",
    copied ? " (copy)" : "", superseded ? " (corrected later)" : ""]],
  ["When", ({ date }) => [day(date)]],
  ["Who", ({ actors }) => [named(actors)]],
  ["To whom", ({ recipients }) => [named(recipients)]],
  ["Where", ({ place }) => [placed(place)]],
  ["How many", ({ quantities }) => [counted(quantities)]],
  ["According to", (account) => [(account.according_to ?? []).map(voice).join("; "), doubts(account) ? ` (${doubts(account)})` : ""]],
];

function accountTable(accounts, openReport) {
  const head = element("tr", "", ...[...ACCOUNT_COLUMNS.map(([name]) => name), "In what words"].map((name) => {
    const cell = element("th", "", name);
    cell.scope = "col";
    return cell;
  }));
  const rows = accounts.map((account) => element("tr", account.superseded || account.copied ? "passed" : "",
    ...ACCOUNT_COLUMNS.map(([, cells]) => element("td", "", ...cells(account))),
    element("td", "", quotation(account.event, account.words, openReport))));
  return element("table", "accounts", element("thead", "", head), element("tbody", "", ...rows));
}

/** A list item. `ask` gets a path's answer, `openReport` shows the report of an event by its handle. */
export function happeningItem(happening, ask, openReport) {
  const sides = [named(happening.actors), happening.recipients ? `→ ${named(happening.recipients)}` : ""].filter(Boolean).join(" ");
  const parts = [sides, happening.place ? `in ${placed(happening.place)}` : "", (happening.tolls ?? []).map(toll).join("; ")].filter(Boolean);
  const disputed = (happening.disputed ?? []).map((about) => DISPUTES[about] ?? about).join(", ");
  const told = `${several(happening.sources, "independent source")} in ${several(happening.reports, "report")}`;
  const accounts = element("details", "", element("summary", "", told, disputed ? element("strong", "disputed", ` disputed: ${disputed}`) : ""));
  accounts.addEventListener("toggle", async () => {
    if (!accounts.open || accounts.querySelector("table, .hint")) return;
    try {
      const answer = await ask(`/api/accounts/${encodeURIComponent(happening.happening)}`);
      accounts.append(accountTable(answer.accounts, openReport));
    } catch (problem) {
      accounts.append(element("p", "hint", problem.message));
    }
  });
  return element("li", "event",
    element("time", "", day(happening.date)),
    element("span", "type", happening.type ?? ""),
    element("span", "who", parts.join(" · ")),
    quotation(happening.event, happening.words, openReport),
    accounts);
}
