// Stretches of time to count by: "2026", "2026-03", "2026-03-09", named as the API names them.
// SPDX-License-Identifier: Apache-2.0
import { daysIn, dayInWords } from "./days";

export type Unit = "year" | "month" | "day";
const LENGTHS: Record<Unit, number> = { year: 4, month: 7, day: 10 };
const MOST_BINS = 4000;

const two = (number: number) => String(number).padStart(2, "0");
const four = (number: number) => String(number).padStart(4, "0");

export const cut = (day: string, unit: Unit) => day.slice(0, LENGTHS[unit]);

function after(bin: string, unit: Unit): string {
  let [year, month = 1, day = 1] = bin.split("-").map(Number);
  if (unit === "year") return four(year + 1);
  if (unit === "day" && day < daysIn(bin.slice(0, 7))) return `${bin.slice(0, 8)}${two(day + 1)}`;
  month += 1;
  if (month > 12) [year, month] = [year + 1, 1];
  return unit === "month" ? `${four(year)}-${two(month)}` : `${four(year)}-${two(month)}-01`;
}

/** All from the one in which `first` is to that of `last`. */
export function binsBetween(first: string, last: string, unit: Unit): string[] {
  const bins: string[] = [];
  for (let bin = cut(firstDay(first), unit); bin <= cut(lastDay(last), unit) && bins.length < MOST_BINS; bin = after(bin, unit)) bins.push(bin);
  return bins;
}

export const firstDay = (bin: string) => bin + "-01-01".slice(bin.length === 4 ? 0 : bin.length === 7 ? 3 : 6);
export function lastDay(bin: string): string {
  if (bin.length === 4) return `${bin}-12-31`;
  return bin.length === 7 ? `${bin}-${daysIn(bin)}` : bin;
}

/** What a stretch of time is counted by, so that there are some dozens to some hundreds of bins. */
export function unitFor(first: string, last: string): Unit {
  const days = (Date.parse(lastDay(last)) - Date.parse(firstDay(first))) / 86_400_000;
  return days <= 400 ? "day" : days <= 366 * 40 ? "month" : "year";
}

const STEPS: Record<Unit, ((bin: string) => boolean)[]> = {
  year: [1, 2, 5, 10, 20, 50, 100, 200, 500].map((step) => (bin) => Number(bin) % step === 0),
  month: [
    ...[1, 3, 6].map((step) => (bin: string) => (Number(bin.slice(5)) - 1) % step === 0),
    ...[1, 2, 5, 10, 20].map((step) => (bin: string) => bin.endsWith("-01") && Number(bin.slice(0, 4)) % step === 0),
  ],
  day: [() => true, (bin) => ["01", "08", "15", "22"].includes(bin.slice(8)), (bin) => bin.endsWith("-01"), (bin) => /-(01|04|07|10)-01$/.test(bin)],
};

/** The bins whose names stand under them: as many as there is room for. */
export function namedBins(bins: string[], unit: Unit, room: number): number[] {
  const all = bins.map((_, n) => n);
  for (const step of STEPS[unit]) {
    const fits = all.filter((n) => step(bins[n]));
    if (fits.length <= Math.max(room, 1)) return fits;
  }
  return [0];
}

/** "2026", "Mar", "9 Mar": what the bins before it say need not be said again. */
export function shortName(bin: string): string {
  if (bin.length === 4) return dayInWords(bin);
  const month = dayInWords(bin.slice(0, 7)).slice(0, 3);
  if (bin.length === 7) return bin.endsWith("-01") ? dayInWords(bin.slice(0, 4)) : month;
  return `${Number(bin.slice(8))} ${month}`;
}
