// <agreement-sign entry author>: around the form that signs a proposal. What is signed is the hash of the entry as this
// browser verified it, never the one the page names; where the two differ nothing is signed. See ELEMENTS.md.
import { readHeader } from "../vault/header.ts";
import { TilthElement } from "./element.ts";
import type { Prepared } from "./sealed-form.ts";

type Verified = { hash: string; terms: unknown };

export class AgreementSign extends TilthElement {
  #verified: Verified | null = null;

  protected begin(): void {
    this.#allow(false);
    this.addEventListener("tilth:prepare", (event) => this.#prepare(event as CustomEvent<Prepared>), {
      signal: this.signal,
    });
    document.addEventListener("tilth:refreshed", () => void this.#check(), { signal: this.signal });
    void this.#check();
  }

  #prepare(event: CustomEvent<Prepared>): void {
    const { data, sealed } = event.detail;
    if (!this.#verified || data.hash !== this.#verified.hash) return event.preventDefault();
    data.hash = this.#verified.hash;
    data.success = "success" in sealed;
  }

  async #check(): Promise<void> {
    const verified = await this.#verify().catch(() => null);
    const named = this.querySelector<HTMLInputElement>('[name="data.hash"]')?.value;
    this.#verified = verified && verified.hash === named ? verified : null;
    this.showWhen(this.#verified ? "verified" : verified ? "differs" : "unverified");
    this.#allow(this.#verified !== null);
    if (this.#verified) this.#tell(this.#verified);
  }

  /** Opens the proposal with every check, so that its link and its terms are the author's own. */
  async #verify(): Promise<Verified | null> {
    const vault = await this.unlocked();
    const place = vault?.context.partnership;
    if (!vault || !place) return null;
    const [entry, author] = [this.getAttribute("entry") ?? "", this.getAttribute("author") ?? ""];
    const opened = await vault.open.reader.open({ entry, kind: "agreement.proposed", author, subject: null });
    if (opened.state !== "open") return null;
    const [link] = await vault.open.ledger.links(place.id, [entry]);
    const { header } = await vault.open.reader.received(entry);
    return link ? { hash: link.hash, terms: readHeader(header).data.terms } : null;
  }

  /** The terms as they stand in the signed bytes, for whoever doesn't want to take the page's word for them. */
  #tell({ terms, hash }: Verified): void {
    const rows = [...flat(terms), ["", hash]] as [string, string][];
    this.piece("covered")?.replaceChildren(
      ...rows.map(([name, value]) => {
        const line = this.copyOf("covered-line") ?? document.createElement("div");
        for (const [part, text] of [
          ["name", name],
          ["value", value],
        ]) {
          const place = line.querySelector<HTMLElement>(`[data-part="${part}"]`);
          if (place && text) place.textContent = text;
        }
        return line;
      }),
    );
  }

  #allow(allowed: boolean): void {
    for (const button of this.querySelectorAll<HTMLButtonElement>("form button:not([type='button'])"))
      button.disabled = !allowed;
  }
}

function flat(value: unknown, path: string[] = []): [string, string][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path.join(" · "), String(value)]];
  return Object.entries(value).flatMap(([name, inner]) => flat(inner, [...path, name]));
}

customElements.define("agreement-sign", AgreementSign);
