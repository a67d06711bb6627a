// <sign-out> around the sign-out form: forgets the device's keys first. See ELEMENTS.md.
import { vault } from "../vault/vault.ts";
import { TilthElement } from "./element.ts";

export class SignOut extends TilthElement {
  protected begin(): void {
    this.querySelector("form")?.addEventListener("submit", (event) => this.#submitted(event), { signal: this.signal });
  }

  async #submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    await (await vault())?.forget();
    form.submit();
  }
}

customElements.define("sign-out", SignOut);
