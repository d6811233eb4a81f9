// What a person says of what was read, as /api/corrections takes it.
// SPDX-License-Identifier: Apache-2.0
import { answerOf, forgetToken, token, type Account, type Span } from "../api";
import { allNamed, placed } from "../words";
import { corrected } from "./corrected.svelte";

export type Act = "change" | "confirm" | "reject" | "merge" | "split" | "add";
export type Request = { act: Act; name: string; with?: string; values?: { field: string; value: string }[]; words?: string; span?: Span; who: string; why?: string };
/** What is to be corrected: an account, a happening, or words of a report that tell of one that was missed. */
export type Subject = { act: Act; name: string; account?: Account; words?: string; span?: Span };
export type Correction = {
  correction: number; at: string; who: string; why?: string; act: Act | "undo"; undoes?: number; undone_by?: number;
  values?: { field: string; value: string; was?: string }[];
};

export const ACTS: Record<Act, { title: string; says: string; done: string }> = {
  confirm: { title: "It is right", says: "It is as it was read.", done: "confirmed" },
  reject: { title: "It is none", says: "These words tell of no happening.", done: "rejected" },
  change: { title: "Change", says: "This report's account has these values. What is left as it is stays as it was read; “none” takes a value away.", done: "changed" },
  split: { title: "Not this one", says: "This account tells of another happening than the others that it stands with.", done: "split off" },
  merge: { title: "Merge", says: "This happening and another are one.", done: "merged" },
  add: { title: "Add", says: "The report tells of a happening in these words.", done: "added" },
};

/** The fields that can be given, in the forms of docs/corrections.md, with what an account has of them now. */
export const FIELDS: { name: string; hint: string; now: (account: Account) => string }[] = [
  { name: "day", hint: "2026-03-09, 2026-03, 2026-03-07..2026-03-09", now: ({ date }) => (!date?.begin ? "" : date.begin === date.end ? date.begin : `${date.begin}..${date.end ?? ""}`) },
  { name: "actors", hint: "names, divided by ;", now: ({ actors }) => allNamed(actors).replaceAll(", ", "; ") },
  { name: "recipients", hint: "names, divided by ;", now: ({ recipients }) => allNamed(recipients).replaceAll(", ", "; ") },
  { name: "place", hint: "Kolvar (TSM)", now: ({ place }) => placed(place) },
  { name: "according_to", hint: "names, divided by ;", now: ({ according_to }) => (according_to ?? []).map(({ name }) => name ?? "").join("; ") },
  ...["dead", "wounded", "detained", "displaced", "participants"].map((counts) => ({
    name: counts, hint: "12, 8..20, 8..",
    now: ({ quantities }: Account) => String((quantities ?? []).find((one) => one.counts === counts)?.value ?? ""),
  })),
  { name: "status", hint: "actual, ongoing, planned, alleged", now: ({ status }) => status ?? "" },
];

const WHO = "dateline-who";
export const who = () => sessionStorage.getItem(WHO) ?? "";
export const keepWho = (name: string) => sessionStorage.setItem(WHO, name);

/** Sends it; an Error with the API's own message where it is refused. A token that is refused is forgotten. */
export async function send(request: Request | { act: "undo"; correction: number; who: string; why?: string }): Promise<void> {
  const response = await fetch("/api/corrections", {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token()}` },
    body: JSON.stringify(request),
  });
  if (response.status === 401) forgetToken();
  await answerOf(response);
  corrected.times += 1;
}
