// The types of happenings, what each says, and the kind that its colour tells: PLOVER's four, and what is neither.
// SPDX-License-Identifier: Apache-2.0

export const KINDS = {
  force: "force and pressure", quarrel: "words against", accord: "words for", help: "help and giving way", other: "neither",
} as const;
export type Kind = keyof typeof KINDS;

/** As `dateline timeline --type help` lists them. */
export const TYPES: Record<string, { kind: Kind; says: string }> = {
  AGREE: { kind: "accord", says: "agree to do something" },
  CONSULT: { kind: "accord", says: "meet, talk, visit" },
  SUPPORT: { kind: "accord", says: "back, praise, defend" },
  CONCEDE: { kind: "help", says: "give in, apologise, pardon, lift what was imposed" },
  COOPERATE: { kind: "help", says: "work together, share, exchange, extradite" },
  AID: { kind: "help", says: "give money, goods, shelter, rescue" },
  RETREAT: { kind: "help", says: "withdraw, release, cease fire, lay down arms, resign" },
  REQUEST: { kind: "quarrel", says: "ask for, call for, demand, invite" },
  ACCUSE: { kind: "quarrel", says: "blame, criticise, charge, investigate" },
  REJECT: { kind: "quarrel", says: "refuse, veto, decline" },
  THREATEN: { kind: "quarrel", says: "threaten, warn, give an ultimatum" },
  PROTEST: { kind: "force", says: "march, strike, riot, block" },
  SANCTION: { kind: "force", says: "break off relations, cut aid, impose an embargo, expel" },
  MOBILIZE: { kind: "force", says: "call up, deploy, move forces" },
  COERCE: { kind: "force", says: "arrest, seize, ban, close, impose a curfew" },
  ASSAULT: { kind: "force", says: "attack, bomb, kill, wound, abduct, torture" },
  MOVE: { kind: "other", says: "people leave where they live or shelter, or return" },
  DISASTER: { kind: "other", says: "accident, fire, epidemic, forces of nature" },
  OFFICE: { kind: "other", says: "be elected, appointed, sworn in" },
};

export const kindOf = (type: string | undefined): Kind => TYPES[type ?? ""]?.kind ?? "other";
