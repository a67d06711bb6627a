// <passkey-remove action>: takes a passkey away. See ELEMENTS.md.
import { go, here } from "../page.ts";
import { Refused } from "../vault/line.ts";
import { vault } from "../vault/vault.ts";
import { TilthElement } from "./element.ts";

export class PasskeyRemove extends TilthElement {
  protected begin(): void {
    this.act("remove", () => this.#remove());
  }

  async #remove(): Promise<void> {
    try {
      await (await vault())?.line.post(this.getAttribute("action") ?? "", {});
      await go(here());
    } catch (error) {
      this.problem(error instanceof Refused && error.sentence ? error.sentence : this.say("keys.failed"));
    }
  }
}

customElements.define("passkey-remove", PasskeyRemove);
