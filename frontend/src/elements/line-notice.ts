// <line-notice>: says when the line is down, what waits to be sent, what the server refused, and what is newer than the page. See ELEMENTS.md.
import { mark, refreshPage } from "../page.ts";
import type { Waiting } from "../vault/outbox.ts";
import { news } from "../vault/vault.ts";
import { TilthElement } from "./element.ts";

const TRY_EVERY = 30_000;

export class LineNotice extends TilthElement {
  #timer: ReturnType<typeof setInterval> | undefined;
  #isNewer = false;

  protected begin(): void {
    const listening = { signal: this.signal };
    this.signal.addEventListener("abort", () => clearInterval(this.#timer));
    addEventListener("online", () => this.#send(), listening);
    addEventListener("offline", () => this.#show(), listening);
    news.addEventListener("outbox", () => this.#show(), listening);
    document.addEventListener("tilth:newer", () => this.#newer(true), listening);
    document.addEventListener("tilth:refreshed", () => this.#newer(false), listening);
    document.addEventListener("tilth:written", () => this.#hear(this.say("sealed-form.written")), listening);
    this.act("show", () => this.#refresh());
    this.#timer = setInterval(() => this.#send(), TRY_EVERY);
    this.act("again", (button) => this.#again(button.closest("[data-entry]")));
    this.act("drop", (button) => this.#drop(button.closest("[data-entry]")));
    void this.#send();
  }

  async #send(): Promise<void> {
    await this.#show();
    const vault = await this.unlocked();
    if (!vault || !navigator.onLine || (await vault.open.outbox.count()) === 0) return;
    await vault.open.empty();
    await this.#show();
  }

  async #show(): Promise<void> {
    mark("line", navigator.onLine ? "up" : "down");
    const vault = await this.unlocked();
    const all = vault ? await vault.open.outbox.all() : [];
    const refused = all.filter(({ problem }) => problem !== null);
    const waiting = all.length - refused.length;
    const states = [
      this.#isNewer && "newer",
      !navigator.onLine && "down",
      waiting > 0 && "waiting",
      refused.length > 0 && "refused",
    ];
    this.showWhen(...states.filter((state) => state !== false));
    for (const count of this.pieces("count")) count.textContent = String(waiting);
    this.piece("refused")?.replaceChildren(...refused.map((one) => this.#item(one)).filter((item) => item !== null));
  }

  async #newer(isNewer: boolean): Promise<void> {
    if (isNewer === this.#isNewer) return;
    this.#isNewer = isNewer;
    await this.#show();
  }

  /** For ears alone: what was written stands on the page already, and the focus did not move. */
  #hear(words: string): void {
    const place = this.piece("heard");
    place?.replaceChildren(Object.assign(document.createElement("span"), { textContent: words }));
  }

  /** The button goes when it has done its work; the focus goes to what it brought. */
  async #refresh(): Promise<void> {
    await refreshPage();
    document.getElementById("main")?.focus({ preventScroll: true });
  }

  #item({ entry, letter, problem }: Waiting): HTMLElement | null {
    const item = this.copyOf("refused-item");
    if (!item) return null;
    item.dataset.entry = entry;
    const fill = (part: string, words: string) => {
      for (const place of item.querySelectorAll(`[data-part="${part}"]`)) place.textContent = words;
    };
    fill("sentence", problem?.sentence || this.say("sealed-form.refused"));
    fill("words", Object.values(letter.draft.sealed ?? {}).join("\n"));
    return item;
  }

  async #again(item: HTMLElement | null): Promise<void> {
    const vault = await this.unlocked();
    if (!vault || !item?.dataset.entry) return;
    await vault.open.outbox.noteProblem(item.dataset.entry, null);
    await this.#send();
  }

  async #drop(item: HTMLElement | null): Promise<void> {
    const vault = await this.unlocked();
    if (!vault || !item?.dataset.entry) return;
    await vault.open.outbox.drop(item.dataset.entry);
    news.dispatchEvent(new Event("outbox"));
  }
}

customElements.define("line-notice", LineNotice);
