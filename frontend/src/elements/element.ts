// What all elements share: finding their parts, showing what holds, listening until they leave the page.
import { LineDown, Refused, SignedOut } from "../vault/line.ts";
import { type Open, type Vault, vault } from "../vault/vault.ts";
import { say } from "../words.ts";

export abstract class TilthElement extends HTMLElement {
  #leaving: AbortController | null = null;

  connectedCallback(): void {
    this.#leaving?.abort();
    this.#leaving = new AbortController();
    this.begin();
  }

  disconnectedCallback(): void {
    this.#leaving?.abort();
  }

  /** Called each time the element enters a page whose HTML is complete. */
  protected abstract begin(): void;

  /** Ends what was listened to when the element leaves. */
  protected get signal(): AbortSignal {
    return (this.#leaving ?? new AbortController()).signal;
  }

  protected piece<E extends HTMLElement = HTMLElement>(name: string): E | null {
    return this.querySelector<E>(`[data-part="${name}"]`);
  }

  protected pieces<E extends HTMLElement = HTMLElement>(name: string): E[] {
    return [...this.querySelectorAll<E>(`[data-part="${name}"]`)];
  }

  /** Runs `act` when a button with this `data-act` inside is pressed; the button is busy meanwhile, and says when nobody answers. */
  protected act(name: string, act: (button: HTMLElement) => unknown): void {
    const pressed = async (event: Event) => {
      const button = (event.target as Element).closest<HTMLElement>(`[data-act="${name}"]`);
      if (button && this.contains(button))
        await busy(button, () => act(button)).catch((error) => this.#unreached(error));
    };
    this.addEventListener("click", pressed, { signal: this.signal });
  }

  #unreached(error: unknown): void {
    const words = this.unanswered(error);
    if (words === null) throw error;
    this.problem(words);
  }

  /** Why nothing came of what was asked of the server, in words; null where it is not for the server that it failed. */
  protected unanswered(error: unknown): string | null {
    if (error instanceof LineDown) return this.say("sealed-form.offline");
    if (error instanceof SignedOut) return this.say("sealed-form.ended");
    if (error instanceof Refused) return error.sentence || this.say("sealed-form.refused");
    return null;
  }

  /** Shows the children whose `data-when` is one of `names`, hides the other `data-when`. */
  protected showWhen(...names: string[]): void {
    for (const child of this.querySelectorAll<HTMLElement>("[data-when]")) {
      child.hidden = !names.includes(child.dataset.when ?? "");
    }
  }

  protected say(key: string, values?: Record<string, string | number>): string {
    return say(key, this, values);
  }

  /** A fresh copy of a `<template data-part>`. */
  protected copyOf(name: string): HTMLElement | null {
    const template = this.piece(name);
    return template instanceof HTMLTemplateElement
      ? ((template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement | null)
      : null;
  }

  /** Says a problem in the part `problem` (made when missing) and takes the focus to it or to `control`. */
  protected problem(words: string, control?: HTMLElement | null, within: HTMLElement = this): void {
    const place = within.querySelector<HTMLElement>('[data-part="problem"]') ?? within.appendChild(problemPlace());
    place.textContent = words;
    place.hidden = words === "";
    if (words !== "") (control ?? place).focus();
  }

  /** The unlocked vault of this page, or null on a device without keys. */
  protected async unlocked(): Promise<(Vault & { open: Open }) | null> {
    const found = await vault();
    return found?.open ? (found as Vault & { open: Open }) : null;
  }

  protected announce(name: string, detail?: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(`tilth:${name}`, { detail, bubbles: true, cancelable }));
  }
}

/** Busy to eyes and ears, and deaf to a second press, without losing the focus. */
export async function busy<T>(button: HTMLElement | null, act: () => T | Promise<T>): Promise<T | undefined> {
  if (button?.getAttribute("aria-busy") === "true") return undefined;
  button?.setAttribute("aria-busy", "true");
  button?.setAttribute("aria-disabled", "true");
  try {
    return await act();
  } finally {
    button?.removeAttribute("aria-busy");
    button?.removeAttribute("aria-disabled");
  }
}

/** A notice that something is wrong, as pages write theirs. */
export function troubleNotice(words: string): HTMLElement {
  const notice = document.createElement("p");
  notice.className = "notice trouble";
  notice.setAttribute("role", "alert");
  notice.textContent = words;
  return notice;
}

function problemPlace(): HTMLElement {
  const place = document.createElement("p");
  place.className = "problem";
  place.dataset.part = "problem";
  place.tabIndex = -1;
  place.setAttribute("role", "alert");
  return place;
}

/** A value deep inside: `fieldAt({a: {b: 1}}, "a.b")`. */
export function fieldAt(fields: Record<string, unknown>, path: string): unknown {
  return path.split(".").reduce<unknown>((at, name) => {
    return typeof at === "object" && at !== null && Object.hasOwn(at, name)
      ? (at as Record<string, unknown>)[name]
      : undefined;
  }, fields);
}

/** A sealed field as text: a list is one to a line. */
export function fieldText(value: unknown): string {
  if (Array.isArray(value)) return value.map(fieldText).join("\n");
  return value === undefined || value === null ? "" : String(value);
}
