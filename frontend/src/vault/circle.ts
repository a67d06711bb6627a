// The people of a partnership and their cards: who is pinned, who is verified, whose keys changed.
import { type Card, follows, knownCard, readCard, type SignedCard } from "./card.ts";
import type { Member, Place } from "./context.ts";
import {
  addPin,
  currentPin,
  isVerified,
  type Keyring,
  notePartner,
  noteVerified,
  type Pin,
  pinnedCards,
  pinsOf,
} from "./keyring.ts";
import type { Line } from "./line.ts";
import type { OwnKeyring } from "./own-keyring.ts";
import { demand, Refusal } from "./refusal.ts";

export type Offered = SignedCard & { person: string; current: boolean };
export type Owner = { instance: string; person: string };
export type Meeting = "same" | "first" | "renewed" | "replaced";
export type Trust = "alone" | "verified" | "unverified" | "changed";
export type Standing = { trust: Trust; renewed: Member[]; replaced: Member[] };

/**
 * Compares the cards the server offers of a person with those pinned, and pins what may be pinned without asking:
 * the first card seen (unverified), and one that the pinned card signed (verified as before, to be told of).
 * "replaced": the present card was not signed by the pinned one; the person must be asked, nothing was pinned.
 * @throws Refusal `card` where a card is damaged, of another person or another instance
 */
export async function meet(keyring: Keyring, offered: Offered[], who: Owner): Promise<Meeting> {
  const theirs = offered.filter((one) => one.person === who.person);
  const cards = await Promise.all(theirs.map(async (signed) => ({ signed, card: await readCard(signed) })));
  for (const { card } of cards) demand(card.person === who.person && card.instance === who.instance, "card");
  const present = cards.find(({ signed }) => signed.current);
  demand(present !== undefined, "card", "none is current");
  const pinned = currentPin(keyring, who.person);
  if (!pinned) {
    for (const { signed } of lineage(cards, present)) addPin(keyring, who.person, pin(signed, false, true));
    return "first";
  }
  const last = knownCard(pinned.signed);
  if (last.hash === present.card.hash) return "same";
  const newer = await successors(cards, last, present.card);
  if (newer.length === 0) return "replaced";
  for (const { signed } of newer) addPin(keyring, who.person, pin(signed, pinned.verified, false));
  return "renewed";
}

type Read = { signed: SignedCard; card: Card };

function pin({ card, sig, previous_sig }: SignedCard, verified: boolean, seen: boolean): Pin {
  return { signed: { card, sig, previous_sig }, verified, seen };
}

/** The present card and those it names as its own past, oldest first. */
function lineage(cards: Read[], present: Read): Read[] {
  const before = cards.find(({ card }) => card.hash === present.card.previous);
  return before ? [...lineage(cards, before), present] : [present];
}

/** From the pinned card to the present one, each signed by the one before; empty where the line breaks. */
async function successors(cards: Read[], last: Card, present: Card): Promise<Read[]> {
  const named = cards.find(({ card }) => card.previous === last.hash);
  const next = named && (await follows(named.signed, last)) ? named : null;
  if (!next) return [];
  if (next.card.hash === present.hash) return [next];
  const later = await successors(cards, next.card, present);
  return later.length > 0 ? [next, ...later] : [];
}

export class Circle {
  readonly place: Place;
  readonly #own: string;
  readonly #instance: string;
  readonly #line: Line;
  readonly #keyring: OwnKeyring;
  #offered: Offered[] = [];
  #met: Promise<void> | null = null;

  /** `own`: the person whose keys these are; who that is the page is not asked. */
  constructor(parts: {
    place: Place;
    own: string;
    instance: string;
    line: Line;
    keyring: OwnKeyring;
  }) {
    this.#own = parts.own;
    [this.place, this.#instance, this.#line, this.#keyring] = [parts.place, parts.instance, parts.line, parts.keyring];
  }

  get others(): Member[] {
    return this.place.members.filter(({ person }) => person !== this.#own);
  }

  /**
   * Notes with whom this partnership is shared and pins who can be pinned; asks the server for cards only where the page
   * names one that is not pinned. @throws Refusal `members` where the page names others
   */
  async standing(): Promise<Standing> {
    this.#met ??= this.#meetAll().catch((error) => {
      this.#met = null;
      throw error;
    });
    await this.#met;
    return this.#standing(await this.#keyring.read());
  }

