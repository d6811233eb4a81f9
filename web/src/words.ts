// What happenings and accounts say, in words.
// SPDX-License-Identifier: Apache-2.0
import type { Toll, Voice, Where, Who } from "./api";

const DISPUTES: Record<string, string> = { happened: "whether it happened", actors: "who did it", day: "when", place: "where" };

export const several = (number: number, one: string) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
export const disputeInWords = (about: string) => DISPUTES[about] ?? `how many ${about}`;
export const named = (who: Who) => who.name ?? who.words ?? "";
export const allNamed = (several: Who[] | undefined) => (several ?? []).map(named).filter(Boolean).join(", ");
export const placed = (place: Where | undefined) => place?.name ?? place?.words ?? "";
export const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
export const typeInWords = (type: string | undefined) => (type ? capital(type.toLowerCase()) : "Happening");

/** "9–20": the lowest and highest of what sources tell, where they differ. */
export const range = ({ low, high }: Toll) => (low === high ? "" : `${low.toLocaleString("en")}–${high.toLocaleString("en")}`);

export function voiceInWords({ name, stance, via }: Voice): string {
  const told = stance && stance !== "asserts" ? ` (${stance})` : "";
  return `${name || "unnamed"}${told}${(via ?? []).map((through) => `, via ${through || "unnamed"}`).join("")}`;
}

/** Where an address is one of the web, as it may be linked to; else nothing. */
export function webAddress(address: string | undefined): string | undefined {
  try {
    const url = new URL(address ?? "");
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
  } catch {
    return undefined;
  }
}
