// <agreement-draft replaces dates mine theirs>: around the form of a proposal. See ELEMENTS.md.
import { type Choice, ruleOf } from "../recurrence.ts";
import { TilthElement } from "./element.ts";
import type { Prepared } from "./sealed-form.ts";

type Told = { dates: { mine: string; theirs: string; shifted: boolean }[] } | { sentence: string };

const SOON = 250;

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
      days: this.#controls("data.choice.days").flatMap((box) => (box.checked ? [Number(box.value)] : [])),
      by: this.#value("data.choice.by"),
      nth: Number(this.#value("data.choice.nth")),
      weekday: Number(this.#value("data.choice.weekday")),
      monthday: Number(this.#value("data.choice.monthday")),
      kept: this.#value("data.terms.rhythm.rrule"),
    };
    return ruleOf(choice);
  }

  /** The first dates of what is chosen; only the rhythm is asked for, never what is written. */
  async #preview(): Promise<void> {
    const rrule = this.#rule();
    const [start, time, zone] = ["start", "time", "zone"].map((name) => this.#value(`data.terms.rhythm.${name}`));
    const place = this.piece("preview");
    if (!place || rrule === null || !start || !time) return;
    const asked = {
      rrule,
      start,
      time,
      zone: zone ?? "",
      ends: this.#value("data.terms.ends"),
      mine: this.#zoneOf("mine"),
      theirs: this.#zoneOf("theirs"),
    };
    const url = `${this.getAttribute("dates")}?${new URLSearchParams(asked)}`;
    if (url === this.#asked && !place.hidden) return;
    this.#asked = url;
    const told = await fetch(url, { signal: this.signal }).then(
      (answer) => answer.json() as Promise<Told>,
      () => null,
    );
    if (told && url === this.#asked) this.#show(place, told);
  }

  #show(place: HTMLElement, told: Told): void {
    const problem = this.piece("preview-problem");
    place.hidden = false;
    this.piece("dates")?.replaceChildren(...("dates" in told ? told.dates.map((date) => this.#line(date)) : []));
    if (!problem) return;
    problem.hidden = "dates" in told;
    problem.textContent = "sentence" in told ? told.sentence : "";
  }

  #line(date: { mine: string; theirs: string; shifted: boolean }): HTMLElement {
    const line = this.copyOf("date") ?? document.createElement("li");
    const put = (selector: string, text: string): void => {
      const place = line.querySelector<HTMLElement>(selector);
      if (place) place.textContent = text;
    };
    put('[data-part="mine"]', date.mine);
    put('[data-part="theirs"]', date.theirs);
    const holds: Record<string, boolean> = { elsewhere: date.theirs !== "", shifted: date.shifted };
    for (const part of line.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = !holds[part.dataset.when ?? ""];
    return line;
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
