// Opening what a page names: fetched in one batch, checked, kept sealed on the device, never fetched twice.
import { type Bytes, fromB64u, text } from "./bytes.ts";
import { type Card, knownCard } from "./card.ts";
import type { Asked, Received } from "./checks.ts";
import type { Circle } from "./circle.ts";
import type { Unlocked } from "./device.ts";
import type { Draft } from "./entry.ts";
import { type Header, readHeader } from "./header.ts";
import type { Ledger } from "./ledger.ts";
import type { Line } from "./line.ts";
import { openEntry } from "./opener.ts";
import type { Sealed } from "./padding.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

/** `author`: a card hash, or the id of a member or a person. */
export type Ask = { entry: string; kind: string; author: string; subject: string | null };
export type Opened = { state: "open"; fields: Sealed; header: Bytes } | { state: "held" } | { state: "gone" };
type Told = { header: string; ct: string | null; sig: string; state: "here" | "erased" | "held back" };
type Links = Promise<Map<string, string>>;
type Found = { received: Received; state: Told["state"]; fetched: boolean; links: Links };

const AT_ONCE = 200;

export class Reader {
  readonly #line: Line;
  readonly #store: Store;
  readonly #unlocked: Unlocked;
  readonly #ledger: Ledger;
  readonly #circle: Circle;
  readonly #instance: string;
  #opened = new Map<string, Promise<Opened>>();
  #waiting = new Map<string, PromiseWithResolvers<Found>>();
  readonly #unfit = new Set<string>(); // whose copies here failed a check
  readonly #keeping: [string, Received][] = [];
  #kept: Promise<void> = Promise.resolve();

  constructor(parts: {
    line: Line;
    store: Store;
    unlocked: Unlocked;
    ledger: Ledger;
    circle: Circle;
    instance: string;
  }) {
    this.#line = parts.line;
    this.#store = parts.store;
    this.#unlocked = parts.unlocked;
    this.#ledger = parts.ledger;
    this.#circle = parts.circle;
    this.#instance = parts.instance;
  }

  /** @throws Refusal where a check fails; LineDown where it is neither here nor within reach */
  open(ask: Ask): Promise<Opened> {
    const key = JSON.stringify([ask.entry, ask.kind, ask.author, ask.subject]);
    const known = this.#opened.get(key);
    if (known) return known;
    const opening = this.#open(ask);
    this.#opened.set(key, opening);
    opening.then(
      ({ state }) => state === "held" && this.#opened.delete(key),
      () => this.#opened.delete(key),
    );
    return opening;
  }

