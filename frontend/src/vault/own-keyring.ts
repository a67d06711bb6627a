// The person's keyring as this device holds it, kept in step with the server's copy.
import { b64u, fromB64u } from "./bytes.ts";
import { knownCard } from "./card.ts";
import type { Unlocked } from "./device.ts";
import { addPin, type Keyring, openKeyring, pinnedCards, type SealedKeyring, sealKeyring } from "./keyring.ts";
import { type Line, Refused } from "./line.ts";
import { demand } from "./refusal.ts";
import type { Store } from "./store.ts";

type Told = { version: number; sealed: string };
const PLACE = "keyring";
const MOST_TRIES = 6;

export class OwnKeyring {
  readonly #line: Line;
  readonly #store: Store;
  readonly #unlocked: Unlocked;
  readonly #told: number | null; // the version the page knows of; null where it does not say
  #now: Promise<Keyring> | null = null;

  constructor(line: Line, store: Store, unlocked: Unlocked, told: number | null) {
    [this.#line, this.#store, this.#unlocked, this.#told] = [line, store, unlocked, told];
  }

  read(): Promise<Keyring> {
    this.#now ??= this.#load().catch((error) => {
      this.#now = null;
      throw error;
    });
    return this.#now;
  }

  /**
   * Alters the keyring here and on the server; `alter` may run again on a newer copy. Changes nothing where nothing changed.
   * An older copy than the one here is not taken back, whatever the server says: it is written over.
   */
  async change(alter: (keyring: Keyring) => void | Promise<void>): Promise<Keyring> {
    return this.#store.alone("keyring", async () => {
      let told: Told | null = null;
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const before = await this.read();
        const after = structuredClone(before);
        await alter(after);
        if (JSON.stringify(after) === JSON.stringify(before)) return before;
        after.version = before.version + 1;
        told = await this.#replace(told?.version ?? before.version, after);
        if (told === null) return after;
        if (told.version <= before.version) continue;
        await this.#take({ version: told.version, sealed: fromB64u(told.sealed) });
        told = null;
      }
      throw new Error("the keyring keeps changing");
    });
  }

  /** Null when it is done; else what the server has in that place. */
  async #replace(version: number, keyring: Keyring): Promise<Told | null> {
    const sealed = await sealKeyring(keyring, this.#unlocked.keys);
    try {
      const body = { version, becomes: keyring.version, sealed: b64u(sealed) };
      await this.#line.put("/account/keyring", body);
    } catch (error) {
      if (error instanceof Refused && error.status === 409 && error.body.current) return error.body.current as Told;
      throw error;
    }
    await this.#take({ version: keyring.version, sealed });
    return null;
  }

  async #load(): Promise<Keyring> {
    const here = await this.#store.get<SealedKeyring>("kept", PLACE);
    if (here && (this.#told === null || here.version >= this.#told)) return this.#open(here);
    const { keyring } = await this.#line.get<{ keyring: Told | null }>("/account/keys");
    demand(keyring !== null, "keyring", "none, though it is kept together with the keys");
    demand(keyring.version >= (here?.version ?? 0), "keyring", "older than the one here");
    const found = { version: keyring.version, sealed: fromB64u(keyring.sealed) };
    const opened = await this.#open(found);
    await this.#store.put("kept", PLACE, found);
    return opened;
  }

  async #take(found: SealedKeyring): Promise<void> {
    const opened = await this.#open(found);
    await this.#store.put("kept", PLACE, found);
    this.#now = Promise.resolve(opened);
  }

  async #open(found: SealedKeyring): Promise<Keyring> {
    return this.#withOwnCard(await openKeyring(found, this.#unlocked.keys));
  }

  #withOwnCard(keyring: Keyring): Keyring {
    const { signed } = this.#unlocked;
    const own = knownCard(signed);
    if (!pinnedCards(keyring).has(own.hash)) addPin(keyring, own.person, { signed, verified: true, seen: true });
    return keyring;
  }
}
