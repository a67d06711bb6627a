// What making keys and taking a new phrase share: one step at a time, the twelve words, three of them asked.
import { MadeElsewhere } from "../vault/account.ts";
import { LineDown } from "../vault/line.ts";
import type { PhraseProblem } from "../vault/words.ts";
import { busy } from "./element.ts";
import { KeyElement } from "./key-element.ts";

type Asked = { place: number; input: HTMLInputElement };

export abstract class KeySteps extends KeyElement {
  #phrase: string[] = [];
  #asked: Asked[] = [];

  /** The right three words were typed. */
  protected abstract confirmed(phrase: string): Promise<void>;

  protected begin(): void {
    this.act("written", () => this.#ask());
    this.act("back", () => this.step("words"));
    this.act("print", () => print());
    const check = this.querySelector<HTMLFormElement>('[data-part="check"]');
    check?.addEventListener("submit", (event) => this.#checked(event), { signal: this.signal });
  }

  protected show(phrase: string): void {
    this.#phrase = phrase.split(" ");
    this.piece("phrase")?.replaceChildren(...this.#phrase.map(wordItem));
    this.step("words");
  }

  /** Shows one step and takes the focus to its heading; false where the page has no such step. */
  protected step(name: string): boolean {
    const steps = [...this.querySelectorAll<HTMLElement>("[data-step]")];
    const shown = steps.find((step) => step.dataset.step === name);
    if (!shown) return false;
    for (const step of steps) step.hidden = step !== shown;
    const heading = shown.querySelector<HTMLElement>("h1, h2, h3") ?? shown;
    heading.tabIndex = -1;
    heading.focus();
    return true;
  }

  protected stepPart(step: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-step="${step}"]`) ?? this;
  }

  /** The words leave the page as soon as they are of no more use. */
  protected wipe(): void {
    this.#phrase = [];
    this.piece("phrase")?.replaceChildren();
    for (const { input } of this.#asked) input.value = "";
  }

  #ask(): void {
    const places = threeOf(this.#phrase.length);
    this.#asked = this.pieces("ask").map((label, i) => {
      const place = places[i] ?? 0;
      for (const shown of label.querySelectorAll('[data-part="place"]')) shown.textContent = String(place + 1);
      const input = label.querySelector("input") as HTMLInputElement;
      input.value = "";
      return { place, input };
    });
    this.#forgetProblems();
    this.step("check");
    this.#asked[0]?.input.focus();
  }

  async #checked(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const check = this.stepPart("check");
    this.#forgetProblems();
    const wrong = this.#asked.find(({ place, input }) => input.value.trim().toLowerCase() !== this.#phrase[place]);
    if (wrong) {
      wrong.input.setAttribute("aria-invalid", "true");
      return this.problem(this.say("keys.wrong_word", { place: wrong.place + 1 }), wrong.input, check);
    }
    await busy(event.submitter, () => this.#confirm(check));
  }

  #forgetProblems(): void {
    this.problem("", null, this.stepPart("check"));
    for (const { input } of this.#asked) input.removeAttribute("aria-invalid");
  }

  async #confirm(check: HTMLElement): Promise<void> {
    try {
      await this.confirmed(this.#phrase.join(" "));
    } catch (error) {
      const said = this.#why(error);
      this.problem(said ?? this.say("keys.failed"), null, check);
      if (said === null) throw error;
    }
  }

  /** Where only the answer was lost, the same may have been done already, and is asked for again. */
  #why(error: unknown): string | null {
    if (error instanceof MadeElsewhere) return this.say("keys.made_elsewhere");
    return error instanceof LineDown ? this.say("keys.failed") : this.unanswered(error);
  }
}

/** Three different places of a phrase, in order. */
function threeOf(length: number): number[] {
  const all = Array.from({ length }, (_, i) => ({ i, by: crypto.getRandomValues(new Uint32Array(1))[0] as number }));
  return all
    .sort((a, b) => a.by - b.by)
    .slice(0, 3)
    .map(({ i }) => i)
    .sort((a, b) => a - b);
}

function wordItem(word: string): HTMLElement {
  const item = document.createElement("li");
  item.textContent = word;
  return item;
}

/** What a typed phrase lacks, as the key of its words and what fills them. */
export function phraseWords(problem: PhraseProblem): [string, Record<string, string | number>] {
  if (problem.code === "unknown") return ["keys.unknown_word", { word: problem.word }];
  if (problem.code === "count") return ["keys.word_count", { count: problem.count }];
  return ["keys.not_a_phrase", {}];
}
