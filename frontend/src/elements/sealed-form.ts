// <sealed-form kind [subject] [next] [draft] …>: seals, signs and sends one entry. See ELEMENTS.md.
import { readControls, Unreadable } from "../form-data.ts";
import { go, goAndUnlock, refreshPage, safePath } from "../page.ts";
import type { Context, Place } from "../vault/context.ts";
import type { Draft } from "../vault/entry.ts";
import { TooLarge } from "../vault/entry.ts";
import { uuid7 } from "../vault/ids.ts";
import { LineDown, Refused, SignedOut } from "../vault/line.ts";
import type { Footing, Letter } from "../vault/outbox.ts";
import { Refusal } from "../vault/refusal.ts";
import { news, type Open, type Vault } from "../vault/vault.ts";
import type { Sent } from "../vault/writer.ts";
import { busy, TilthElement } from "./element.ts";
import { blankIn, controlsOf, empty, fill, hold, isTyped, valuesOf } from "./form-controls.ts";

type Unlocked = Vault & { open: Open };
/** What listeners of `tilth:prepare` may alter. */
export type Prepared = {
  entry: string;
  subject: string | null;
  data: Record<string, unknown>;
  sealed: Record<string, unknown>;
  wait: (work: Promise<unknown>) => void;
};

export class SealedForm extends TilthElement {
  #saving = false;
  #unsaved = false;
  #sending = false;
  #isKept = false; // what stands here, as a draft on this device

  /** Listens here, not on the form: a page that is refreshed may move the form in only after this. */
  protected begin(): void {
    const { signal } = this;
    this.addEventListener("submit", (event) => this.#submitted(event), { signal });
    for (const name of ["input", "change"]) this.addEventListener(name, (event) => this.#typed(event), { signal });
    void this.#restore();
  }

  protected get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  protected get kind(): string {
    return this.getAttribute("kind") ?? "";
  }

  /** The partnership it is written in, and how it finds its place there. */
  protected place(context: Context): { place: Place; footing: Footing } {
    if (!context.partnership) throw new Error("sealed-form outside a partnership");
    return { place: context.partnership, footing: { on: "chain" } };
  }

  protected nextOf(sent: Sent, place: Place): string | null {
    const next = this.getAttribute("next");
    return next && safePath(next.replaceAll("{entry}", sent.entry).replaceAll("{partnership}", place.id));
  }

  async #submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.#sending) return;
    const form = event.target as HTMLFormElement;
    this.#sending = true;
    hold(form, true);
    try {
      await busy(event.submitter, () => this.#send(event.submitter));
    } finally {
      this.#sending = false;
      hold(form, false);
    }
  }

  async #send(submitter: HTMLElement | null): Promise<void> {
    this.#clearProblems();
    const vault = await this.unlocked();
    if (!vault) return goAndUnlock();
    if (await this.#isSentElsewhere(vault)) return this.problem(this.say("sealed-form.sent_elsewhere"));
    await this.#saveNow();
    if (this.hasAttribute("changes") && this.form && !isTyped(this.form))
      return this.problem(this.say("sealed-form.unchanged"));
    const blank = blankIn(this.form as HTMLFormElement);
    if (blank) return this.#refuse(this.say("sealed-form.blank"), blank.name);
    try {
      const letter = await this.#letter(vault, submitter);
      if (letter) await this.#write(vault, letter);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Its draft went while this page lay open: another tab has sent it. Asked once; whoever presses again means it. */
  async #isSentElsewhere(vault: Unlocked): Promise<boolean> {
    const name = this.#draftName;
    const isGone = this.#isKept && name !== null && (await vault.open.drafts.find(name)) === null;
    this.#isKept = this.#isKept && !isGone;
    return isGone;
  }

  async #letter(vault: Unlocked, submitter: HTMLElement | null): Promise<Letter | null> {
    const { context } = vault;
    const filled = readControls(controlsOf(this.form as HTMLFormElement, submitter, context.person.zone));
    const works: Promise<unknown>[] = [];
    const entry = this.getAttribute("entry") ?? uuid7();
    const named = this.getAttribute("subject");
    const subject = named === "self" ? entry : named || null;
    const prepared: Prepared = { entry, subject, ...filled, wait: (work) => works.push(work) };
    if (!this.announce("prepare", prepared, true)) return null;
    await Promise.all(works);
    const { place, footing } = this.place(context);
    const sealed = this.#hasProse(prepared) ? prepared.sealed : null;
    const { instance } = context;
    const draft: Draft = {
      instance,
      partnership: place.id,
      entry,
      kind: this.kind,
      subject: prepared.subject,
      data: prepared.data,
      sealed,
    };
    return { draft, place, footing, alone: this.hasAttribute("private") };
  }

  #hasProse({ sealed }: Prepared): boolean {
    return Object.keys(sealed).length > 0 || this.hasAttribute("seal-empty");
  }

  async #write(vault: Unlocked, letter: Letter): Promise<void> {
    const { writer } = vault.open;
    try {
      await this.#sent(vault, await writer.write(letter), letter.place);
    } catch (error) {
      if (!(error instanceof LineDown || error instanceof SignedOut)) throw error;
      await this.#kept(vault, error, letter);
    }
  }

