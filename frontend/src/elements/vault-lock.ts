// <vault-lock [key="F8"]>: covers the screen at one key, locks the keys at one press. See ELEMENTS.md.
import { goAndUnlock } from "../page.ts";
import { vault } from "../vault/vault.ts";
import { TilthElement } from "./element.ts";

export class VaultLock extends TilthElement {
  #focused: Element | null = null;

  protected begin(): void {
    this.act("lock", () => this.#lock());
    this.act("cover", () => this.#cover());
    this.act("uncover", () => this.#uncover());
    document.addEventListener("keydown", (event) => this.#pressed(event), { signal: this.signal });
    this.#dialog?.addEventListener("close", () => this.#uncovered(), { signal: this.signal });
  }

  get #dialog(): HTMLDialogElement | null {
    return this.piece<HTMLDialogElement>("cover");
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key !== (this.getAttribute("key") ?? "F8") || event.repeat) return;
    event.preventDefault();
    if (this.#dialog?.open) this.#uncover();
    else this.#cover();
  }

  #cover(): void {
    if (!this.#dialog || this.#dialog.open) return;
    this.#focused = document.activeElement;
    document.documentElement.dataset.covered = "";
    this.#dialog.showModal();
  }

  #uncover(): void {
    this.#dialog?.close();
    this.#uncovered();
  }

  /** What was hidden can have the focus again only now. */
  #uncovered(): void {
    delete document.documentElement.dataset.covered;
    if (this.#focused instanceof HTMLElement) this.#focused.focus({ preventScroll: true });
    this.#focused = null;
  }

  async #lock(): Promise<void> {
    await (await vault())?.lock();
    await goAndUnlock();
  }
}

customElements.define("vault-lock", VaultLock);
