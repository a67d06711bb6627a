// The vault of a page: who is here, what they hold on this device, and, when unlocked, everything that needs their keys.
import { Account } from "./account.ts";
import { knownCard } from "./card.ts";
import { Circle } from "./circle.ts";
import { type Context, type Place, readContext } from "./context.ts";
import { forget, keysOnDevice, lock, type Unlocked } from "./device.ts";
import { Drafts } from "./drafts.ts";
import type { Draft } from "./entry.ts";
import { Ledger, type Loss } from "./ledger.ts";
import { Line } from "./line.ts";
import { Outbox } from "./outbox.ts";
import { OwnKeyring } from "./own-keyring.ts";
import { Reader } from "./reader.ts";
import type { Reason } from "./refusal.ts";
import { PREFIX, Store } from "./store.ts";
import { isForLater, Writer } from "./writer.ts";

/** What the vault tells the page: `alarm` (detail: reason), `outbox`, `sent` (detail: what waited and has gone out), `trust`. */
export const news = new EventTarget();
const tell = (name: string, detail?: unknown): boolean => news.dispatchEvent(new CustomEvent(name, { detail }));

/** All that needs the keys. */
export class Open {
  readonly unlocked: Unlocked;
  readonly keyring: OwnKeyring;
  readonly ledger: Ledger;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly writer: Writer;
  readonly #context: () => Context;
  readonly #line: Line;
  readonly #store: Store;
  readonly #circles = new Map<string, Circle>(); // of the partnerships that the page names
  readonly #readers = new Map<string, Reader>();
  alarm: Reason | null = null;

  constructor(parts: { context: () => Context; line: Line; store: Store; unlocked: Unlocked }) {
    const { line, store, unlocked } = parts;
    [this.unlocked, this.#context, this.#line, this.#store] = [unlocked, parts.context, line, store];
    this.keyring = new OwnKeyring(line, store, unlocked, parts.context().keyring_version ?? null);
    this.ledger = new Ledger(line, store, this.keyring, (reason) => this.#sound(reason));
    this.outbox = new Outbox(store, unlocked.keys);
    this.drafts = new Drafts(store, unlocked.keys);
    const readers = (place: Place) => this.circleOf(place).readers();
    this.writer = new Writer({ line, store, outbox: this.outbox, ledger: this.ledger, unlocked, readers });
  }

  /** The circle of a partnership, that of the page or another. */
  circleOf(place: Place): Circle {
    const known = this.#circles.get(place.id);
    if (known?.place === place) return known;
    const { instance } = this.#context();
    const own = knownCard(this.unlocked.signed).person;
    return new Circle({ place, own, instance, line: this.#line, keyring: this.keyring });
  }

  /** The circle of the page's partnership. @throws where the page has none */
  get circle(): Circle {
    return this.#circleOn(this.#place);
  }

  /** What opens the entries of the page's partnership. @throws where the page has none */
  get reader(): Reader {
    return this.readerOf(this.#place.id);
  }

  /** What opens the entries of a partnership that the page names, as its own or as one of several. */
  readerOf(partnership: string): Reader {
    const known = this.#readers.get(partnership);
    if (known) return known;
    const [line, store, unlocked, ledger] = [this.#line, this.#store, this.unlocked, this.ledger];
    const [{ instance }, circle] = [this.#context(), this.#circleOn(this.#named(partnership))];
    const reader = new Reader({ line, store, unlocked, ledger, circle, instance });
    this.#readers.set(partnership, reader);
    return reader;
  }

  #circleOn(place: Place): Circle {
    const circle = this.#circles.get(place.id) ?? this.circleOf(place);
    this.#circles.set(place.id, circle);
    return circle;
  }

  #named(partnership: string): Place {
    const context = this.#context();
    const found = [context.partnership, ...context.partnerships].find((place) => place?.id === partnership);
    if (!found) throw new Error("this page does not name that partnership");
    return found;
  }

  #meetAnew(): void {
    this.#circles.clear();
    this.#readers.clear();
  }

  /** The page shows a newer state; with other cards in it, people are met again. */
  renew(changed: boolean): void {
    if (changed) this.#meetAnew();
    if (this.#context().partnership) void this.watch();
    tell("trust");
  }

  /** Looks whether the page's head is where this device left it; what is new is verified, what went back raises the alarm. */
  async watch(): Promise<void> {
    const [place, known] = [this.#place, await this.ledger.head(this.#place.id)];
    if (known.seq === place.head.seq && known.hash === (place.head.hash ?? "")) return;
    await this.ledger.sync(place.id).catch(() => {}); // a refusal has raised the alarm; without a line there is nothing to compare
  }

  /** What the server's history lacks of what this person saw, and how much of it can be written again from here. */
  async loss(): Promise<{ loss: Loss; mine: Draft[] } | null> {
    const loss = await this.ledger.loss(this.#place.id);
    return loss && { loss, mine: await this.reader.draftsOf(loss.missing) };
  }

  /** Goes on with the server's history, as after a restored backup, and writes again what is missing of one's own. */
  async goOn({ loss, mine }: { loss: Loss; mine: Draft[] }): Promise<void> {
    const place = this.#place;
    await this.#store.alone("outbox", async () => {
      for (const draft of mine) {
        await this.outbox.put({ draft, place, footing: { on: "chain" }, alone: false });
      }
      await this.ledger.goOnFrom(place.id, loss);
    });
    this.#meetAnew();
    this.alarm = null;
    await this.empty();
    tell("outbox");
    tell("trust");
  }

  /** Sends what waits, oldest first; what the server refuses stays, with its reason, until the person decides. */
  async empty(): Promise<void> {
    await this.#store.alone("outbox", async () => {
      for (const { entry } of (await this.outbox.all()).filter(({ problem }) => problem === null)) {
        try {
          const sent = await this.writer.deliver(entry);
          if (sent) tell("sent", sent);
        } catch (error) {
          if (isForLater(error)) return;
          throw error;
        }
        tell("outbox");
      }
    });
  }

  get #place(): Place {
    const { partnership } = this.#context();
    if (!partnership) throw new Error("this page has no partnership");
    return partnership;
  }

  #sound(reason: Reason): void {
    this.alarm = reason;
    tell("alarm", reason);
  }
}

export class Vault {
  context: Context;
  readonly line: Line;
  readonly store: Store;
  readonly open: Open | null; // null: locked
  readonly account: Account;

