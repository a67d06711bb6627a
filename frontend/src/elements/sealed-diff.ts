// <sealed-diff before-entry … after-entry …>: two opened fields, side by side, with the words that changed. See ELEMENTS.md.
import { diffWordsWithSpace } from "diff";
import { type Passage, passages } from "../passages.ts";
import { fieldAt, fieldText, TilthElement } from "./element.ts";

type Side = "before" | "after";

export class SealedDiff extends TilthElement {
  protected begin(): void {
    void this.#compare();
    document.addEventListener("tilth:refreshed", () => void this.#compare(), { signal: this.signal });
  }

  async #compare(): Promise<void> {
    const [before, after] = await Promise.all([this.#text("before"), this.#text("after")]);
    if (before === null || after === null) return this.#state("trouble");
    if (before === after) return this.#state("same");
    const changes = diffWordsWithSpace(before, after);
    this.piece("before")?.replaceChildren(...passages(changes, "removed").map((passage) => marked(passage, "del")));
    this.piece("after")?.replaceChildren(...passages(changes, "added").map((passage) => marked(passage, "ins")));
    this.#state("changed");
  }

  /** The field's text; empty where this side has no such field, null where it can't be opened. */
  async #text(side: Side): Promise<string | null> {
    const of = (name: string): string | null => this.getAttribute(`${side}-${name}`);
    const entry = of("entry");
    if (!entry) return "";
    const vault = await this.unlocked();
    const ask = { entry, kind: of("kind") ?? "", author: of("author") ?? "", subject: of("subject") };
    const opened = await vault?.open.reader.open(ask).catch(() => null);
    return opened?.state === "open" ? fieldText(fieldAt(opened.fields, of("field") ?? "")) : null;
  }

  #state(state: string): void {
    this.setAttribute("state", state);
    this.showWhen(state);
  }
}

function marked({ text, changed }: Passage, tag: "ins" | "del"): Node {
  if (!changed) return document.createTextNode(text);
  const mark = document.createElement(tag);
  mark.textContent = text;
  return mark;
}

customElements.define("sealed-diff", SealedDiff);
