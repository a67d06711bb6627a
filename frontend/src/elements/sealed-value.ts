// <sealed-value entry kind author field [subject] into="selector">: an opened field goes into a form control. See ELEMENTS.md.
import { Refusal } from "../vault/refusal.ts";
import { fieldAt, fieldText, TilthElement } from "./element.ts";
import { isTouched } from "./form-controls.ts";

type Control = HTMLInputElement | HTMLTextAreaElement;

export class SealedValue extends TilthElement {
  protected begin(): void {
    this.hidden = true;
    const fill = () => this.#fill().catch((error) => this.#fail(error));
    document.addEventListener("tilth:refreshed", fill, { signal: this.signal }); // empties the control again
    void fill();
  }

  async #fill(): Promise<void> {
    const control = this.#control();
    const vault = await this.unlocked();
    if (!control || !vault) return;
    const [entry, kind, author] = ["entry", "kind", "author"].map((name) => this.getAttribute(name) ?? "") as [
      string,
      string,
      string,
    ];
    const opened = await vault.open.reader.open({ entry, kind, author, subject: this.getAttribute("subject") });
    if (opened.state !== "open" || isTouched(control)) return;
    control.value = fieldText(fieldAt(opened.fields, this.getAttribute("field") ?? ""));
    control.defaultValue = control.value; // what the page came with, not typed
  }

  #fail(error: unknown): void {
    if (!(error instanceof Refusal)) throw error;
    this.hidden = false;
    this.setAttribute("role", "note");
    this.textContent = `${this.say("sealed-text.unverified")} ${this.say(`reason.${error.reason}`)}`;
  }

  /** What was sealed goes only to where it will be sealed again, whatever the page says. */
  #control(): Control | null {
    const control = (this.closest("form") ?? document).querySelector<Control>(this.getAttribute("into") ?? "");
    return control?.name.startsWith("sealed.") && control.form?.closest("sealed-form") ? control : null;
  }
}

customElements.define("sealed-value", SealedValue);
