// <key-phrase>: a new key phrase for the same keys. See ELEMENTS.md.
import type { Bytes } from "../vault/bytes.ts";
import { usePasskey } from "../vault/passkey.ts";
import { vault } from "../vault/vault.ts";
import { newPhrase, phraseProblem } from "../vault/words.ts";
import { busy } from "./element.ts";
import { KeySteps, phraseWords } from "./key-steps.ts";

export class KeyPhrase extends KeySteps {
  #root: Bytes | null = null;

  protected override begin(): void {
    super.begin();
    const form = this.piece<HTMLFormElement>("old");
    form?.addEventListener("submit", (event) => this.#submitted(event), { signal: this.signal });
    this.act("passkey", () => this.#byPasskey());
  }

  /** Who has lost the old words but kept a passkey needs them no more. */
  async #byPasskey(): Promise<void> {
    const within = this.piece("old") ?? this;
    await this.#open((account) => account.unlockByPasskey(usePasskey), { otherwise: "keys.passkey_stopped", within });
  }

  async #submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    await busy(event.submitter, () => this.#check(event.target as HTMLFormElement));
  }

  async #check(form: HTMLFormElement): Promise<void> {
    const phrase = String(new FormData(form).get("phrase") ?? "");
    const problem = phraseProblem(phrase);
    if (problem) return this.problem(this.say(...phraseWords(problem)), null, form);
    await this.#open((account) => account.unlockByPhrase(phrase), { otherwise: "keys.wrong_phrase", within: form });
    if (this.#root) form.reset();
  }

  async #open(...how: Parameters<KeySteps["opened"]>): Promise<void> {
    this.#root = await this.opened(...how);
    if (this.#root) this.show(newPhrase());
  }

  protected async confirmed(phrase: string): Promise<void> {
    const found = await vault();
    if (!found || !this.#root) throw new Error("the old phrase was not given");
    await found.account.replacePhrase(this.#root, phrase);
    this.#root.fill(0);
    this.#root = null;
    this.wipe();
    this.step("done");
  }
}

customElements.define("key-phrase", KeyPhrase);
