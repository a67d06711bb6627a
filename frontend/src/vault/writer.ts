// Writing an entry: into the outbox first, then sealed, signed on the newest head, and sent; again with a newer head where
// someone was faster. What was sent is kept on the device: read from there, and written again where the server lost it.
import { b64u, fromB64u, hex } from "./bytes.ts";
import { type Card, knownCard } from "./card.ts";
import type { Received } from "./checks.ts";
import type { Place } from "./context.ts";
import type { Unlocked } from "./device.ts";
import { digestsOf, linkHash, sealEntry } from "./entry.ts";
import type { Ledger } from "./ledger.ts";
import { type Line, LineDown, Refused, SignedOut } from "./line.ts";
import type { Letter, Outbox, Problem, Tried, Waiting } from "./outbox.ts";
import { demand, Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

export type Sent = { entry: string; seq: number; hash: string };
type Delivered = { sent: Sent; bytes: Tried };
/** Finds the cards to seal to; raises Refusal `card_changed` where the person must be asked first. */
export type Readers = (place: Place) => Promise<Card[]>;

const MOST_TRIES = 8;

export class Writer {
  readonly #line: Line;
  readonly #store: Store;
  readonly #outbox: Outbox;
  readonly #ledger: Ledger;
  readonly #unlocked: Unlocked;
  readonly #readers: Readers;

  constructor(parts: {
    line: Line;
    store: Store;
    outbox: Outbox;
    ledger: Ledger;
    unlocked: Unlocked;
    readers: Readers;
  }) {
    this.#line = parts.line;
    this.#store = parts.store;
    this.#outbox = parts.outbox;
    this.#ledger = parts.ledger;
    this.#unlocked = parts.unlocked;
    this.#readers = parts.readers;
  }

  /**
   * @throws LineDown | SignedOut: the letter stays in the outbox and goes out later
   * @throws Refused: the server says no; the letter is dropped (its words are still in the form)
   */
  write(letter: Letter): Promise<Sent> {
    const { entry } = letter.draft;
    return this.#holding(entry, async () => {
      const waiting = await this.#outbox.put(letter);
      try {
        return await this.#inTurn(waiting);
      } catch (error) {
        if (!isForLater(error)) await this.#outbox.drop(entry);
        throw error;
      }
    });
  }

  /** Sends now or not at all: where the line breaks off, nothing waits. @throws LineDown | SignedOut | Refused */
  async writeNow(letter: Letter): Promise<void> {
    await this.#inTurn({ entry: letter.draft.entry, letter, tried: null, problem: null });
  }

  /**
   * Sends one letter of the outbox and takes it out, as it is there when nobody else holds it: perhaps no more (null).
   * What is refused stays, with its reason, until the person decides. @throws LineDown | SignedOut
   */
  deliver(entry: string): Promise<Sent | null> {
    return this.#holding(entry, async () => {
      const waiting = await this.#outbox.find(entry);
      if (waiting?.problem !== null) return null;
      try {
        return await this.#inTurn(waiting);
      } catch (error) {
        if (isForLater(error)) throw error;
        await this.#outbox.noteProblem(entry, problemOf(error));
        return null;
      }
    });
  }

  /** A letter is in one hand at a time, that of the page that wrote it or of one that empties the outbox. */
  #holding<T>(entry: string, act: () => Promise<T>): Promise<T> {
    return this.#store.alone(`letter ${entry}`, act);
  }

  #inTurn(waiting: Waiting): Promise<Sent> {
    const { entry, letter } = waiting;
    return this.#store.alone(`write ${letter.place.id}`, async () => {
      const { sent, bytes } = await this.#deliver(waiting);
      await this.#store.put("entries", `${letter.place.id}/${entry}`, receivedFrom(bytes));
      await this.#outbox.drop(entry);
      return sent;
    });
  }

  async #deliver({ entry, letter, tried }: Waiting): Promise<Delivered> {
    let [last, named] = [tried, letter.footing];
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const prev = named.on === "named" ? named.prev : await this.#newest(letter.place.id);
      const arrived = last && named.on === "chain" ? await this.#arrived(entry, letter.place.id, last) : null;
      if (last && arrived) return { sent: arrived, bytes: last };
      const bytes: Tried = last?.prev === prev ? last : await this.#seal(letter, prev);
      await this.#outbox.noteTried(entry, bytes);
      last = bytes;
      const answer = await this.#post(letter.place.id, bytes);
      if ("sent" in answer) return { sent: answer.sent, bytes };
      if (named.on === "named") named = { on: "named", prev: answer.head };
    }
    throw new Refused(409, { code: "stale_head", sentence: "" });
  }

  async #newest(partnership: string): Promise<string | null> {
    return (await this.#ledger.sync(partnership)).hash || null;
  }

  /** An answer may have been lost: the entry is in the chain with the signature that was tried. */
  async #arrived(entry: string, partnership: string, last: Tried): Promise<Sent | null> {
    const [link] = await this.#ledger.links(partnership, [entry]);
    return link?.sig === last.sig ? { entry, seq: link.seq, hash: link.hash } : null;
  }

  async #seal(letter: Letter, prev: string | null): Promise<Tried> {
    const author = knownCard(this.#unlocked.signed);
    const others = letter.alone ? [] : await this.#readers(letter.place);
    const readers = [author, ...others.filter((card) => card.person !== author.person)];
    const signed = await sealEntry(letter.draft, { author, keys: this.#unlocked.keys, readers, prev });
    return { prev, header: b64u(signed.header), ct: signed.ct && b64u(signed.ct), sig: b64u(signed.sig) };
  }

  async #post(partnership: string, tried: Tried): Promise<{ sent: Sent } | { head: string | null }> {
    const { prev, ...bytes } = tried;
    try {
      const sent = await this.#line.post<Sent>(`/p/${partnership}/entries`, bytes);
      demand(sent.hash === linkOf(tried), "forked", "the server chained something else");
      return { sent };
    } catch (error) {
      if (!(error instanceof Refused && error.code === "stale_head")) throw error;
      return { head: (error.body.head as { hash: string | null } | undefined)?.hash ?? null };
    }
  }
}

/** Whether it may still go out by itself. */
export const isForLater = (error: unknown): boolean => error instanceof LineDown || error instanceof SignedOut;

function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return { code: error.code, sentence: error.sentence, field: error.field };
  return { code: error instanceof Refusal ? error.reason : "unknown", sentence: "", field: null };
}

function linkOf(tried: Tried): string {
  const received = receivedFrom(tried);
  return hex(linkHash({ ...digestsOf(received), prev: tried.prev, sig: received.sig }));
}

const receivedFrom = (tried: Tried): Received => ({
  header: fromB64u(tried.header),
  ct: tried.ct === null ? null : fromB64u(tried.ct),
  sig: fromB64u(tried.sig),
});
