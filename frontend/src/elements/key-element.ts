// What all that makes, opens or uses keys shares: it is of use only where the browser encrypts.
import { dropFragment, go } from "../page.ts";
import type { Account } from "../vault/account.ts";
import type { Bytes } from "../vault/bytes.ts";
import { Refusal } from "../vault/refusal.ts";
import { vault } from "../vault/vault.ts";
import { TilthElement, troubleNotice } from "./element.ts";

type Opening = (account: Account) => Promise<Bytes>;
type Said = { otherwise: string; within: HTMLElement; control?: HTMLElement | null };

export abstract class KeyElement extends TilthElement {
  /** Over plain http from another machine no browser encrypts: what to do stands here then, before anybody types. */
  override connectedCallback(): void {
    if (isSecureContext) return super.connectedCallback();
    if (location.hash.startsWith("#phrase=")) dropFragment();
    this.hidden = false;
    this.replaceChildren(troubleNotice(this.say("keys.no_encryption")));
  }

  /** The root that a phrase or passkey opens. Null where none opened, and why is said: `otherwise` only where the keys say no. */
  protected async opened(open: Opening, { otherwise, within, control }: Said): Promise<Bytes | null> {
    const found = await vault();
    if (!found) return go("/sign-in/");
    try {
      return await open(found.account);
    } catch (error) {
      const said = this.unanswered(error);
      const isNo = error instanceof Refusal || error instanceof DOMException;
      this.problem(said ?? this.say(isNo ? otherwise : "keys.failed"), control, within);
      if (said === null && !isNo) throw error;
      return null;
    }
  }
}
