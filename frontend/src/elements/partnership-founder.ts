// <partnership-founder>: a sealed-form that opens a partnership. See ELEMENTS.md.
import type { Place } from "../vault/context.ts";
import { uuid7 } from "../vault/ids.ts";
import type { Footing } from "../vault/outbox.ts";
import type { Sent } from "../vault/writer.ts";
import { SealedForm } from "./sealed-form.ts";

export class PartnershipFounder extends SealedForm {
  readonly #partnership = uuid7();

  protected override get kind(): string {
    return this.getAttribute("kind") ?? "membership.opened";
  }

  protected override place(): { place: Place; footing: Footing } {
    const place = { id: this.#partnership, head: { seq: 0, hash: null }, members: [] };
    return { place, footing: { on: "named", prev: null } };
  }

  protected override nextOf(sent: Sent, place: Place): string | null {
    return super.nextOf(sent, place) ?? `/p/${place.id}/`;
  }
}

customElements.define("partnership-founder", PartnershipFounder);
