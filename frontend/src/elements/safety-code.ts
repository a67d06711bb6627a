// <safety-code [member]>: the code that two people compare aloud. See ELEMENTS.md.

import { knownCard } from "../vault/card.ts";
import type { Member } from "../vault/context.ts";
import { safetyCode } from "../vault/invitation.ts";
import { currentPin } from "../vault/keyring.ts";
import { news } from "../vault/vault.ts";
import { TilthElement } from "./element.ts";

export class SafetyCode extends TilthElement {
  protected begin(): void {
    this.act("match", () => this.#decide(true));
    this.act("differ", () => this.#decide(false));
    this.#show().catch((error) => this.#failed(error));
  }

  async #show(): Promise<void> {
    const vault = await this.unlocked();
    const other = await this.#other();
    if (!vault?.card || !other) return this.showWhen("alone");
    await vault.open.circle.standing();
    const pin = currentPin(await vault.open.keyring.read(), other.person);
    if (!pin) return this.showWhen("alone");
    const groups = safetyCode(vault.card, knownCard(pin.signed).hash);
    this.piece("code")?.replaceChildren(...groups.map(groupItem));
    this.showWhen(pin.verified ? "verified" : "unverified");
  }

  async #other(): Promise<Member | null> {
    const others = (await this.unlocked())?.open.circle.others ?? [];
    const named = this.getAttribute("member");
    return others.find(({ person, left }) => (named ? person === named : !left)) ?? null;
  }

  async #decide(matches: boolean): Promise<void> {
    const [vault, other] = [await this.unlocked(), await this.#other()];
    if (!vault || !other) return;
    await vault.open.circle.markVerified(other.person, matches);
    news.dispatchEvent(new Event("trust"));
    this.showWhen(matches ? "verified" : "differs");
    const shown = this.querySelector<HTMLElement>(`[data-when="${matches ? "verified" : "differs"}"]`);
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
