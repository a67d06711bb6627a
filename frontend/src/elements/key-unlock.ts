// <key-unlock [next]>: opens the keys on this device by phrase or passkey. See ELEMENTS.md.
import { dropFragment, go, goInstead, safePath } from "../page.ts";
import { type Account, accountKeys } from "../vault/account.ts";
import type { Bytes } from "../vault/bytes.ts";
import { usePasskey } from "../vault/passkey.ts";
import { vault } from "../vault/vault.ts";
import { phraseProblem } from "../vault/words.ts";
import { busy } from "./element.ts";
import { KeyElement } from "./key-element.ts";
import { phraseWords } from "./key-steps.ts";

export class KeyUnlock extends KeyElement {
  protected begin(): void {
    const form = this.piece<HTMLFormElement>("phrase");
    form?.addEventListener("submit", (event) => this.#submitted(event), { signal: this.signal });
    this.act("passkey", () => this.#try((account) => account.unlockByPasskey(usePasskey), "keys.passkey_stopped"));
    void this.#arrived();
    void this.#fromLink();
  }

  /** Who comes back here with open keys, by a way back or a reload, has nothing to unlock. */
  async #arrived(): Promise<void> {
    if (await this.unlocked()) await goInstead(this.#next);
    else await this.#offer();
  }

  /** A link that carries the phrase behind its `#` unlocks by itself; the phrase leaves the address at once. */
  async #fromLink(): Promise<void> {
    const [, words] = /^#phrase=([a-z]+(?:-[a-z]+){11})$/.exec(location.hash) ?? [];
    if (!words) return;
    dropFragment();
    await this.#unlock(words.replaceAll("-", " "));
  }

  async #offer(): Promise<void> {
    const found = await vault();
    if (!found || typeof PublicKeyCredential === "undefined") return;
    const { wraps } = await accountKeys(found.line);
    if (wraps.some(({ kind }) => kind === "passkey")) this.showWhen("passkey");
  }

  async #submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const typed = this.#control?.value ?? "";
    const problem = phraseProblem(typed);
    if (problem) return this.#say(...phraseWords(problem));
    await busy(event.submitter, () => this.#unlock(typed));
  }

  get #control(): HTMLTextAreaElement | HTMLInputElement | null {
    return this.querySelector('[name="phrase"]');
  }

  #unlock(phrase: string): Promise<void> {
    return this.#try((account) => account.unlockByPhrase(phrase), "keys.wrong_phrase");
  }

  async #try(open: (account: Account) => Promise<Bytes>, otherwise: string): Promise<void> {
    const root = await this.opened(open, { otherwise, control: this.#control, within: this.piece("phrase") ?? this });
    if (!root) return;
    root.fill(0);
    if (this.#control) this.#control.value = "";
    await go(this.#next);
  }

  #say(key: string, values: Record<string, string | number> = {}): void {
    const form = this.piece("phrase") ?? this;
    this.problem(this.say(key, values), this.#control, form);
  }

  get #next(): string {
    return safePath(new URLSearchParams(location.search).get("next")) ?? safePath(this.getAttribute("next")) ?? "/";
  }
}

customElements.define("key-unlock", KeyUnlock);
