// <live-page [every="5"]>: keeps the page as new as the ledger, without a reload. See ELEMENTS.md.
import { mark, refreshPage } from "../page.ts";
import type { Head } from "../vault/chain.ts";
import { LineDown } from "../vault/line.ts";
import { news, vault } from "../vault/vault.ts";
import { TilthElement } from "./element.ts";
import { isTyped } from "./form-controls.ts";

const SLOWEST = 60;

export class LivePage extends TilthElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = 0;
  #looking = false;

  protected begin(): void {
    this.hidden = true;
    if (document.querySelector("live-page") !== this) return; // one is enough
    const listening = { signal: this.signal };
    this.signal.addEventListener("abort", () => clearTimeout(this.#timer));
    document.addEventListener("visibilitychange", () => this.#soon(), listening);
    addEventListener("online", () => this.#soon(), listening);
    addEventListener("pageshow", (event) => event.persisted && this.#soon(), listening);
    news.addEventListener("outbox", () => this.#soon(), listening);
    this.#pause = this.#shortest;
    this.#later();
  }

  get #shortest(): number {
    return Number(this.getAttribute("every") ?? 5) || 5;
  }

  #soon(): void {
    this.#pause = this.#shortest;
    clearTimeout(this.#timer);
    if (document.visibilityState === "visible") void this.#look();
  }

  #later(): void {
    clearTimeout(this.#timer);
    if (!this.isConnected) return; // a newer page has one of its own
    this.#timer = setTimeout(() => this.#look(), this.#pause * 1000);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      if (document.visibilityState === "visible") await this.#compare();
    } catch (error) {
      if (error instanceof LineDown) mark("line", "down");
      this.#pause = SLOWEST;
    } finally {
      this.#looking = false;
      this.#later();
    }
  }

  async #compare(): Promise<void> {
    const found = await vault();
    if (!found) return;
    const place = found.context.partnership;
    if (!place) {
      this.#pause = Math.min(this.#pause * 1.3, SLOWEST);
      return this.#renewPage(); // of several partnerships: no one head says whether anything is new
    }
    const head = await found.line.get<Head>(`/p/${place.id}/head`);
    mark("line", "up");
    this.#pause = Math.min(this.#pause * 1.3, SLOWEST);
    if (head.seq === place.head.seq && (head.hash ?? null) === (place.head.hash ?? null)) return;
    this.#pause = this.#shortest;
    await this.#renewPage();
  }

  async #renewPage(): Promise<void> {
    if (isHeld()) return;
    if (isTyped(document.getElementById("main") ?? document.body)) this.announce("newer");
    else await refreshPage();
  }
}

/** The screen is covered, or something is on its way and brings the newer page itself. */
const isHeld = (): boolean => document.querySelector('[data-covered], button[aria-busy="true"]') !== null;

customElements.define("live-page", LivePage);
