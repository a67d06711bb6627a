// <passkey-sign-in ask answer hidden>: signs in with a passkey; shown only where the browser has them. See ELEMENTS.md.
import { go } from "../page.ts";
import { Line, Refused } from "../vault/line.ts";
import { signInWithPasskey } from "../vault/passkey.ts";
import { KeyElement } from "./key-element.ts";

export class PasskeySignIn extends KeyElement {
  protected begin(): void {
    this.hidden = typeof PublicKeyCredential === "undefined";
    this.act("passkey", () => this.#signIn());
  }

  async #signIn(): Promise<void> {
    this.problem("");
    try {
      const at = { ask: this.getAttribute("ask") ?? "", answer: this.getAttribute("answer") ?? "" };
      await go(await signInWithPasskey(new Line(() => csrfOfPage()), at));
    } catch (error) {
      const stopped = this.piece("problem")?.dataset.sayStopped ?? this.say("keys.passkey_stopped");
      this.problem(error instanceof Refused && error.sentence ? error.sentence : stopped);
    }
  }
}

/** A page of nobody has no context: its forms carry the token. */
const csrfOfPage = (): string => document.querySelector<HTMLInputElement>('[name="csrfmiddlewaretoken"]')?.value ?? "";

customElements.define("passkey-sign-in", PasskeySignIn);
