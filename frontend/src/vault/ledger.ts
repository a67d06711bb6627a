// The chain of each partnership as this device verified it, and the alarm when the server tells another.
import { follow, type Head, insistOnHead, type Link, START, type Verified } from "./chain.ts";
import { noteHead } from "./keyring.ts";
import type { Line } from "./line.ts";
import type { OwnKeyring } from "./own-keyring.ts";
import { type Reason, Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

type Told = { links: Link[]; head: { seq: number; hash: string | null } };
/**
 * `shared`: the last link that both have; `left`: entries this device knows after it, in their order; `missing`: those of
 * them that the server does not have in any place; `count`: all that this person saw and it does not have, as far as known.
 */
export type Loss = { shared: Head; left: string[]; missing: string[]; count: number };
const NOTE_EVERY = 5 * 60_000;

export class Ledger {
  readonly #line: Line;
  readonly #store: Store;
  readonly #keyring: OwnKeyring;
  readonly #alarm: (reason: Reason) => void;
  readonly #syncing = new Map<string, Promise<Head>>();
  readonly #followed = new Map<string, Verified>(); // while this page is open

  constructor(line: Line, store: Store, keyring: OwnKeyring, alarm: (reason: Reason) => void) {
    [this.#line, this.#store, this.#keyring, this.#alarm] = [line, store, keyring, alarm];
  }

  async head(partnership: string): Promise<Head> {
    return (await this.#store.get<Head>("links", partnership)) ?? START;
  }

  /** The verified links of these entries, where they are known. */
  async links(partnership: string, entries: string[]): Promise<(Verified | undefined)[]> {
    const places = entries.map((entry) => `${partnership}/${entry}`);
    const followed = places.map((place) => this.#followed.get(place));
    return followed.includes(undefined) ? this.#store.getMany<Verified>("links", places) : followed;
  }

  /** Fetches and verifies what is new. @throws Refusal `rolled_back` or `forked`, after raising the alarm */
  sync(partnership: string): Promise<Head> {
    const underWay = this.#syncing.get(partnership);
    if (underWay) return underWay;
    const syncing = this.#store
      .alone(`chain ${partnership}`, () => this.#advance(partnership))
      .catch((error) => {
        if (error instanceof Refusal) this.#alarm(error.reason);
        throw error;
      })
      .finally(() => this.#syncing.delete(partnership));
    this.#syncing.set(partnership, syncing);
    return syncing;
  }

  /**
   * What the server's history lacks of what this person saw, however it went on after the last link that both have.
   * Null where it is not sound, or has nothing in common with what this device knows.
   */
  async loss(partnership: string): Promise<Loss | null> {
    const known = (await this.#store.all<Verified>("links", `${partnership}/`)).sort((a, b) => a.seq - b.seq);
    const told = await this.#toldFromTheStart(partnership);
    const shared = known.length > 0 ? known.findLast(({ seq, hash }) => told?.[seq - 1]?.hash === hash) : told?.at(-1);
    if (!told || !shared) return null;
    const left = known.filter(({ seq }) => seq > shared.seq).map(({ entry }) => entry);
    const there = new Set(told.map(({ entry }) => entry));
    const missing = left.filter((entry) => !there.has(entry));
    const unseen = ((await this.#keyring.read()).heads[partnership]?.seq ?? 0) - Math.max(shared.seq, known.length);
    return {
      shared: { seq: shared.seq, hash: shared.hash },
      left,
      missing,
      count: missing.length + Math.max(unseen, 0),
    };
  }

  /** The person goes on from the last link that both have: what this device knew after it is no longer expected. */
  async goOnFrom(partnership: string, { shared, left }: Loss): Promise<void> {
    await this.#store.alone(`chain ${partnership}`, async () => {
      this.#followed.clear();
      for (const entry of left) await this.#store.delete("links", `${partnership}/${entry}`);
      await this.#store.put("links", partnership, shared);
      await this.#keyring.change((keyring) => {
        keyring.heads[partnership] = shared;
      });
    });
  }

  /** Every link of the server's history; null where it does not hang together. */
  async #toldFromTheStart(partnership: string): Promise<Verified[] | null> {
    const all: Link[] = [];
    for (;;) {
      const { links, head } = await this.#line.get<Told>(`/p/${partnership}/links?after=${all.length}`);
      all.push(...links);
      if (links.length === 0 || all.length >= head.seq) break;
    }
    try {
      return follow(all, { before: START, seen: new Set(), remembered: null });
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  async #advance(partnership: string): Promise<Head> {
    const remembered = (await this.#keyring.read()).heads[partnership] ?? null;
    const before = await this.head(partnership);
    let [reached, told] = [before, before];
    do {
      const answer = await this.#line.get<Told>(`/p/${partnership}/links?after=${reached.seq}`);
      told = { seq: answer.head.seq, hash: answer.head.hash ?? "" };
      const from = reached;
      reached = await this.#take(partnership, answer.links, { before: from, remembered });
      if (reached === from) break;
    } while (reached.seq < told.seq);
    const newest = [before, remembered].reduce((a, b) => ((b?.seq ?? 0) > (a?.seq ?? 0) ? b : a));
    insistOnHead({ reached, told, remembered: newest });
    if (reached !== before) this.#note(partnership, reached).catch(() => {}); // nobody waits for the disk
    return reached;
  }

  async #take(partnership: string, links: Link[], from: { before: Head; remembered: Head | null }): Promise<Head> {
    const prefix = `${partnership}/`;
    const known = links.length > 0 ? await this.#store.keys("links", prefix) : [];
    const seen = new Set(known.map((key) => key.slice(prefix.length)));
    const verified = follow(links, { ...from, seen });
    const last = verified.at(-1);
    if (!last) return from.before;
    const head = { seq: last.seq, hash: last.hash };
    const rows: [string, Verified][] = verified.map((link) => [prefix + link.entry, link]);
    for (const [place, link] of rows) this.#followed.set(place, link);
    this.#store.putMany("links", [...rows, [partnership, head]]).catch(() => {}); // whoever reads after this, reads it
    return head;
  }

  /** Tells the keyring now and then, so that a new device notices a rollback too. */
  async #note(partnership: string, head: Head): Promise<void> {
    const place = `noted/${partnership}`;
    if (((await this.#store.get<number>("kept", place)) ?? 0) > Date.now() - NOTE_EVERY) return;
    await this.#store.put("kept", place, Date.now());
    this.#keyring.change((keyring) => noteHead(keyring, partnership, head)).catch(() => {}); // tried again with the next head
  }
}
