// <agreement-draft replaces dates mine theirs>: around the form of a proposal. See ELEMENTS.md.
import { htmx } from "../htmx.ts";
import { type Choice, ruleOf } from "../recurrence.ts";
import { TilthElement } from "./element.ts";
import type { Prepared } from "./sealed-form.ts";

const SOON = 250;
const UNPROCESSABLE = 422;

export class AgreementDraft extends TilthElement {
  #soon: ReturnType<typeof setTimeout> | undefined;
  #asked = "";
  readonly #zones = new Set(Intl.supportedValuesOf("timeZone"));

  protected begin(): void {
    const { signal } = this;
    this.addEventListener("tilth:prepare", (event) => this.#prepare((event as CustomEvent<Prepared>).detail), {
      signal,
    });
    for (const name of ["input", "change"]) this.addEventListener(name, () => this.#chosen(), { signal });
    document.addEventListener("tilth:refreshed", () => this.#chosen(), { signal });
    this.#chosen();
  }

  /** What the form asks in people's terms becomes what the terms say. */
  #prepare(prepared: Prepared): void {
    const { data, sealed } = prepared;
    const terms = data.terms as Record<string, unknown>;
    const rrule = this.#rule();
    delete data.choice;
    terms.rhythm = rrule === null ? null : { ...(terms.rhythm as object), rrule, ends: terms.ends };
    data.replaces = this.getAttribute("replaces") || null;
    data.success = "success" in sealed;
  }

  /** Shows what belongs to the choice, and leaves the rest out of the form. */
  #chosen(): void {
    const often = this.#value("data.choice.often").split("-")[0] ?? "";
    const by = this.#value("data.choice.by");
    for (const part of this.querySelectorAll<HTMLElement>("[data-often]")) {
      const wanted = part.dataset.often ?? "";
      this.#offer(part, wanted === often || (wanted === "any" && often !== "none"));
    }
    for (const part of this.querySelectorAll<HTMLElement>("[data-by]")) {
      this.#offer(part, often === "months" && part.dataset.by === by);
    }
    this.#offerClocks();
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#preview(), SOON);
  }

  #offer(part: HTMLElement, offered: boolean): void {
    part.hidden = !offered;
    for (const control of part.querySelectorAll<HTMLInputElement>("input, select")) control.disabled = !offered;
  }

  /** A meeting can keep to either one's clock, also one that was typed just now. */
  #offerClocks(): void {
    const clocks = this.querySelector<HTMLSelectElement>("select[name='data.terms.rhythm.zone']");
    const known = new Set([...(clocks?.options ?? [])].map(({ value }) => value));
    for (const zone of [this.#zoneOf("mine"), this.#zoneOf("theirs")]) {
      if (this.#zones.has(zone) && !known.has(zone)) clocks?.add(new Option(zone.replaceAll("_", " "), zone));
    }
  }

  #rule(): string | null {
    const choice: Choice = {
      often: this.#value("data.choice.often"),
      days: this.#chosenDays("data.choice.days"),
      by: this.#value("data.choice.by"),
      nth: Number(this.#value("data.choice.nth")),
      weekday: Number(this.#value("data.choice.weekday")),
      monthday: Number(this.#value("data.choice.monthday")),
      kept: this.#value("data.terms.rhythm.rrule"),
    };
    return ruleOf(choice);
  }

  /** What the rhythm brings with these limits; what is written is never asked with. */
  async #preview(): Promise<void> {
    const rrule = this.#rule();
    const place = this.piece("preview");
    const typed = (name: string): string => this.#value(`data.terms.rhythm.${name}`);
    const rhythm = {
      rrule,
      start: typed("start"),
      time: typed("time"),
      zone: typed("zone"),
      minutes: Number(typed("minutes")),
      place: typed("place"),
      ends: this.#value("data.terms.ends"),
    };
    if (!place || rrule === null || !rhythm.start || !rhythm.time) return;
    const asked = { rhythm, mine: this.#limitsOf("mine"), theirs: this.#limitsOf("theirs") };
    const query = Object.entries(asked).map(([name, value]) => [name, JSON.stringify(value)]);
    const url = `${this.getAttribute("dates")}?${new URLSearchParams(query)}`;
    if (url === this.#asked && !place.hidden) return;
    this.#asked = url;
    const answer = await fetch(url, { signal: this.signal, redirect: "manual" }).catch(() => null);
    if (!answer || !(answer.ok || answer.status === UNPROCESSABLE)) return;
    const text = await answer.text();
    if (url !== this.#asked) return;
    await (await htmx()).swap({ text, target: place, select: '[data-part="preview"]', swap: "outerMorph" });
  }

  #limitsOf(side: "mine" | "theirs"): Record<string, unknown> {
    const of = (name: string): string => `data.terms.members.${this.getAttribute(side)}.${name}`;
    const clocks = ["zone", "available_from", "available_to", "quiet_from", "quiet_to"];
    const hours = this.#value(of("monthly_hours"));
    return {
      ...Object.fromEntries(clocks.map((name) => [name, this.#value(of(name))])),
      days: this.#chosenDays(of("days")),
      monthly_hours: hours === "" ? null : Number(hours),
    };
  }

  #chosenDays(name: string): number[] {
    return this.#controls(name).flatMap((box) => (box.checked ? [Number(box.value)] : []));
  }

  #zoneOf(side: "mine" | "theirs"): string {
    return this.#value(`data.terms.members.${this.getAttribute(side)}.zone`);
  }

  #value(name: string): string {
    return this.#controls(name)[0]?.value ?? "";
  }

  #controls(name: string): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)];
  }
}

customElements.define("agreement-draft", AgreementDraft);
