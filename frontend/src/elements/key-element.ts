// What all that makes, opens or uses keys shares: it is of use only where the browser encrypts.
import { TilthElement, troubleNotice } from "./element.ts";

export abstract class KeyElement extends TilthElement {
  /** Over plain http from another machine no browser encrypts: what to do stands here then, before anybody types. */
  override connectedCallback(): void {
    if (isSecureContext) return super.connectedCallback();
    this.hidden = false;
    this.replaceChildren(troubleNotice(this.say("keys.no_encryption")));
  }
}
