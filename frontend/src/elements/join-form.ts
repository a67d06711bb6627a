// <join-form invitation [gone] [partnership inviter card cards links next]>: accepts an invitation. See ELEMENTS.md.
import { again, dropFragment, go } from "../page.ts";
import { b64u } from "../vault/bytes.ts";
import { knownCard } from "../vault/card.ts";
import type { Offered } from "../vault/circle.ts";
import { meet } from "../vault/circle.ts";
import type { Place } from "../vault/context.ts";
import { uuid7 } from "../vault/ids.ts";
import { joinProof, readFragment, type Vouching } from "../vault/invitation.ts";
import { currentPin, type Keyring, notePartner, noteVerified } from "../vault/keyring.ts";
import { LineDown, Refused, SignedOut } from "../vault/line.ts";
import type { Letter } from "../vault/outbox.ts";
import { Refusal } from "../vault/refusal.ts";
import type { Open, Vault } from "../vault/vault.ts";
import { busy, TilthElement } from "./element.ts";

type Unlocked = Vault & { open: Open };
type Seen = "matches" | "mailed" | "differs";

export class JoinForm extends TilthElement {
  protected begin(): void {
    this.#keepFragment();
    if (this.hasAttribute("gone")) return localStorage.removeItem(this.#fragmentKey);
    const form = this.piece<HTMLFormElement>("form");
    if (!form) return;
    form.addEventListener("submit", (event) => this.#submitted(event), { signal: this.signal });
    const seen = this.#seen();
    this.showWhen(seen);
    form.hidden = seen === "differs";
  }

  get #invitation(): string {
    return this.getAttribute("invitation") ?? "";
  }

  get #fragmentKey(): string {
    return `tilth-join-${this.#invitation}`;
  }

  /** Signing in and making keys may come between: the part behind `#` waits on the device, and leaves the address. */
  #keepFragment(): void {
    if (!readFragment(location.hash)) return;
    localStorage.setItem(this.#fragmentKey, location.hash);
    dropFragment();
  }

  get #vouching(): Vouching | null {
    return readFragment(localStorage.getItem(this.#fragmentKey) ?? "");
  }

  #seen(): Seen {
    const vouching = this.#vouching;
    if (!vouching) return "mailed";
    return vouching.card === this.getAttribute("card") ? "matches" : "differs";
  }

  async #submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    await busy(event.submitter, async () => {
      this.problem("");
      const vault = await this.unlocked();
      if (!vault) return go(`/keys/unlock?next=${encodeURIComponent(location.pathname)}`);
      try {
        await this.#join(vault);
      } catch (error) {
        await this.#fail(error);
      }
    });
  }

  async #join(vault: Unlocked): Promise<void> {
    const partnership = this.getAttribute("partnership") ?? "";
    const place = await this.#meetInviter(vault, partnership);
    const vouching = this.#vouching;
    const proof = vouching && b64u(joinProof(vouching.secret, partnership, vault.card ?? ""));
    const data = { invitation: this.#invitation, proof };
    const { instance } = vault.context;
    const draft = {
      instance,
      partnership,
      entry: uuid7(),
      kind: "membership.joined",
      subject: this.#invitation,
      data,
      sealed: null,
    };
    const { head } = await vault.line.get<{ head: { hash: string | null } }>(this.#path("links"));
    const letter: Letter = { draft, place, footing: { on: "named", prev: head.hash }, alone: false };
    await this.#send(vault, letter);
  }

  /** Nothing of a joining waits here: the page says what it knows, and the next press or look finds out the rest. */
  async #send(vault: Unlocked, letter: Letter): Promise<void> {
    try {
      await vault.open.writer.writeNow(letter);
    } catch (error) {
      if (!(error instanceof LineDown)) throw error;
      return this.problem(this.say("join-form.broken_off"));
    }
    localStorage.removeItem(this.#fragmentKey);
    await go(this.getAttribute("next") ?? `/p/${letter.place.id}/`);
  }

  /** Pins the inviter: verified where the link named their card. @throws Refusal `card_changed` */
  async #meetInviter(vault: Unlocked, partnership: string): Promise<Place> {
    const { cards } = await vault.line.get<{ cards: Offered[] }>(this.#path("cards"));
    const person = this.getAttribute("inviter") ?? "";
    const [vouching, { instance }] = [this.#vouching, vault.context];
    const keyring = await vault.open.keyring.change(async (ring) => {
      const met = await meet(ring, cards, { instance, person });
      const pin = currentPin(ring, person);
      if (met === "replaced" || !pin || (vouching && presentCard(ring, person) !== vouching.card))
        throw new Refusal("card_changed");
      notePartner(ring, { partnership, person });
      if (vouching) noteVerified(ring, { partnership, person }, true);
    });
    const card = presentCard(keyring, person);
    const inviter = { id: person, person, name: "", role: "", card, you: false, left: false };
    return { id: partnership, head: { seq: 0, hash: null }, members: [inviter] };
  }

  /** Somebody has joined, perhaps this very person, or nobody can any more: the page loaded anew says which. */
  #isOver(): Promise<never> {
    localStorage.removeItem(this.#fragmentKey);
    return again();
  }

  #path(what: "cards" | "links"): string {
    return this.getAttribute(what) ?? `/p/${this.getAttribute("partnership")}/${what}`;
  }

  async #fail(error: unknown): Promise<void> {
    if (error instanceof Refused && error.status === 404) return this.#isOver();
    if (error instanceof SignedOut) return again(); // the page loaded anew says how to go on, and the link's part waits
    const words = this.unanswered(error);
    if (words !== null) return this.problem(words);
    if (error instanceof Refusal) return this.problem(this.say(`reason.${error.reason}`));
    this.problem(this.say("sealed-form.failed"));
    throw error;
  }
}

function presentCard(keyring: Keyring, person: string): string | null {
  const pin = currentPin(keyring, person);
  return pin ? knownCard(pin.signed).hash : null;
}

customElements.define("join-form", JoinForm);