  constructor(context: Context, parts: { line: Line; store: Store; unlocked: Unlocked | null }) {
    const { line, store, unlocked } = parts;
    [this.context, this.line, this.store] = [context, line, store];
    const { instance, person, card } = context;
    this.account = new Account(line, store, { instance, person: person.id, card });
    this.open = unlocked && new Open({ context: () => this.context, line, store, unlocked });
  }

  static async of(context: Context): Promise<Vault> {
    const store = await Store.open(context.person.id);
    const vault: { now?: Vault } = {};
    const line = new Line(() => (vault.now?.context ?? context).csrf);
    const unlocked = await keysOnDevice(store, context.card);
    if (!unlocked) await leaveOthersLocked(context.person.id);
    vault.now = new Vault(context, { line, store, unlocked });
    return vault.now;
  }

  /** The page is refreshed in place; tells whether other people, or other cards, are in it now. */
  renew(context: Context): boolean {
    const members = ({ partnership, partnerships }: Context): string =>
      JSON.stringify([partnership, ...partnerships].map((place) => place?.members));
    const areOthers = members(this.context) !== members(context);
    this.context = context;
    this.open?.renew(areOthers);
    return areOthers;
  }

  get card(): string | null {
    return this.open && knownCard(this.open.unlocked.signed).hash;
  }

  /** Takes the keys off the device, and out of every other page that is open. */
  async lock(): Promise<void> {
    await lock(this.store);
    otherTabs().postMessage("locked");
  }

  /** Takes all but unsent words off the device. */
  async forget(): Promise<void> {
    await forget(this.store);
    this.#leave();
  }

  /** Takes everything of this person off the device, unsent words too: with the account went what opens them. */
  async erase(): Promise<void> {
    await this.store.erase();
    this.#leave();
  }

  #leave(): void {
    this.store.close();
    otherTabs().postMessage("locked");
  }
}

let channel: BroadcastChannel | null = null;

/** The other tabs of this browser; what one page sends does not come back to it. */
export function otherTabs(): BroadcastChannel {
  channel ??= new BroadcastChannel("tilth");
  return channel;
}

let current: Promise<Vault | null> | null = null;

/** The page's vault; null on a page of nobody. */
export function vault(): Promise<Vault | null> {
  current ??= vaultOf(readContext());
  return current;
}

async function vaultOf(context: Context | null): Promise<Vault | null> {
  if (context) return Vault.of(context);
  if (document.documentElement.hasAttribute("data-nobody")) await leaveOthersLocked(null);
  return null;
}

/** One person at a time on a device: whoever has no keys here (yet), or is not signed in, leaves no one else's open. */
async function leaveOthersLocked(person: string | null): Promise<void> {
  for (const { name } of await indexedDB.databases()) {
    const before = name?.startsWith(PREFIX) ? name.slice(PREFIX.length) : person;
    if (before === null || before === person) continue;
    const store = await Store.open(before);
    await lock(store);
    store.close();
  }
}
