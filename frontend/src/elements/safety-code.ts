// <safety-code [member]>: the code that two people compare aloud. See ELEMENTS.md.
import { type Card, knownCard } from "../vault/card.ts";
import type { Member } from "../vault/context.ts";
import { safetyCode } from "../vault/invitation.ts";
import { currentPin, isVerified } from "../vault/keyring.ts";
import { news } from "../vault/vault.ts";
import { TilthElement } from "./element.ts";

export class SafetyCode extends TilthElement {
  #shown: Card | null = null;

  protected begin(): void {
    this.act("match", () => this.#decide(true));
    this.act("differ", () => this.#decide(false));
    this.#show().catch((error) => this.#failed(error));
  }

  async #show(): Promise<void> {
    const vault = await this.unlocked();
    const other = await this.#other();
    if (!vault?.card || !other) return this.showWhen("alone");
    this.#shown = await vault.open.circle.shown(other.person);
    if (!this.#shown) return this.showWhen("alone");
    this.piece("code")?.replaceChildren(...safetyCode(vault.card, this.#shown.hash).map(groupItem));
    const keyring = await vault.open.keyring.read();
    const pin = currentPin(keyring, other.person);
    const isShown = pin && knownCard(pin.signed).hash === this.#shown.hash;
    const at = { partnership: vault.open.circle.place.id, person: other.person };
    this.showWhen(isShown && isVerified(keyring, at) ? "verified" : "unverified");
  }

  async #other(): Promise<Member | null> {
    const others = (await this.unlocked())?.open.circle.others ?? [];
    const named = this.getAttribute("member");
    return others.find(({ person, left }) => (named ? person === named : !left)) ?? null;
  }

  async #decide(matches: boolean): Promise<void> {
    const [vault, other] = [await this.unlocked(), await this.#other()];
    if (!vault || !other || !this.#shown) return;
    await vault.open.circle.compared(other.person, this.#shown, matches);
    news.dispatchEvent(new Event("trust"));
    const found = matches ? "compared" : "differs";
    this.showWhen(found);
    const shown = this.querySelector<HTMLElement>(`[data-when="${found}"]`);
    if (!shown) return;
    shown.tabIndex = -1;
    shown.focus();
  }

  #failed(error: unknown): void {
    this.problem(this.say("safety-code.failed"));
    throw error;
  }
}

function groupItem(digits: string): HTMLElement {
  const item = document.createElement("li");
  item.textContent = digits;
  return item;
}

customElements.define("safety-code", SafetyCode);
