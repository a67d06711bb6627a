// What was written here and is not yet on the server. Kept encrypted under the person's device key, so that a lost line, a
// closed tab or a full reload loses nothing; goes out in its order, each with the id it was given when it was written.
import type { Place } from "./context.ts";
import { type Kept, keepSecret, openSecret } from "./device.ts";
import type { Draft } from "./entry.ts";
import type { Keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** How the entry finds its place: after the verified chain; or, where one is no member yet, as named. */
export type Footing = { on: "chain" } | { on: "named"; prev: string | null };
export type Letter = {
  draft: Draft;
  place: Place; // whose cards it is sealed to, read again when it goes out
  footing: Footing;
  alone: boolean; // sealed to oneself only
};
export type Problem = { code: string; sentence: string; field: string | null };
/** The bytes that were tried last: they may have arrived although the answer did not. */
export type Tried = { prev: string | null; header: string; ct: string | null; sig: string };
type Row = { entry: string; at: number; secret: Kept; tried: Tried | null; problem: Problem | null };
export type Waiting = { entry: string; letter: Letter; tried: Tried | null; problem: Problem | null };

export class Outbox {
  readonly #store: Store;
  readonly #keys: Keys;
  #newest = 0;

  constructor(store: Store, keys: Keys) {
    [this.#store, this.#keys] = [store, keys];
  }

  async put(letter: Letter): Promise<Waiting> {
    const entry = letter.draft.entry;
    const row: Row = {
      entry,
      at: this.#now(),
      secret: await keepSecret(this.#keys, letter),
      tried: null,
      problem: null,
    };
    await this.#store.put("outbox", entry, row);
    return { entry, letter, tried: null, problem: null };
  }

  noteTried(entry: string, tried: Tried): Promise<void> {
    return this.#store.alter<Row>("outbox", entry, (row) => ({ ...row, tried }));
  }

  noteProblem(entry: string, problem: Problem | null): Promise<void> {
    return this.#store.alter<Row>("outbox", entry, (row) => ({ ...row, problem }));
  }

  drop(entry: string): Promise<void> {
    return this.#store.delete("outbox", entry);
  }

  /** Oldest first; what another person's or lost keys sealed is left where it is. */
  async all(): Promise<Waiting[]> {
    const rows = (await this.#store.all<Row>("outbox")).sort((a, b) => a.at - b.at);
    return (await Promise.all(rows.map((row) => this.#opened(row)))).filter((one) => one !== null);
  }

  async find(entry: string): Promise<Waiting | null> {
    const row = await this.#store.get<Row>("outbox", entry);
    return row ? this.#opened(row) : null;
  }

  async count(): Promise<number> {
    return (await this.#store.keys("outbox")).length;
  }

  async #opened({ entry, secret, tried, problem }: Row): Promise<Waiting | null> {
    const letter = await openSecret<Letter>(this.#keys, secret).catch(() => null);
    return letter && { entry, letter, tried, problem };
  }

  /** Later than whatever was put here before, also within a millisecond. */
  #now(): number {
    this.#newest = Math.max(Date.now(), this.#newest + 1);
    return this.#newest;
  }
}
