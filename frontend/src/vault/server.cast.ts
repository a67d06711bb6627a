// A server in memory that keeps the protocol's side of things, for tests of the vault against it; tests make it lie.
import { fromB64u, hex } from "./bytes.ts";
import { readCard, type SignedCard } from "./card.ts";
import type { Link } from "./chain.ts";
import type { Offered } from "./circle.ts";
import { digestsOf, linkHash } from "./entry.ts";
import { type Header, readHeader } from "./header.ts";

type Row = { link: Link; header: string; ct: string | null; sig: string; state: "here" | "erased" | "held back" };
type Told = { version: number; sealed: string };
type NewKeyring = Told & { becomes: number };
type NewKeys = SignedCard & { wrap: Record<string, unknown>; keyring: NewKeyring };
type Sent = { header: string; ct: string | null; sig: string };
type Answer = [number, unknown];

export class Server {
  readonly chains = new Map<string, Row[]>();
  readonly cards: Offered[] = [];
  readonly wraps = new Map<string, Record<string, unknown>[]>();
  readonly keyrings = new Map<string, Told>();
  readonly asked: string[] = [];
  down = false;
  /** Loses the next answer: the request is done, the browser never hears of it. */
  deaf = 0;
  /** Something happens just before the next entry is taken. */
  beforeEntry: (() => Promise<void>) | null = null;

  rows = (partnership: string): Row[] => this.chains.get(partnership) ?? [];

  /** The server as one person's browser reaches it. */
  fetchOf(person: string): typeof fetch {
    return async (input, init) => {
      const path = String(input);
      if (this.down) throw new TypeError("network");
      this.asked.push(`${init?.method} ${path}`);
      const [status, body] = await this.answer(
        person,
        `${init?.method} ${path}`,
        JSON.parse(String(init?.body ?? "null")),
      );
      if (this.deaf > 0 && init?.method === "POST" && /\/(entries|keys)$/.test(path)) {
        this.deaf--;
        throw new TypeError("network");
      }
      return new Response(status === 204 ? null : JSON.stringify(body), { status });
    };
  }

  async answer(person: string, request: string, body: unknown): Promise<Answer> {
    const [, partnership = "", what] = /^\w+ \/p\/([0-9a-f-]+)\/(\w+)/.exec(request) ?? [];
    if (what === "entries") return this.#take(partnership, body as Sent);
    if (what === "sealed") return [200, { entries: this.#sealed(partnership, (body as { ids: string[] }).ids) }];
    if (what === "links") return [200, this.links(partnership, Number(/after=(\d+)/.exec(request)?.[1] ?? 0))];
    if (what === "cards") return [200, { cards: this.cards }];
    return this.#account(person, request, body);
  }

  links(partnership: string, after: number): { links: Link[]; head: { seq: number; hash: string | null } } {
    const all = this.rows(partnership).map(({ link }) => link);
    const last = all.at(-1);
    return {
      links: all.filter(({ seq }) => seq > after).slice(0, 3),
      head: { seq: last?.seq ?? 0, hash: last?.hash ?? null },
    };
  }

  async #account(person: string, request: string, body: unknown): Promise<Answer> {
    const card = this.cards.filter((one) => one.person === person && one.current)[0];
    if (request === "GET /account/keys") {
      const [wraps, keyring] = [this.wraps.get(person) ?? [], this.keyrings.get(person) ?? null];
      return [200, { card: card?.card ?? null, card_sig: card?.sig ?? null, wraps, keyring }];
    }
    if (request === "POST /account/keys") return this.#takeKeys(person, body as NewKeys);
    if (request === "PUT /account/keyring") return this.#takeKeyring(person, body as NewKeyring);
    if (request === "POST /account/keys/wraps") {
      this.wraps.set(person, [...(this.wraps.get(person) ?? []), body as Record<string, unknown>]);
      return [201, body];
    }
    const [, dropped] = /wraps\/([0-9a-f-]+)\/delete/.exec(request) ?? [];
    this.wraps.set(
      person,
      (this.wraps.get(person) ?? []).filter(({ id }) => id !== dropped),
    );
    return [204, null];
  }

  async #takeKeys(person: string, { wrap, keyring, ...signed }: NewKeys): Promise<Answer> {
    await readCard(signed);
    if (this.wraps.get(person)?.some(({ id }) => id === wrap.id)) return [200, {}];
    const [status, answer] = this.#takeKeyring(person, keyring);
    if (status !== 200) return [status, answer];
    for (const one of this.cards) if (one.person === person) one.current = false;
    this.cards.push({ ...signed, person, current: true });
    this.wraps.set(person, [wrap]);
    return [201, {}];
  }

  #takeKeyring(person: string, { version, becomes, sealed }: NewKeyring): Answer {
    const current = this.keyrings.get(person) ?? null;
    if ((current?.version ?? 0) !== version) return [409, { code: "stale_keyring", current }];
    this.keyrings.set(person, { version: becomes, sealed });
    return [200, { version: becomes }];
  }

  async #take(partnership: string, sent: Sent): Promise<Answer> {
    const before = this.beforeEntry;
    this.beforeEntry = null;
    await before?.();
    const rows = this.rows(partnership);
    const header = readHeader(fromB64u(sent.header));
    const known = rows.find(({ link }) => link.entry === header.entry);
    if (known?.sig === sent.sig) return [200, known.link];
    if (known) return [409, { code: "entry_id_used", sentence: "" }];
    const head = rows.at(-1)?.link;
    if (header.prev !== (head?.hash ?? null))
      return [409, { code: "stale_head", head: { seq: head?.seq ?? 0, hash: head?.hash ?? null } }];
    if (header.kind === "membership.rekeyed" && rows.some((row) => isOfSameKeys(row, header)))
      return [409, { code: "already_announced", sentence: "" }];
    if (header.data.refuse) return [422, { code: "not_now", sentence: "Not now.", field: "data.refuse" }];
    const link = linkFor(sent, header.prev, { seq: rows.length + 1, entry: header.entry });
    this.chains.set(partnership, [...rows, { link, ...sent, state: "here" }]);
    return [201, { entry: link.entry, seq: link.seq, hash: link.hash }];
  }

  #sealed(partnership: string, ids: string[]): unknown[] {
    const found = this.rows(partnership).filter(({ link }) => ids.includes(link.entry));
    return found.map((row) => ({ ...row, ct: row.state === "here" ? row.ct : null }));
  }
}

function isOfSameKeys(row: Row, { kind, author }: Header): boolean {
  const known = readHeader(fromB64u(row.header));
  return known.kind === kind && known.author === author;
}

function linkFor(sent: Sent, prev: string | null, place: { seq: number; entry: string }): Link {
  const [header, ct, sig] = [fromB64u(sent.header), sent.ct === null ? null : fromB64u(sent.ct), fromB64u(sent.sig)];
  const digests = digestsOf({ header, ct });
  const hash = hex(linkHash({ ...digests, prev, sig }));
  return { ...place, header_hash: hex(digests.headerHash), ct_hash: hex(digests.ctHash), sig: sent.sig, hash };
}
