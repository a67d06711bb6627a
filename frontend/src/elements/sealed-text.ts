// <sealed-text entry kind author field [subject] [partnership] [lines] [gone] [empty]>: one opened field, as text. See ELEMENTS.md.
import { LineDown, SignedOut } from "../vault/line.ts";
import type { Opened } from "../vault/reader.ts";
import { Refusal } from "../vault/refusal.ts";
import { fieldAt, fieldText, TilthElement } from "./element.ts";

type State = "waiting" | "open" | "held" | "gone" | "unverified" | "locked" | "offline";

export class SealedText extends TilthElement {
  static observedAttributes = ["entry", "field", "author", "gone"];
  #asked = "";

  protected begin(): void {
    const asked = ["entry", "kind", "author", "subject", "field"].map((name) => this.getAttribute(name)).join(" ");
    const opened = this.getAttribute("state") === "open" && asked === this.#asked;
    this.#asked = asked;
    if (opened && !this.hasAttribute("gone")) return;
    this.#wait();
    void this.show();
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (this.isConnected && this.#asked !== "" && before !== after) this.connectedCallback();
  }

  async show(): Promise<void> {
    const asked = this.#asked;
    try {
      const opened = await this.#open();
      if (asked === this.#asked) this.#tell(opened);
    } catch (error) {
      if (asked === this.#asked) this.#fail(error);
    }
  }

  async #open(): Promise<Opened> {
    const entry = this.getAttribute("entry") ?? "";
    const vault = await this.unlocked();
    if (!vault) throw new Refusal("locked");
    const partnership = this.getAttribute("partnership");
    const reader = partnership ? vault.open.readerOf(partnership) : vault.open.reader;
    if (this.hasAttribute("gone")) {
      await reader.drop(entry);
      return { state: "gone" };
    }
    const [kind, author] = [this.getAttribute("kind") ?? "", this.getAttribute("author") ?? ""];
    return reader.open({ entry, kind, author, subject: this.getAttribute("subject") });
  }

  #tell(opened: Opened): void {
    if (opened.state !== "open") return this.#state(opened.state, this.say(`sealed-text.${opened.state}`));
    const field = this.getAttribute("field") ?? "";
    const text = fieldText(fieldAt(opened.fields, field));
    this.#state("open", text || (this.getAttribute("empty") ?? ""));
    this.announce("opened", { entry: this.getAttribute("entry"), field, text });
  }

  #fail(error: unknown): void {
    if (error instanceof LineDown || error instanceof SignedOut)
      return this.#state("offline", this.say("sealed-text.offline"));
    if (!(error instanceof Refusal)) throw error;
    if (error.reason === "locked") return this.#state("locked", this.say("sealed-text.locked"));
    this.setAttribute("reason", error.reason);
    this.#state("unverified", "");
    const problem = document.createElement("span");
    problem.className = "sealed-problem";
    problem.setAttribute("role", "note");
    const unverified = error.reason === "old_keys" ? "" : `${this.say("sealed-text.unverified")} `;
    problem.textContent = unverified + this.say(`reason.${error.reason}`);
    this.replaceChildren(problem);
  }

  #state(state: State, text: string): void {
    this.setAttribute("state", state);
    this.removeAttribute("aria-busy");
    if (state !== "unverified") this.removeAttribute("reason");
    this.textContent = text;
  }

  #wait(): void {
    this.setAttribute("state", "waiting");
    this.setAttribute("aria-busy", "true");
    const skeleton = document.createElement("span");
    skeleton.className = "skeleton";
    skeleton.setAttribute("aria-hidden", "true");
    const lines = Math.min(Number(this.getAttribute("lines") ?? 1) || 1, 20);
    skeleton.append(...Array.from({ length: lines }, () => document.createElement("span")));
    this.replaceChildren(skeleton);
  }
}

/** What was held back, out of reach or unverified may be otherwise now. */
function showAgain(): void {
  for (const text of document.querySelectorAll<SealedText>('sealed-text:not([state="open"])')) void text.show();
}

document.addEventListener("tilth:refreshed", showAgain);
customElements.define("sealed-text", SealedText);
