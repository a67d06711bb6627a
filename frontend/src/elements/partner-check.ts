// <partner-check [joined] [invitation]>: the lock line: who can read here, verified or not, keys changed; announces one's own new keys. See ELEMENTS.md.
import { mark, refreshPage } from "../page.ts";
import { announceKeys } from "../vault/announcing.ts";
import type { Standing } from "../vault/circle.ts";
import type { Member } from "../vault/context.ts";
import { LineDown, SignedOut } from "../vault/line.ts";
import { type Reason, Refusal } from "../vault/refusal.ts";
import { news, type Open, otherTabs } from "../vault/vault.ts";
import { vouch } from "../vault/vouching.ts";
import { TilthElement, troubleNotice } from "./element.ts";

export class PartnerCheck extends TilthElement {
  protected begin(): void {
    const listening = { signal: this.signal };
    news.addEventListener("trust", () => this.#check(), listening);
    news.addEventListener("alarm", () => this.#check(), listening);
    this.act("seen", (button) => this.#settle(button, (open, person) => open.circle.markSeen(person)));
    this.act("accept", (button) => this.#settle(button, (open, person) => open.circle.accept(person)));
    this.act("go-on", () => this.#goOn());
    void this.#check().then(() => this.#watch());
  }

  async #watch(): Promise<void> {
    const vault = await this.unlocked();
    if (!vault?.context.partnership) return;
    await vault.open.watch();
    await announceKeys(vault.open, vault.context);
  }

  async #check(): Promise<void> {
    const vault = await this.unlocked();
    if (!vault?.context.partnership) return;
    const { open } = vault;
    try {
      const standing = await this.#standing(open);
      this.#show(standing, open.alarm);
    } catch (error) {
      if (error instanceof LineDown || error instanceof SignedOut) return;
      if (!(error instanceof Refusal)) throw error;
      this.#sayAlarm(error.reason);
    }
  }

  /** An unverified partner is raised when the proof in their joining fits the secret kept from the invitation. */
  async #standing(open: Open): Promise<Standing> {
    const standing = await open.circle.standing();
    const [joined, invitation] = [this.getAttribute("joined"), this.getAttribute("invitation")];
    if (standing.trust === "changed" || !joined || !invitation) return standing;
    await vouch(open, { joined, invitation });
    return open.circle.standing();
  }

  #show({ trust, renewed, replaced }: Standing, alarm: Reason | null): void {
    mark("trust", trust);
    this.showWhen(trust, ...(alarm ? [alarm.replace("_", "-")] : []));
    const place = this.#place;
    place.replaceChildren(
      ...renewed.map((member) => this.#notice("renewed", member)).filter((one) => one !== null),
      ...replaced.map((member) => this.#notice("replaced", member)).filter((one) => one !== null),
    );
    if (alarm === "rolled_back" || alarm === "forked") void this.#sayLoss(alarm);
    else if (alarm) this.#sayAlarm(alarm);
  }

  /** Another state of a sound history, as after a restored backup: what is missing, and a way to go on. */
  async #sayLoss(alarm: Reason): Promise<void> {
    const found = await (await this.unlocked())?.open.loss();
    const notice = found ? this.copyOf("restored") : null;
    if (!found || !notice) return this.#sayAlarm(alarm);
    const fill = (part: string, count: number) => {
      for (const place of notice.querySelectorAll(`[data-part="${part}"]`)) place.textContent = String(count);
    };
    fill("missing", found.loss.count);
    fill("mine", found.mine.length);
    notice.setAttribute("role", "alert");
    this.#place.replaceChildren(notice);
  }

  async #goOn(): Promise<void> {
    const vault = await this.unlocked();
    const found = await vault?.open.loss();
    if (!vault || !found) return;
    await vault.open.goOn(found);
    otherTabs().postMessage("restored"); // they still know what came after
    this.#place.replaceChildren();
    await refreshPage();
  }

  #notice(part: "renewed" | "replaced", member: Member): HTMLElement | null {
    const notice = this.copyOf(part);
    if (!notice) return null;
    notice.dataset.person = member.person;
    return notice;
  }

  #sayAlarm(reason: Reason): void {
    if (this.querySelector(`[data-when="${reason.replace("_", "-")}"]`)) return;
    this.#place.append(troubleNotice(this.say(`reason.${reason}`)));
  }

  get #place(): HTMLElement {
    return (
      this.piece("notice") ?? this.appendChild(Object.assign(document.createElement("div"), { className: "notices" }))
    );
  }

  async #settle(button: HTMLElement, act: (open: Open, person: string) => Promise<void>): Promise<void> {
    const person = button.closest<HTMLElement>("[data-person]")?.dataset.person;
    const vault = await this.unlocked();
    if (!vault || !person) return;
    await act(vault.open, person);
    news.dispatchEvent(new Event("trust"));
  }
}

customElements.define("partner-check", PartnerCheck);
