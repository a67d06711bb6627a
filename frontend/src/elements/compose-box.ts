// <compose-box>: around a form in which something longer is written. Enter makes a new line; Ctrl or Command and Enter sends.
import { TilthElement } from "./element.ts";

export class ComposeBox extends TilthElement {
  protected begin(): void {
    this.addEventListener("keydown", (event) => this.#pressed(event), { signal: this.signal });
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target instanceof HTMLElement ? event.target.closest("form") : null;
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector<HTMLButtonElement>("button:not([type='button'])"));
  }
}

customElements.define("compose-box", ComposeBox);