  /** The signed bytes of an entry as they came, unchecked: for what is read from its public data alone. */
  async received(entry: string): Promise<Received> {
    return (await this.#find(entry)).received;
  }

  /** What this person wrote among these entries and this device still holds, ready to be written again under the same ids. */
  async draftsOf(entries: string[]): Promise<Draft[]> {
    const kept = await this.#store.getMany<Received>(
      "entries",
      entries.map((entry) => this.#place(entry)),
    );
    const headers = kept.filter((one) => one !== undefined).map((received) => readHeader(received.header));
    const own = knownCard(this.#unlocked.signed).hash;
    const drafts = await Promise.all(headers.filter(({ author }) => author === own).map((one) => this.#draft(one)));
    return drafts.filter((draft) => draft !== null);
  }

  /** Null for what does not open: its copy stays as it is. */
  async #draft({ instance, partnership, entry, kind, subject, data, author, commit }: Header): Promise<Draft | null> {
    try {
      const opened = commit === null ? null : await this.open({ entry, kind, author, subject });
      const sealed = opened?.state === "open" ? opened.fields : null;
      return { instance, partnership, entry, kind, subject, data, sealed };
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  /** The server said that its text was withdrawn or erased: the copy here goes too. */
  drop(entry: string): Promise<void> {
    return this.#store.delete("entries", this.#place(entry));
  }

  /** A copy that does not fit gives way to what the server has, if that does: it may have been written anew since. */
  async #open(ask: Ask): Promise<Opened> {
    const [found, pinned] = await Promise.all([this.#find(ask.entry), this.#circle.pinned()]);
    try {
      return await this.#checked(ask, found, pinned);
    } catch (error) {
      if (found.fetched || !(error instanceof Refusal)) throw error;
      this.#unfit.add(ask.entry);
      return this.#checked(ask, await this.#find(ask.entry), pinned);
    }
  }

  async #checked(ask: Ask, found: Found, pinned: Map<string, Card>): Promise<Opened> {
    if (found.state === "erased") return { state: "gone" };
    if (found.state === "held back") return { state: "held" };
    const link = (await found.links).get(ask.entry) ?? null;
    if (this.#isFromBefore(found.received)) throw new Refusal("old_keys");
    const fields = await openEntry(found.received, this.#asked(ask, pinned, link), this.#unlocked.keys.seal);
    if (found.fetched) this.#keepSoon(ask.entry, found.received);
    return { state: "open", fields, header: found.received.header };
  }

  /** Who has new keys opens nothing that was not sealed to them, whoever wrote it. */
  #isFromBefore({ header }: Received): boolean {
    const own = knownCard(this.#unlocked.signed);
    return own.generation > 1 && !readHeader(header).to.includes(own.hash);
  }

  #asked(ask: Ask, pinned: Map<string, Card>, link: string | null): Asked {
    const [partnership, members] = [this.#circle.place.id, this.#circle.people];
    const author = this.#circle.place.members.find(({ id }) => id === ask.author)?.person ?? ask.author;
    return { ...ask, author, instance: this.#instance, partnership, members, pinned, known: pinned, link };
  }

  /** The hashes of the verified links of a whole batch; the chain is followed on where one is not known yet. */
  async #linksOf(entries: string[]): Links {
    const partnership = this.#circle.place.id;
    let links = await this.#ledger.links(partnership, entries);
    if (links.includes(undefined)) {
      await this.#ledger.sync(partnership);
      links = await this.#ledger.links(partnership, entries);
    }
    return new Map(links.filter((link) => link !== undefined).map(({ entry, hash }) => [entry, hash]));
  }

  #place(entry: string): string {
    return `${this.#circle.place.id}/${entry}`;
  }

  /** From the device, else from the server, together with all others asked for at the same moment. */
  #find(entry: string): Promise<Found> {
    const asked = this.#waiting.get(entry);
    if (asked) return asked.promise;
    if (this.#waiting.size === 0) setTimeout(() => this.#fetchWaiting());
    const waiting = Promise.withResolvers<Found>();
    this.#waiting.set(entry, waiting);
    return waiting.promise;
  }

  async #fetchWaiting(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = new Map();
    const entries = [...batch.keys()];
    const links = this.#linksOf(entries);
    links.catch(() => {}); // who needs them hears of it
    try {
      const places = entries.map((entry) => this.#place(entry));
      const kept = await this.#store.getMany<Received>("entries", places);
      const here = kept.map((received, i) => (this.#unfit.has(entries[i] as string) ? undefined : received));
      for (const [i, received] of here.entries()) {
        if (received) batch.get(entries[i] as string)?.resolve({ received, state: "here", fetched: false, links });
      }
      const missing = entries.filter((_, i) => !here[i]);
      for (let at = 0; at < missing.length; at += AT_ONCE) {
        for (const told of await this.#fetch(missing.slice(at, at + AT_ONCE))) {
          const received = receivedFrom(told);
          batch.get(entryNamedIn(received))?.resolve({ received, state: told.state, fetched: true, links });
        }
      }
      const unanswered = new Refusal("unchained", "the server does not have it");
      for (const waiting of batch.values()) waiting.reject(unanswered);
    } catch (error) {
      for (const waiting of batch.values()) waiting.reject(error);
    }
  }

  async #fetch(ids: string[]): Promise<Told[]> {
    return (await this.#line.post<{ entries: Told[] }>(`/p/${this.#circle.place.id}/sealed`, { ids })).entries;
  }

  /** Only what passed every check is kept; many at once, since each write waits for the disk. */
  #keepSoon(entry: string, received: Received): void {
    if (this.#keeping.length === 0) {
      this.#kept = new Promise((resolve) => setTimeout(resolve, 50)).then(() =>
        this.#store.putMany("entries", this.#keeping.splice(0)),
      );
    }
    this.#keeping.push([this.#place(entry), received]);
  }

  /** When what was opened is kept on the device. */
  get kept(): Promise<void> {
    return this.#kept;
  }
}

const receivedFrom = (told: Told): Received => ({
  header: fromB64u(told.header),
  ct: told.ct === null ? null : fromB64u(told.ct),
  sig: fromB64u(told.sig),
});

/** Which question an answer belongs to; the checks compare it with what was asked. */
function entryNamedIn(received: Received): string {
  try {
    return String((JSON.parse(text(received.header)) as { entry?: unknown }).entry);
  } catch {
    return "";
  }
}
