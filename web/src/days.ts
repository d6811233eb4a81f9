// Days as people write them, with no more precision than a report gave. Days are ISO texts, not Dates: no time zone has
// a say, and years before 1000 stay what they are.
// SPDX-License-Identifier: Apache-2.0
import type { Days } from "./api";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export type Precision = "none" | "day" | "days" | "month" | "year" | "years" | "since" | "until";

const year = (day: string) => day.slice(0, 4).replace(/^0+(?=\d)/, "");
const month = (day: string) => MONTHS[Number(day.slice(5, 7)) - 1];
const dayOfMonth = (day: string) => String(Number(day.slice(8, 10)));
const isFirst = (day: string) => day.endsWith("-01");

/** Days in a month: "2026-02" has 28. */
export function daysIn(yearAndMonth: string): number {
  const [y, m] = yearAndMonth.split("-").map(Number);
  return m === 2 ? (y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31;
}
const isLast = (day: string) => Number(day.slice(8, 10)) === daysIn(day.slice(0, 7));

export function precisionOf(days: Days | undefined): Precision {
  const { begin, end } = days ?? {};
  if (!begin && !end) return "none";
  if (!end) return "since";
  if (!begin) return "until";
  if (begin === end) return "day";
  const whole = isFirst(begin) && isLast(end);
  if (whole && begin.slice(0, 7) === end.slice(0, 7)) return "month";
  if (begin.endsWith("-01-01") && end.endsWith("-12-31")) return year(begin) === year(end) ? "year" : "years";
  return "days";
}

/** "3 March 2026", "March 2026", "2026": what a whole month or year begins with is told as that. */
function since(day: string): string {
  if (day.endsWith("-01-01")) return year(day);
  return isFirst(day) ? `${month(day)} ${year(day)}` : dayInWords(day);
}

export function dayInWords(day: string): string {
  if (day.length === 4) return year(day);
  if (day.length === 7) return `${month(day)} ${year(day)}`;
  return `${dayOfMonth(day)} ${month(day)} ${year(day)}`;
}

export function daysInWords(days: Days | undefined): string {
  const { begin = "", end = "" } = days ?? {};
  switch (precisionOf(days)) {
    case "none": return "no day told";
    case "since": return `since ${since(begin)}`;
    case "until": return `until ${dayInWords(end)}`;
    case "day": return dayInWords(begin);
    case "month": return `${month(begin)} ${year(begin)}`;
    case "year": return year(begin);
    case "years":
      return begin.slice(3, 4) === "0" && end === `${begin.slice(0, 3)}9-12-31` ? `${year(begin)}s` : `${year(begin)} to ${year(end)}`;
    case "days":
      if (begin.slice(0, 7) === end.slice(0, 7)) return `${dayOfMonth(begin)}–${dayInWords(end)}`;
      if (begin.slice(0, 4) === end.slice(0, 4)) return `${dayOfMonth(begin)} ${month(begin)} – ${dayInWords(end)}`;
      return `${since(begin)} – ${dayInWords(end)}`;
  }
}

/** How many days, both ends counted; 0 where one end is open. */
export function lengthOf(days: Days | undefined): number {
  if (!days?.begin || !days.end) return 0;
  return Math.round((Date.parse(days.end) - Date.parse(days.begin)) / 86_400_000) + 1;
}

/** What a day that the event's own sentence does not tell was taken from; nothing where it tells it. */
export function inferredFrom(days: Days | undefined): string {
  if (days?.from === "context") return `day taken from “${days.words ?? "a sentence near by"}”`;
  return days?.from === "published" ? "day taken from that of publication" : "";
}
