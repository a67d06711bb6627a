// <sealed-diff before-entry … after-entry …>: two opened fields, side by side, with the words that changed. See ELEMENTS.md.
import { type ChangeObject, diffWordsWithSpace } from "diff";
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
    this.piece("before")?.replaceChildren(
      ...changes.filter(({ added }) => !added).map((change) => marked(change, "del")),
    );
    this.piece("after")?.replaceChildren(
      ...changes.filter(({ removed }) => !removed).map((change) => marked(change, "ins")),
    );
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

function marked({ value, added, removed }: ChangeObject<string>, tag: "ins" | "del"): Node {
  if (!added && !removed) return document.createTextNode(value);
  const mark = document.createElement(tag);
  mark.textContent = value;
  return mark;
}

customElements.define("sealed-diff", SealedDiff);
