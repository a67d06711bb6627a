// <form-steps>: on a narrow screen a long form is asked section by section; on a wide one it stands whole. See ELEMENTS.md.
import { TilthElement } from "./element.ts";

export class FormSteps extends TilthElement {
  #at = 0;
  readonly #narrow = matchMedia("(max-width: 44rem)");

  protected begin(): void {
    const { signal } = this;
    this.act("next", () => this.#isFilled() && this.#go(this.#at + 1));
    this.act("back", () => this.#go(this.#at - 1));
    this.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    this.addEventListener(
      "tilth:refused",
      (event) => this.#find((event as CustomEvent<{ field: string | null }>).detail.field),
      { signal },
    );
    this.#narrow.addEventListener("change", () => this.#show(), { signal });
    document.addEventListener("tilth:refreshed", () => this.#show(), { signal });
    this.#at = Math.max(
      0,
      this.#sections.findIndex((section) => location.hash === `#${section.id}`),
    );
    this.#show();
    if (this.#at > 0 && this.#narrow.matches) this.#go(this.#at); // the browser went there while all stood there
  }

  get #sections(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-section]")];
  }

  #show(): void {
    const stepping = this.#narrow.matches;
    const sections = this.#sections;
    this.toggleAttribute("stepping", stepping);
    for (const [i, section] of sections.entries()) section.hidden = stepping && i !== this.#at;
    for (const name of ["steps", "stage"]) this.#hide(this.piece(name), !stepping);
    this.#hide(this.querySelector('[data-act="back"]'), this.#at === 0);
    this.#hide(this.querySelector('[data-act="next"]'), this.#at === sections.length - 1);
    const [here, bar] = [this.piece("here"), this.querySelector("progress")];
    if (here) here.textContent = String(this.#at + 1);
    if (bar) bar.value = this.#at + 1;
  }

  #hide(part: HTMLElement | null, hidden: boolean): void {
    if (part) part.hidden = hidden;
  }

  #go(to: number): void {
    this.#at = Math.max(0, Math.min(to, this.#sections.length - 1));
    this.#show();
    const heading = this.#sections[this.#at]?.querySelector<HTMLElement>("h2");
    if (heading) heading.tabIndex = -1;
    heading?.focus();
    this.scrollIntoView();
  }

  /** Enter in a line leads on, as Next does; only the last section has the button that sends. */
  #pressed(event: KeyboardEvent): void {
    const inLine = event.target instanceof HTMLInputElement && event.key === "Enter" && !event.isComposing;
    if (!inLine || !this.#narrow.matches || this.#at === this.#sections.length - 1) return;
    event.preventDefault();
    if (this.#isFilled()) this.#go(this.#at + 1);
  }

  /** Nothing is left behind that the form would not take. */
  #isFilled(): boolean {
    const controls = this.#sections[this.#at]?.querySelectorAll<HTMLInputElement>("input, select, textarea") ?? [];
    return [...controls].every((control) => control.reportValidity());
  }

  /** What was refused is shown, wherever it stands. */
  #find(field: string | null): void {
    if (!this.#narrow.matches || !field) return;
    const name = CSS.escape(field);
    const place = this.querySelector(`[data-problem-for="${name}"], [name="${name}"]`);
    const at = this.#sections.findIndex((section) => section.contains(place));
    if (at >= 0) this.#go(at);
  }
}

customElements.define("form-steps", FormSteps);
