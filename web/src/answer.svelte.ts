// The answer to a question that may change: the last one stays until the next has come, and one that comes too late is
// dropped. What is corrected is asked for anew.
// SPDX-License-Identifier: Apache-2.0
import { ask } from "./api";
import { corrected } from "./corrections/corrected.svelte";

export class Answer<T> {
  value = $state.raw<T>();
  problem = $state("");

  /** `question` gives a path of the API, or nothing where there is nothing to ask. */
  constructor(question: () => string | undefined) {
    $effect(() => {
      corrected.times;
      const path = question();
      if (!path) {
        this.value = undefined;
        this.problem = "";
        return;
      }
      const given_up = new AbortController();
      ask<T>(path, given_up.signal).then(
        (value) => this.#take(given_up, value, ""),
        (problem: Error) => this.#take(given_up, undefined, problem.message),
      );
      return () => given_up.abort();
    });
  }

  #take(given_up: AbortController, value: T | undefined, problem: string) {
    if (given_up.signal.aborted) return;
    this.value = value;
    this.problem = problem;
  }
}
