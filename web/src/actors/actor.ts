// SPDX-License-Identifier: Apache-2.0
export type Actor = {
  actor: string; name?: string; kind?: string; country?: string; sector?: string; first_seen?: string; last_seen?: string; reports: number;
  names?: { name: string; reports: number; outlets?: string[] }[]; by: number; against: number; speaks: number;
};
export type Deed = { side: "by" | "against"; type?: string; other?: string; other_name?: string; first?: string; last?: string; happenings: number };
export type ActorLife = Actor & {
  roles?: { role: string; of?: string; first_seen?: string; last_seen?: string; reports: number }[];
  deeds?: Deed[];
  stances?: { stance: string; times: number }[];
};

/** "organization, TSM GOV" */
export const described = ({ kind, country, sector }: Actor) => [kind, [country, sector].filter(Boolean).join(" ")].filter(Boolean).join(", ");