  /** Cards to seal to: the members' present ones. @throws Refusal `card_changed` */
  async readers(): Promise<Card[]> {
    const { replaced } = await this.standing();
    demand(replaced.length === 0, "card_changed");
    const keyring = await this.#keyring.read();
    const pins = this.place.members.filter((member) => !member.left).map(({ person }) => currentPin(keyring, person));
    return pins.map((found) => {
      if (!found) throw new Refusal("author_unpinned");
      return knownCard(found.signed);
    });
  }

  async pinned(): Promise<Map<string, Card>> {
    await this.standing();
    return pinnedCards(await this.#keyring.read());
  }

  get people(): Set<string> {
    return new Set(this.place.members.map(({ person }) => person));
  }

  /** The person takes a replaced card for good; it starts unverified. */
  async accept(person: string): Promise<void> {
    const signed = this.#offered.find((one) => one.person === person && one.current);
    if (signed) await this.#keyring.change((keyring) => addPin(keyring, person, pin(signed, false, true)));
  }

  async markSeen(person: string): Promise<void> {
    await this.#keyring.change((keyring) => {
      for (const one of pinsOf(keyring, person)) one.seen = true;
    });
  }

  /** The card whose code is compared: the one the server shows now, accepted or not. Null where there is none yet. */
  async shown(person: string): Promise<Card | null> {
    const { replaced } = await this.standing();
    const isReplaced = replaced.some((member) => member.person === person);
    const offered = isReplaced ? this.#offered.find((one) => one.person === person && one.current) : undefined;
    const signed = offered ?? currentPin(await this.#keyring.read(), person)?.signed;
    return signed ? knownCard(signed) : null;
  }

  /** Both read the code of this very card to each other: where it matched, it is accepted and verified. */
  async compared(person: string, card: Card, matched: boolean): Promise<void> {
    const offered = this.#offered.find((one) => one.person === person && knownCard(one).hash === card.hash);
    await this.#keyring.change((keyring) => {
      const isPinned = pinsOf(keyring, person).some(({ signed }) => knownCard(signed).hash === card.hash);
      if (matched && offered && !isPinned) addPin(keyring, person, pin(offered, true, true));
      const current = currentPin(keyring, person);
      if (current && knownCard(current.signed).hash === card.hash)
        noteVerified(keyring, { partnership: this.place.id, person }, matched);
    });
  }

  async #meetAll(): Promise<void> {
    const known = await this.#keyring.read();
    const [unpinned, partner] = [this.#unpinned(known), known.partners[this.place.id]?.person];
    if (unpinned.length === 0 && this.others.every(({ person }) => person === partner)) return;
    if (unpinned.length > 0)
      this.#offered = (await this.#line.get<{ cards: Offered[] }>(`/p/${this.place.id}/cards`)).cards;
    await this.#keyring.change(async (keyring) => {
      for (const { person } of this.others) notePartner(keyring, { partnership: this.place.id, person });
      for (const { person } of this.#unpinned(keyring))
        await meet(keyring, this.#offered, { instance: this.#instance, person });
    });
  }

  #unpinned(keyring: Keyring): Member[] {
    return this.others.filter(({ person, card }) => {
      const current = currentPin(keyring, person);
      return card !== null && (!current || knownCard(current.signed).hash !== card);
    });
  }

  #standing(keyring: Keyring): Standing {
    const replaced = this.#unpinned(keyring);
    const renewed = this.others.filter(({ person }) => currentPin(keyring, person)?.seen === false);
    return { trust: this.#trust(keyring, replaced), renewed, replaced };
  }

  /** Who has left still counts: what they wrote and could read is there as before. */
  #trust(keyring: Keyring, replaced: Member[]): Trust {
    if (replaced.length > 0) return "changed";
    if (this.others.length === 0) return "alone";
    const partnership = this.place.id;
    return this.others.every(({ person }) => isVerified(keyring, { partnership, person })) ? "verified" : "unverified";
  }
}
