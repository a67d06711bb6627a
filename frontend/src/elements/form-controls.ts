// A form's controls: read for sending, kept as a draft, filled again.
import type { Control } from "../form-data.ts";
import type { Values } from "../vault/drafts.ts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isField = (element: Element): element is Field =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

/** The controls of an entry, by name: `data.…` and `sealed.…`. */
export function fieldsOf(form: HTMLFormElement): Map<string, Field[]> {
  const named = [...form.elements].filter(isField).filter((field) => /^(data|sealed)\./.test(field.name));
  return Map.groupBy(named, (field) => field.name);
}

export function controlsOf(form: HTMLFormElement, submitter: HTMLElement | null, zone: string): Control[] {
  const found = new FormData(form, submitter);
  const fields = fieldsOf(form);
  const names = new Set([...fields.keys(), ...found.keys()]);
  return [...names].map((name) => {
    const enabled = (fields.get(name) ?? []).filter((field) => !field.matches(":disabled"));
    const as = enabled.map((field) => field.dataset.as).find(Boolean) ?? submitterAs(submitter, name);
    const own = enabled.map((field) => field.dataset.zone).find(Boolean);
    return {
      name,
      values: found.getAll(name).filter((value) => typeof value === "string"),
      as: as.split(/[\s,]+/).filter(Boolean),
      boxes: enabled.some((field) => field.type === "checkbox"),
      zone: own ?? zone,
    };
  });
}

const submitterAs = (submitter: HTMLElement | null, name: string): string =>
  (submitter?.getAttribute("name") === name && submitter.dataset.as) || "";

/** What is the person's own doing: what they left as it came may come otherwise when the draft is put back. */
export function valuesOf(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const [name, fields] of fieldsOf(form)) {
    if (fields.some(isTouched)) values[name] = fields.filter(isChosen).map((field) => field.value);
  }
  return values;
}

const isChoice = (field: Field): field is HTMLInputElement => field.type === "radio" || field.type === "checkbox";
const isChosen = (field: Field): boolean => field.type !== "hidden" && (!isChoice(field) || field.checked);

const restored = new WeakSet<Field>(); // also those that the draft left empty

/** Puts a draft back, but for what was typed since the page came: that is newer. */
export function fill(form: HTMLFormElement, values: Values): void {
  for (const [name, fields] of fieldsOf(form)) {
    const kept = values[name];
    if (!kept || fields.some(isChanged)) continue;
    for (const [i, field] of fields.entries()) {
      if (isChoice(field)) field.checked = kept.includes(field.value);
      else if (field.type !== "hidden" && kept[i] !== undefined) field.value = kept[i];
      restored.add(field);
    }
    fields[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** A text that has to be there, and is nothing but spaces. */
export const blankIn = (form: HTMLFormElement): Field | undefined =>
  [...form.elements].filter(isField).find((field) => field.required && field.value !== "" && field.value.trim() === "");

/** As the page came. */
export function empty(form: HTMLFormElement): void {
  form.reset();
  for (const field of [...fieldsOf(form).values()].flat()) restored.delete(field);
}

/** While a form is on its way nothing can be typed into it that would be gone with it. */
export function hold(form: HTMLFormElement, held: boolean): void {
  for (const field of [...fieldsOf(form).values()].flat()) if ("readOnly" in field) field.readOnly = held;
}

/** Whether what stands in it, or that nothing does, is the person's own doing. */
export const isTouched = (field: Field): boolean => restored.has(field) || isChanged(field);

/** Whether something in it differs from what the page came with (or from what an element filled in). */
export const isTyped = (within: ParentNode): boolean =>
  [...within.querySelectorAll("input, textarea, select")]
    .filter(isField)
    .some((field) => !field.closest("dialog:not([open])") && isChanged(field));

function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) return !isUsual(field);
  if (isChoice(field)) return field.checked !== field.defaultChecked;
  return field.type !== "hidden" && field.value !== field.defaultValue;
}

function isUsual(field: HTMLSelectElement): boolean {
  const options = [...field.options];
  const usual = options.filter((option) => option.defaultSelected);
  const first = field.multiple ? [] : options.slice(0, 1);
  return options.every((option) => option.selected === (usual.length > 0 ? usual : first).includes(option));
}
