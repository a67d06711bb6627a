// <partner-check [joined] [invitation]>: the lock line: who can read here, verified or not, keys changed. See ELEMENTS.md.
import { mark } from "../page.ts";
import type { Standing } from "../vault/circle.ts";
import type { Member } from "../vault/context.ts";
import { LineDown, SignedOut } from "../vault/line.ts";
import { type Reason, Refusal } from "../vault/refusal.ts";
import { news, type Open } from "../vault/vault.ts";
import { vouchedFor } from "../vault/vouching.ts";
import { TilthElement } from "./element.ts";

export class PartnerCheck extends TilthElement {
  protected begin(): void {
    const listening = { signal: this.signal };
    news.addEventListener("trust", () => this.#check(), listening);
    news.addEventListener("alarm", () => this.#check(), listening);
    this.act("seen", (button) => this.#settle(button, (open, person) => open.circle.markSeen(person)));
    this.act("accept", (button) => this.#settle(button, (open, person) => open.circle.accept(person)));
    void this.#check();
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
    if (standing.trust !== "unverified" || !joined || !invitation) return standing;
    const person = await vouchedFor(open, { joined, invitation });
    if (person === null) return standing;
    await open.circle.markVerified(person, true);
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
    if (alarm) this.#sayAlarm(alarm);
  }

  #notice(part: "renewed" | "replaced", member: Member): HTMLElement | null {
    const notice = this.copyOf(part);
    if (!notice) return null;
    notice.dataset.person = member.person;
    for (const name of notice.querySelectorAll('[data-part="name"]')) name.textContent = member.name;
    return notice;
  }

  #sayAlarm(reason: Reason): void {
    if (this.querySelector(`[data-when="${reason.replace("_", "-")}"]`)) return;
    const words = document.createElement("p");
    words.className = "notice trouble";
    words.setAttribute("role", "alert");
    words.textContent = this.say(`reason.${reason}`);
    this.#place.append(words);
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
