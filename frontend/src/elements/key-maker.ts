// <key-maker [next] [replace]>: makes a person's keys in one guided minute. See ELEMENTS.md.
import { go, safePath } from "../page.ts";
import type { Bytes } from "../vault/bytes.ts";
import { canUnlock, makePasskey, NoPrf } from "../vault/passkey.ts";
import { vault } from "../vault/vault.ts";
import { newPhrase } from "../vault/words.ts";
import { KeySteps } from "./key-steps.ts";

export class KeyMaker extends KeySteps {
  #root: Bytes | null = null;

  protected override begin(): void {
    super.begin();
    this.act("make", () => this.show(newPhrase()));
    this.act("passkey", () => this.#passkey());
    this.act("skip", () => this.#finish());
    void this.#comeFromElsewhere();
  }

  /** Who has keys already unlocks them, unless they asked for new ones. */
  async #comeFromElsewhere(): Promise<void> {
    const found = await vault();
    if (found?.context.card && !this.hasAttribute("replace"))
      await go(`/keys/unlock?next=${encodeURIComponent(this.#next)}`);
  }

  protected async confirmed(phrase: string): Promise<void> {
    const found = await vault();
    if (!found) throw new Error("nobody is signed in");
    this.#root = await found.account.make(phrase);
    this.wipe();
    if (!(await canUnlock()) || !this.step("passkey")) await this.#finish();
  }

  async #passkey(): Promise<void> {
    const found = await vault();
    const step = this.stepPart("passkey");
    if (!found || !this.#root) return this.#finish();
    try {
      await found.account.addPasskey(this.#root, await makePasskey(found.line, this.say("keys.passkey")));
      await this.#finish();
    } catch (error) {
      const otherwise = error instanceof NoPrf ? "keys.passkey_impossible" : "keys.passkey_stopped";
      this.problem(this.unanswered(error) ?? this.say(otherwise), null, step);
    }
  }

  async #finish(): Promise<void> {
    this.#root?.fill(0);
    this.#root = null;
    if (!this.step("done")) await go(this.#next);
  }

  get #next(): string {
    return safePath(new URLSearchParams(location.search).get("next")) ?? safePath(this.getAttribute("next")) ?? "/";
  }
}

customElements.define("key-maker", KeyMaker);