  async #sent(vault: Unlocked, sent: Sent, place: Place): Promise<void> {
    await this.#dropDraft(vault);
    if (!this.announce("sent", sent, true)) return;
    const next = this.nextOf(sent, place);
    if (next) return go(next);
    if (this.form) empty(this.form);
    this.closest("dialog")?.close();
    fold(this.closest("details"));
    await refreshPage();
    document.dispatchEvent(new CustomEvent("tilth:written"));
  }

  /** No line: the words are safe in the outbox, and the form says so. */
  async #kept(vault: Unlocked, error: LineDown | SignedOut, { draft, place: where }: Letter): Promise<void> {
    await this.#dropDraft(vault);
    if (this.form) empty(this.form);
    news.dispatchEvent(new Event("outbox"));
    const words = this.say(error instanceof SignedOut ? "sealed-form.signed_out" : "sealed-form.kept");
    const place = this.piece("kept") ?? (this.form ?? this).appendChild(keptPlace(words));
    place.textContent = words;
    place.hidden = false;
    this.announce("kept");
    const gone = (event: Event) => {
      const sent = (event as CustomEvent<Sent>).detail;
      if (sent.entry === draft.entry) void this.#wentOut(sent, where, place);
    };
    news.addEventListener("sent", gone, { signal: this.signal });
  }

  /** What waited is there now: on to where it would have led at once, unless somebody types the next one here. */
  async #wentOut(sent: Sent, where: Place, hint: HTMLElement): Promise<void> {
    hint.hidden = true;
    const next = this.form && isTyped(this.form) ? null : this.nextOf(sent, where);
    await (next ? go(next) : refreshPage());
  }

  #fail(error: unknown): void {
    if (error instanceof Refused) {
      this.announce("refused", { code: error.code, sentence: error.sentence, field: error.field });
      return this.#refuse(error.sentence || this.say("sealed-form.refused"), error.field);
    }
    if (error instanceof Unreadable) return this.#refuse(this.say("sealed-form.unreadable"), error.field);
    if (error instanceof TooLarge) return this.#refuse(this.say("sealed-form.too_large"), null);
    if (error instanceof Refusal) return this.#refuse(this.say(`reason.${error.reason}`), null);
    this.#refuse(this.say("sealed-form.failed"), null);
    throw error;
  }

  #refuse(sentence: string, field: string | null): void {
    const control = field ? this.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]`) : null;
    const named = field && this.querySelector<HTMLElement>(`[data-problem-for="${CSS.escape(field)}"]`);
    const place = named || (field && control && problemBehind(control, field));
    if (!place) return this.problem(sentence);
    control?.setAttribute("aria-invalid", "true");
    place.textContent = sentence;
    place.hidden = false;
    place.setAttribute("role", "alert");
    place.tabIndex = -1; // a sentence about several controls, or a hidden one, takes the focus itself
    (control?.checkVisibility() ? control : place).focus();
  }

  /** What was said of a control was about what stood there before. */
  #typed(event: Event): void {
    const { name } = event.target as HTMLInputElement;
    if (name) this.#clearProblemsOf(`="${CSS.escape(name)}"`);
    void this.#save();
  }

  #clearProblemsOf(named: string): void {
    for (const control of this.querySelectorAll(`[name${named}][aria-invalid]`))
      control.removeAttribute("aria-invalid");
    for (const place of this.querySelectorAll(`[data-problem-for${named}]`)) place.textContent = "";
  }

  #clearProblems(): void {
    this.#clearProblemsOf("");
    const problem = this.piece("problem");
    if (problem) [problem.textContent, problem.hidden] = ["", true];
  }

  get #draftName(): string | null {
    const named = this.getAttribute("draft");
    if (named === "off") return null;
    return named ?? [location.pathname, this.kind, this.getAttribute("subject") ?? ""].join(" ");
  }

  async #restore(): Promise<void> {
    const name = this.#draftName;
    const vault = name === null ? null : await this.unlocked();
    const kept = vault && name !== null ? await vault.open.drafts.find(name) : null;
    if (!kept || !this.form || this.#sending) return;
    fill(this.form, kept);
    this.#isKept = true;
    this.announce("restored");
  }

  /** At once, since a page can be left at once; again when that is done, if someone went on typing. */
  async #save(): Promise<void> {
    this.#unsaved = true;
    if (this.#saving) return;
    this.#saving = true;
    try {
      while (this.#unsaved) await this.#saveNow();
    } finally {
      this.#saving = false;
    }
  }

  async #saveNow(): Promise<void> {
    this.#unsaved = false;
    const [name, form] = [this.#draftName, this.form];
    const vault = name === null ? null : await this.unlocked();
    if (!vault || name === null || !form) return;
    const typed = isTyped(form);
    await (typed ? vault.open.drafts.keep(name, valuesOf(form)) : vault.open.drafts.drop(name));
    this.#isKept = typed;
  }

  async #dropDraft(vault: Unlocked): Promise<void> {
    [this.#unsaved, this.#isKept] = [false, false];
    for (const name of [this.#draftName, this.getAttribute("drops")]) {
      if (name !== null) await vault.open.drafts.drop(name);
    }
  }
}

/** Folded up again; the focus stays where it can be opened. */
function fold(details: HTMLDetailsElement | null): void {
  if (!details?.open) return;
  details.open = false;
  details.querySelector("summary")?.focus({ preventScroll: true });
}

function keptPlace(words: string): HTMLElement {
  const place = document.createElement("p");
  place.className = "hint";
  place.dataset.part = "kept";
  place.setAttribute("role", "status");
  place.textContent = words;
  return place;
}

function problemBehind(control: HTMLElement, field: string): HTMLElement {
  const place = document.createElement("p");
  place.className = "error";
  place.dataset.problemFor = field;
  control.after(place);
  return place;
}

customElements.define("sealed-form", SealedForm);
