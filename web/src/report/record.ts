// The record of a report (docs/record.md), as far as the page shows it.
// SPDX-License-Identifier: Apache-2.0
import type { Span } from "../api";

export type Mention = { span: Span; form: string };
export type Entity = { id: string; kind: string; name?: string; mentions: Mention[]; roles?: { role: string; of?: string }[]; actor?: { country?: string; sector?: string; from?: string } };
export type Time = { id: string; span: Span; type: string; value?: string; granularity?: string; mod?: string; begin?: string; end?: string; from?: string; anchor?: Span };
export type Place = { id: string; span: Span; name?: string; country?: string; admin1?: string; precision?: string; confidence?: number; lat?: number };
export type Quantity = { id: string; span: Span; value: number | null; min?: number; max?: number; qualifier?: string; unit?: string; counts?: string };
export type Attribution = {
  id: string; source?: { spans: Span[]; entity?: string }; cue?: { spans: Span[]; lemma?: string }; content?: { spans: Span[] }; form?: string; stance?: string;
};
export type RecordEvent = {
  id: string; incident?: string; type?: string; mode?: string; trigger: Span; sentence: number;
  actors?: { entity?: string; span: Span }[]; recipients?: { entity?: string; span: Span }[];
  date?: { begin?: string; end?: string; time?: string; from?: string }; place?: string; polarity?: string; status?: string;
  main?: boolean; confidence?: number; according_to?: string[];
};
export type Gap = { kind: string; spans?: Span[]; note?: string };

export type ReportRecord = {
  text: string; title?: string; authors?: string[]; source?: { uri?: string }; published?: { value: string; from?: string };
  sections?: { kind: string; span: Span }[]; sentences?: Span[];
  entities?: Entity[]; times?: Time[]; places?: Place[]; quantities?: Quantity[]; attributions?: Attribution[]; events?: RecordEvent[];
  gaps?: Gap[]; warnings?: string[];
  source_map?: unknown[]; page_map?: { span: Span; page: number }[]; time_map?: { span: Span; ms: [number, number] }[];
};
export type Report = { handle: string; outlet?: string; found_at: string[]; record: ReportRecord };
