// A person's keys over HTTP: making them, unlocking them on a device, wrapping them once more.
import { type Bytes, b64u, fromB64u } from "./bytes.ts";
import { belongsTo, type Card, makeCard, readCard, type SignedCard } from "./card.ts";
import { keepKeys, keysOnDevice, type Unlocked } from "./device.ts";
import { uuid7 } from "./ids.ts";
import { addPin, emptyKeyring, type SealedKeyring, sealKeyring } from "./keyring.ts";
import { keysOf, newRoot } from "./keys.ts";
import { type Line, Refused } from "./line.ts";
import { demand, Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";
import { unwrapByPasskey, unwrapByPhrase, wrapForPasskey, wrapForPhrase } from "./wrap.ts";

export type Wrap = {
  id: string;
  kind: "phrase" | "passkey";
  age: string;
  credential_id: string | null;
  prf_salt: string | null;
  label: string;
};
export type AccountKeys = {
  card: string | null;
  card_sig: string | null;
  wraps: Wrap[];
  keyring: { version: number; sealed: string } | null;
};
type NewKeys = { root: Bytes; unlocked: Unlocked; wrap: Wrap; keyring: SealedKeyring };
export type Owner = { instance: string; person: string; card: string | null }; // the card as the page names it
export type PasskeySecret = { credential: Bytes; salt: Bytes; prf: Bytes; label: string };

/** Other keys were made since the page was loaded, on another one: these would take their place unasked. */
export class MadeElsewhere extends Error {}

export const accountKeys = (line: Line): Promise<AccountKeys> => line.get<AccountKeys>("/account/keys");

export class Account {
  readonly #line: Line;
  readonly #store: Store;
  readonly #owner: Owner;
  #made: { phrase: string; keys: NewKeys } | null = null; // sent, and perhaps kept by the server already

  constructor(line: Line, store: Store, owner: Owner) {
    [this.#line, this.#store, this.#owner] = [line, store, owner];
  }

  /**
   * New keys under a new phrase, known to the server and kept on this device. Returns the root, for a passkey's wrap.
   * Where the answer was lost, the next try sends the very same keys, which the server then has once.
   * @throws MadeElsewhere
   */
  async make(phrase: string): Promise<Bytes> {
    const keys = this.#made?.phrase === phrase ? this.#made.keys : await this.#newKeys(phrase);
    this.#made = { phrase, keys };
    const { root, unlocked, wrap, keyring } = keys;
    const body = { version: keyring.version - 1, becomes: keyring.version, sealed: b64u(keyring.sealed) };
    try {
      await this.#line.post("/account/keys", { ...unlocked.signed, wrap, keyring: body }); // at once, so that no card is without its wrap
    } catch (error) {
      if (error instanceof Refused) this.#made = null;
      throw error;
    }
    await this.#store.put("kept", "keyring", keyring);
    await keepKeys(this.#store, unlocked);
    this.#made = null;
    return root;
  }

  async #newKeys(phrase: string): Promise<NewKeys> {
    const told = await accountKeys(this.#line);
    const root = newRoot();
    const keys = await keysOf(root);
    const previous = told.card === null ? null : await this.#cardOf(told);
    if ((previous?.hash ?? null) !== this.#owner.card) throw new MadeElsewhere();
    const still = previous && (await keysOnDevice(this.#store, previous.hash)); // where they are still open, they vouch
    const { instance, person } = this.#owner;
    const signed = await makeCard(keys, { instance, person, previous, previousKeys: still?.keys ?? null });
    const wrap = phraseWrap(await wrapForPhrase(root, phrase));
    const unlocked = { keys, signed };
    return { root, unlocked, wrap, keyring: await this.#newKeyring(unlocked, told.keyring?.version ?? 0) };
  }

  /** @throws Refusal `wrap` when the phrase opens none of the wraps, or they hold other keys than the card's */
  async unlockByPhrase(phrase: string): Promise<Bytes> {
    const told = await accountKeys(this.#line);
    return this.#unlock(told, "phrase", (wrap) => unwrapByPhrase(fromB64u(wrap.age), phrase));
  }

  /** `ask` gets the passkeys that can unlock and returns the one used with its PRF result. @throws Refusal `wrap` */
  async unlockByPasskey(ask: (wraps: Wrap[]) => Promise<{ id: string; prf: Bytes }>): Promise<Bytes> {
    const told = await accountKeys(this.#line);
    const used = await ask(told.wraps.filter(({ kind }) => kind === "passkey"));
    const only = { ...told, wraps: told.wraps.filter(({ id }) => id === used.id) };
    return this.#unlock(only, "passkey", (wrap) => unwrapByPasskey(fromB64u(wrap.age), used.prf));
  }

  async addPasskey(root: Bytes, passkey: PasskeySecret): Promise<void> {
    const { credential, salt, prf, label } = passkey;
    const age = b64u(await wrapForPasskey(root, prf));
    const wrap: Wrap = {
      id: uuid7(),
      kind: "passkey",
      age,
      credential_id: b64u(credential),
      prf_salt: b64u(salt),
      label,
    };
    await this.#line.post("/account/keys/wraps", wrap);
  }

  /** A new phrase for the same keys; the old ones stop working. */
  async replacePhrase(root: Bytes, phrase: string): Promise<void> {
    const { wraps } = await accountKeys(this.#line);
    await this.#line.post("/account/keys/wraps", phraseWrap(await wrapForPhrase(root, phrase)));
    for (const { id } of wraps.filter(({ kind }) => kind === "phrase")) {
      await this.#line.post(`/account/keys/wraps/${id}/delete`, {});
    }
  }

  async #unlock(told: AccountKeys, kind: Wrap["kind"], open: (wrap: Wrap) => Promise<Bytes>): Promise<Bytes> {
    for (const wrap of told.wraps.filter((one) => one.kind === kind)) {
      const root = await open(wrap).catch(() => null);
      if (root === null) continue;
      await keepKeys(this.#store, await this.#unlockedBy(root, told));
      return root;
    }
    throw new Refusal("wrap");
  }

  /** The keys that follow from the root must be those of the card the server names, and the card this person's. */
  async #unlockedBy(root: Bytes, told: AccountKeys): Promise<Unlocked> {
    const keys = await keysOf(root);
    demand(belongsTo(await this.#cardOf(told), keys), "wrap", "the wrap holds other keys than the card");
    return { keys, signed: signedCardOf(told) };
  }

  async #cardOf(told: AccountKeys): Promise<Card> {
    const card = await readCard(signedCardOf(told));
    demand(card.person === this.#owner.person && card.instance === this.#owner.instance, "card");
    return card;
  }

  async #newKeyring({ keys, signed }: Unlocked, before: number): Promise<SealedKeyring> {
    const keyring = { ...emptyKeyring(), version: before + 1 };
    addPin(keyring, this.#owner.person, { signed, verified: true, seen: true });
    return { version: keyring.version, sealed: await sealKeyring(keyring, keys) };
  }
}

const phraseWrap = (age: Bytes): Wrap => ({
  id: uuid7(),
  kind: "phrase",
  age: b64u(age),
  credential_id: null,
  prf_salt: null,
  label: "",
});

function signedCardOf(told: AccountKeys): SignedCard {
  demand(told.card !== null && told.card_sig !== null, "card", "there are no keys yet");
  return { card: told.card, sig: told.card_sig, previous_sig: null };
}
