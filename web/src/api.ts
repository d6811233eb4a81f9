// What the API answers (openapi.json), as far as the page looks at it, and how it is asked.
// SPDX-License-Identifier: Apache-2.0

/** Code points of a report's text, half-open. */
export type Span = [number, number];
export type Days = { begin?: string; end?: string; from?: string; words?: string };
export type Who = { name?: string; words?: string; country?: string; sector?: string };
export type Where = { name?: string; words?: string; country?: string; admin1?: string; precision?: string; lat?: number; lon?: number };
export type HowMany = { words: string; value?: number; min?: number; max?: number; qualifier?: string; unit?: string; counts?: string };
export type Voice = { name?: string; words?: string; stance?: string; via?: string[] };
export type ReportRef = { handle: string; title?: string; outlet?: string; uri?: string; published?: string };
export type Toll = { counts: string; low: number; best: number; high: number };

type Told = { type?: string; mode?: string; date?: Days; actors?: Who[]; recipients?: Who[]; place?: Where };

export type Happening = Told & {
  happening: string; main: boolean; tolls?: Toll[]; reports: number; sources: number; disputed?: string[]; state?: string;
  event: string; words?: string;
};

export type Account = Told & {
  event: string; source: number; main: boolean; mentions: string[]; copied?: boolean; superseded?: boolean; alike?: { event: string; chance: number };
  quantities?: HowMany[]; polarity?: string; status?: string; confidence?: number; according_to?: Voice[];
  trigger: { words?: string; span: Span }; words?: string; span: Span; state?: string; report: ReportRef;
};

export type Accounts = Omit<Happening, "event"> & { accounts: Account[] };

export type Found = { report: ReportRef; snippet?: string; hits?: Span[] };

// The token that the server printed at its start: asked for once, and kept as long as the tab is open.
const TOKEN = "dateline-token";
export const token = () => sessionStorage.getItem(TOKEN) ?? "";
export const keepToken = (given: string) => sessionStorage.setItem(TOKEN, given);
export const forgetToken = () => sessionStorage.removeItem(TOKEN);

/** Nothing is answered without the right token. */
export class TokenNeeded extends Error {}

/** What was answered; an Error with the API's own message where it refused. */
export async function answerOf<T>(response: Response): Promise<T> {
  const answer = await response.json();
  if (response.status === 401) throw new TokenNeeded(answer.detail);
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}

export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  return answerOf(await fetch(path, { signal, headers: token() ? { Authorization: `Bearer ${token()}` } : {} }));
}
