// The accounts of a happening as a table: a column an account, those of one source beside each other; a row a question;
// and in a row of which accounts differ, the answers that are not what the happening is listed with.
// SPDX-License-Identifier: Apache-2.0
import type { Account, Accounts, Days, HowMany, Who } from "../api";
import { dayInWords, daysInWords, inferredFrom } from "../days";
import { capital, named, placed, typeInWords, voiceInWords } from "../words";

export type Cell = { words: string; aside: string; differs: boolean };
export type Row = { name: string; disputed: boolean; cells: Cell[] };

/** `answers`: what an account says, one thing each; `listed`: what the happening is listed with. */
type Question = { name: string; about?: string; answers: (account: Account) => string[]; listed?: string[]; aside?: (account: Account) => string };

const number = ({ value, min, max, qualifier, words }: HowMany): string => {
  if (min !== undefined && max !== undefined && min !== max) return `${min.toLocaleString("en")}–${max.toLocaleString("en")}`;
  if (value === undefined) return words;
  const about = qualifier && !["exact", "range", "unknown"].includes(qualifier) ? `${qualifier.replace("_", " ")} ` : "";
  return `${about}${value.toLocaleString("en")}`;
};
const doubts = ({ polarity, status }: Account) =>
  [polarity === "negated" ? "did not happen" : "", status && status !== "actual" ? status : ""].filter(Boolean);
const one = (words: string) => (words ? [words] : []);
const days = (date: Days | undefined) => one(date ? daysInWords(date) : "");
const names = (several: Who[] | undefined) => (several ?? []).map(named).filter(Boolean);

function questions({ accounts, date, actors, place, tolls = [] }: Accounts): Question[] {
  const counted = new Set(accounts.flatMap(({ quantities }) => (quantities ?? []).map(({ counts }) => counts ?? "")));
  counted.delete("");
  const of = (account: Account, counts: string) => (account.quantities ?? []).filter((quantity) => (quantity.counts ?? "") === counts);
  return [
    { name: "What", answers: ({ type }) => one(type ? typeInWords(type) : "") },
    { name: "Happened", about: "happened", answers: doubts, listed: [] },
    { name: "When", about: "day", answers: (account) => days(account.date), listed: days(date), aside: (account) => inferredFrom(account.date) },
    { name: "Who", about: "actors", answers: (account) => names(account.actors), listed: names(actors) },
    { name: "To whom", answers: ({ recipients }) => names(recipients) },
    { name: "Where", about: "place", answers: (account) => one(placed(account.place)), listed: one(placed(place)) },
    ...[...counted].map((counts) => ({
      name: capital(counts), about: counts,
      answers: (account: Account) => of(account, counts).map(number),
      listed: tolls.filter((toll) => toll.counts === counts).map(({ best }) => best.toLocaleString("en")),
      aside: (account: Account) => of(account, counts).filter((quantity) => same(quantity.words) !== same(number(quantity))).map(({ words }) => `“${words}”`).join(", "),
    })),
    { name: "Other numbers", answers: (account) => of(account, "").map(({ words }) => words) },
    { name: "According to", answers: ({ according_to }) => (according_to ?? []).map(voiceInWords) },
  ];
}

/** As answers are compared. */
const same = (words: string) => words.toLowerCase().replaceAll("’", "'");
/** Names that have a word in common are of one: "the army", "Tesmara's army". */
const share = (a: string, b: string) => a.split(/\W+/).some((word) => word.length > 3 && b.split(/\W+/).includes(word));

/** Rows that no account answers are left out. */
export function rowsOf(happening: Accounts, accounts: Account[]): Row[] {
  return questions(happening).map(({ name, about, answers, listed = [], aside }) => {
    const disputed = about !== undefined && (happening.disputed ?? []).includes(about);
    const known = listed.map(same);
    return {
      name, disputed,
      cells: accounts.map((account) => {
        const told = [...new Set(answers(account))];
        const agrees = told.some((words) => known.some((other) => (about === "actors" ? share(same(words), other) : same(words) === other)));
        return { words: told.join(", "), aside: aside?.(account) ?? "", differs: disputed && told.length > 0 && !agrees };
      }),
    };
  }).filter(({ cells }) => cells.some(({ words }) => words));
}

/** Why an account stands with the others. */
export function reasonOf({ alike, copied, state }: Account, accounts: Account[]): string[] {
  const reasons: string[] = [];
  if (state === "person-corrected") reasons.push("a person had a hand in it");
  if (copied) reasons.push("its report has the text of an earlier one");
  const other = accounts.find(({ event }) => event === alike?.event)?.report;
  if (alike && other) {
    const published = other.published ? ` of ${dayInWords(other.published.slice(0, 10))}` : "";
    reasons.push(`one with that in ${other.outlet ?? other.handle}${published} with a chance of ${Math.round(100 * alike.chance)} %`);
  }
  return reasons;
}

/** Whether an account stands for its source: not one that its outlet corrected or that has another's text. */
const stands = (account: Account) => !account.copied && !account.superseded;

/** Sources in the order of their first account, each with the account that stands for it before its others. */
export function bySource(accounts: Account[]): { source: number; accounts: Account[] }[] {
  const sources = new Map<number, Account[]>();
  for (const account of accounts) sources.set(account.source, [...(sources.get(account.source) ?? []), account]);
  return [...sources].map(([source, several]) => ({
    source, accounts: [...several].sort((a, b) => Number(stands(b)) - Number(stands(a)) || Number(b.main) - Number(a.main)),
  }));
}
