// What is being typed, kept on the device under the person's device key until it is sent.
import { type Kept, keepSecret, openSecret } from "./device.ts";
import type { Keys } from "./keys.ts";
import type { Store } from "./store.ts";

export type Values = Record<string, string[]>;

export class Drafts {
  readonly #store: Store;
  readonly #keys: Keys;

  constructor(store: Store, keys: Keys) {
    [this.#store, this.#keys] = [store, keys];
  }

  async keep(name: string, values: Values): Promise<void> {
    await this.#store.put("drafts", name, await keepSecret(this.#keys, values));
  }

  /** Null where there is none, or other keys sealed it. */
  async find(name: string): Promise<Values | null> {
    const kept = await this.#store.get<Kept>("drafts", name);
    return kept ? openSecret<Values>(this.#keys, kept).catch(() => null) : null;
  }

  drop(name: string): Promise<void> {
    return this.#store.delete("drafts", name);
  }
}
