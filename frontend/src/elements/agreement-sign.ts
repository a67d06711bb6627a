// <agreement-sign entry author terms>: around the form that signs a proposal. What is signed is the hash of the entry as
// this browser verified it, never what the page says; where the two differ nothing is signed. See ELEMENTS.md.
import { type Bytes, text } from "../vault/bytes.ts";
import { readHeader } from "../vault/header.ts";
import { TilthElement } from "./element.ts";
import type { Prepared } from "./sealed-form.ts";

type Verified = { hash: string; header: Bytes };

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
    this.#verified = verified && this.#isShown(verified) ? verified : null;
    this.showWhen(this.#verified ? "verified" : verified ? "differs" : "unverified");
    this.#allow(this.#verified !== null);
    if (this.#verified) this.#tell(this.#verified);
  }

  /** Opens the proposal with every check, so that its link and its bytes are the author's own. */
  async #verify(): Promise<Verified | null> {
    const vault = await this.unlocked();
    const place = vault?.context.partnership;
    if (!vault || !place) return null;
    const [entry, author] = [this.getAttribute("entry") ?? "", this.getAttribute("author") ?? ""];
    const opened = await vault.open.reader.open({ entry, kind: "agreement.proposed", author, subject: null });
    if (opened.state !== "open") return null;
    const [link] = await vault.open.ledger.links(place.id, [entry]);
    return link ? { hash: link.hash, header: opened.header } : null;
  }

  /** Whether the page names this very text, and puts into words the terms that are in it. */
  #isShown({ hash, header }: Verified): boolean {
    const named = this.querySelector<HTMLInputElement>('[name="data.hash"]')?.value;
    return hash === named && says(JSON.parse(this.getAttribute("terms") ?? "null"), readHeader(header).data.terms);
  }

  /** For whoever doesn't want to take the page's word for it. */
  #tell({ hash, header }: Verified): void {
    const [signed, fingerprint] = [this.piece("signed"), this.piece("fingerprint")];
    if (signed) signed.textContent = text(header);
    if (fingerprint) fingerprint.textContent = hash;
  }

  #allow(allowed: boolean): void {
    for (const button of this.querySelectorAll<HTMLButtonElement>("form button:not([type='button'])"))
      button.disabled = !allowed;
  }
}

/** All that was signed, with the same values. What the page says beyond it is what holds where nothing was said. */
function says(shown: unknown, signed: unknown): boolean {
  if (Array.isArray(signed)) return Array.isArray(shown) && shown.toSorted().join() === signed.toSorted().join();
  if (typeof signed !== "object" || signed === null) return shown === signed;
  if (typeof shown !== "object" || shown === null) return false;
  return Object.entries(signed).every(([name, value]) => says((shown as Record<string, unknown>)[name], value));
}

customElements.define("agreement-sign", AgreementSign);
