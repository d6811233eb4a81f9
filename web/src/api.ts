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

/** What a path of the API answers; an Error with the API's own message where it refuses. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}
