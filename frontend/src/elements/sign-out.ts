// <sign-out done [erases]> around a form that signs out or erases the account: once the server has done it, this device forgets. See ELEMENTS.md.
import { go, leaving, mark } from "../page.ts";
import { type Vault, vault } from "../vault/vault.ts";
import { busy, TilthElement } from "./element.ts";

export class SignOut extends TilthElement {
  protected begin(): void {
    this.querySelector("form")?.addEventListener("submit", (event) => this.#submitted(event), { signal: this.signal });
  }

  async #submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    await busy(event.submitter, () => this.#send(event.target as HTMLFormElement));
  }

  /** What the server refuses, it says on its own page: the form goes there as it is. */
  async #send(form: HTMLFormElement): Promise<void> {
    this.problem("");
    const found = await vault();
    const how = { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } };
    const answer = await fetch(form.action, how).catch(() => null);
    if (!answer || answer.status >= 500) return this.#unreached(found);
    const done = this.getAttribute("done") ?? "";
    if (!answer.redirected || new URL(answer.url).pathname !== done) {
      form.submit();
      return leaving;
    }
    await (this.hasAttribute("erases") ? found?.erase() : found?.forget());
    await go(done);
  }

  /** The session goes on at the server. What can be done here is done: the keys are locked. */
  async #unreached(found: Vault | null): Promise<void> {
    if (this.hasAttribute("erases")) return this.problem(this.say("sealed-form.offline"));
    await found?.lock();
    mark("keys", "locked");
    this.problem(this.say("keys.locked_only"));
  }
}

customElements.define("sign-out", SignOut);
