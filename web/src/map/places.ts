// SPDX-License-Identifier: Apache-2.0
export type PlaceCount = { name?: string; country?: string; admin1?: string; precision?: string; lat?: number; lon?: number; happenings: number };
