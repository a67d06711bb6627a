// <key-passkey>: adds a passkey that signs in and unlocks. See ELEMENTS.md.
import type { Bytes } from "../vault/bytes.ts";
import { makePasskey, NoPrf } from "../vault/passkey.ts";
import { type Vault, vault } from "../vault/vault.ts";
import { phraseProblem } from "../vault/words.ts";
import { busy } from "./element.ts";
import { KeyElement } from "./key-element.ts";
import { phraseWords } from "./key-steps.ts";

export class KeyPasskey extends KeyElement {
  protected begin(): void {
    const form = this.piece<HTMLFormElement>("phrase");
    form?.addEventListener("submit", (event) => this.#submitted(event), { signal: this.signal });
    if (form && typeof PublicKeyCredential === "undefined") {
      form.hidden = true;
      this.showWhen("impossible");
    }
  }

  async #submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    await busy(event.submitter, () => this.#add(event.target as HTMLFormElement));
  }

  async #add(form: HTMLFormElement): Promise<void> {
    const typed = new FormData(form);
    const phrase = String(typed.get("phrase") ?? "");
    const problem = phraseProblem(phrase);
    if (problem) return this.problem(this.say(...phraseWords(problem)), null, form);
    const root = await this.opened((account) => account.unlockByPhrase(phrase), {
      otherwise: "keys.wrong_phrase",
      within: form,
    });
    const found = await vault();
    if (!root || !found) return;
    await this.#make(found, { root, label: String(typed.get("label") || this.say("keys.passkey")), form });
  }

  async #make(
    found: Vault,
    { root, label, form }: { root: Bytes; label: string; form: HTMLFormElement },
  ): Promise<void> {
    try {
      await found.account.addPasskey(root, await makePasskey(found.line, label));
      form.hidden = true;
      form.reset();
      this.showWhen("made");
      this.announce("passkey");
    } catch (error) {
      if (error instanceof NoPrf) this.showWhen("impossible");
      else {
        const otherwise = error instanceof DOMException ? "keys.passkey_stopped" : "keys.failed";
        this.problem(this.unanswered(error) ?? this.say(otherwise), null, form);
      }
    } finally {
      root.fill(0);
    }
  }
}

customElements.define("key-passkey", KeyPasskey);
