// People with devices, for tests of the vault against a server in memory.
import "fake-indexeddb/auto";
import { b64u } from "./bytes.ts";
import { knownCard, makeCard, type SignedCard } from "./card.ts";
import type { Context, Member, Place } from "./context.ts";
import { keepKeys, keysOnDevice, type Unlocked } from "./device.ts";
import { uuid7 } from "./ids.ts";
import { addPin, emptyKeyring, sealKeyring } from "./keyring.ts";
import { keysOf, newRoot } from "./keys.ts";
import { Line } from "./line.ts";
import type { Letter } from "./outbox.ts";
import { Server } from "./server.cast.ts";
import { Store } from "./store.ts";
import { type Open, Vault } from "./vault.ts";
import { newPhrase } from "./words.ts";

export const instance = uuid7();
export const PHRASE = newPhrase();

export class Person {
  readonly id = uuid7();
  readonly server: Server;
  devices = 0;
  #unlocked: Unlocked | null = null;

  constructor(server: Server) {
    this.server = server;
  }

  /** A device of this person with the page of a partnership open; locked until unlocked there. */
  async device(place: Place | null = null): Promise<Vault> {
    this.devices++;
    const store = await Store.open(`${this.id}-${this.devices}`);
    return this.page(store, place);
  }

  /** A page loaded anew on a device: of a partnership, of none, or of several. */
  async page(store: Store, place: Place | null, several: Place[] = []): Promise<Vault> {
    const line = new Line(() => "csrf", this.server.fetchOf(this.id));
    const person = { id: this.id, name: "", zone: "UTC" };
    const seen = (one: Place) => ({ ...one, members: one.members.map((m) => ({ ...m, you: m.person === this.id })) });
    const places = { partnership: place && seen(place), partnerships: several.map(seen) };
    const context: Context = { instance, csrf: "", person, card: this.card, keyring_version: null, ...places };
    return new Vault(context, { line, store, unlocked: await keysOnDevice(store, null) });
  }

  /** Keys without a phrase (deriving one takes half a second); `account.make` is what people use. */
  async withKeys(): Promise<Vault> {
    const keys = await keysOf(newRoot());
    const signed = await makeCard(keys, { instance, person: this.id, previous: null });
    return this.#kept({ keys, signed });
  }

  /** New keys in place of the old, which vouch for them. */
  async withNewKeys(): Promise<Vault> {
    if (!this.#unlocked) throw new Error("no keys to replace");
    const [before, keys] = [this.#unlocked, await keysOf(newRoot())];
    const previous = { previous: knownCard(before.signed), previousKeys: before.keys };
    const signed = await makeCard(keys, { instance, person: this.id, ...previous });
    for (const one of this.server.cards) if (one.person === this.id) one.current = false;
    return this.#kept({ keys, signed });
  }

  /** Card and first keyring are with the server together, as `account.make` leaves them. */
  async #kept(unlocked: Unlocked): Promise<Vault> {
    const { keys, signed } = unlocked;
    const version = (this.server.keyrings.get(this.id)?.version ?? 0) + 1;
    const ring = { ...emptyKeyring(), version };
    addPin(ring, this.id, { signed, verified: true, seen: true });
    this.server.cards.push({ ...signed, person: this.id, current: true });
    this.server.keyrings.set(this.id, { version, sealed: b64u(await sealKeyring(ring, keys)) });
    this.#unlocked = unlocked;
    return this.unlockedDevice();
  }

  /** One more device, with this person's keys on it. */
  async unlockedDevice(place: Place | null = null): Promise<Vault> {
    const device = await this.device();
    if (this.#unlocked) await keepKeys(device.store, this.#unlocked);
    return this.page(device.store, place);
  }

  /** The present state of the partnership as a page of this person would tell it. */
  placed(id: string, people: Person[]): Place {
    const members: Member[] = people.map((one) => ({
      id: one.id,
      person: one.id,
      name: "",
      role: "peer",
      card: one.card,
      you: one === this,
      left: false,
    }));
    return { id, head: { seq: 0, hash: null }, members };
  }

  get card(): string | null {
    const mine = this.server.cards.find(({ person, current }) => person === this.id && current);
    return mine ? hashOf(mine) : null;
  }
}

const hashOf = (signed: SignedCard): string => knownCard(signed).hash;

export function opened(vault: Vault): { vault: Vault; open: Open } {
  if (!vault.open) throw new Error("locked");
  return { vault, open: vault.open };
}

/** Two people, both with keys, in one partnership that neither has written in. */
export async function pair() {
  const server = new Server();
  const [amara, ben] = [new Person(server), new Person(server)];
  const first = [await amara.withKeys(), await ben.withKeys()] as const;
  const id = uuid7();
  const place = amara.placed(id, [amara, ben]);
  const mine = opened(await amara.page(first[0].store, place));
  const theirs = opened(await ben.page(first[1].store, place));
  return { server, amara, ben, place, mine, theirs };
}

/** This page's person has compared codes with the other. */
export async function compare(open: Open, other: Person, matched = true): Promise<void> {
  const shown = await open.circle.shown(other.id);
  if (!shown) throw new Error("no card to compare");
  await open.circle.compared(other.id, shown, matched);
}

/** What `writer` writes on their page. */
export function letter(writer: { vault: Vault }, words: string | null, data: Record<string, unknown> = {}): Letter {
  const sealed = words === null ? null : { words };
  const place = writer.vault.context.partnership;
  if (!place) throw new Error("no partnership on this page");
  const draft = { instance, partnership: place.id, entry: uuid7(), kind: "messages.sent", subject: null, data, sealed };
  return { draft, place, footing: { on: "chain" }, alone: false };
}

/** The page of a partnership loaded anew on the same device. */
export async function reloaded(
  person: Person,
  vault: Vault,
  place: Place | null,
): Promise<{ vault: Vault; open: Open }> {
  return opened(await person.page(vault.store, place));
}

export const asked = (entry: string, author: string | null) => ({
  entry,
  kind: "messages.sent",
  author: author ?? "",
  subject: null,
});
