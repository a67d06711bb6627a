// From a form's controls to an entry's public data and sealed prose. Pure: what a control holds comes in, objects go out.
import { zoned } from "./zoned.ts";

/** One name of a form: what `FormData` has under it, how its `data-as` wants it read, whether it is made of checkboxes. */
export type Control = { name: string; values: string[]; as: string[]; boxes: boolean; zone: string };
export type Filled = { data: Record<string, unknown>; sealed: Record<string, unknown> };

export class Unreadable extends Error {
  readonly field: string;
  constructor(field: string) {
    super(field);
    this.field = field;
  }
}

const LEFT_OUT = Symbol("left out");

export function readControls(controls: Control[]): Filled {
  const filled: Filled = { data: {}, sealed: {} };
  for (const control of controls) {
    const [side, ...path] = control.name.split(".");
    if ((side !== "data" && side !== "sealed") || path.length === 0) continue;
    const value = side === "sealed" ? proseOf(control) : publicOf(control);
    if (value !== LEFT_OUT) setAt(filled[side], path, value);
  }
  return filled;
}

function proseOf(control: Control): unknown {
  const texts = control.values.map((text) => text.replaceAll("\r\n", "\n").trimEnd()).filter((text) => text !== "");
  if (control.as.includes("list")) return texts.length > 0 ? texts : LEFT_OUT;
  return texts[0] ?? LEFT_OUT;
}

function publicOf(control: Control): unknown {
  const { values, as } = control;
  if (as.includes("list")) return values.filter((text) => text !== "").map((text) => convert(text, control));
  if (values.length === 0 && as.includes("bool") && control.boxes) return false;
  const text = values[0] ?? "";
  if (text === "" && as.includes("optional")) return null;
  if ((text === "" && as.includes("omit")) || values.length === 0) return LEFT_OUT;
  return convert(text, control);
}

function convert(text: string, { name, as, zone }: Control): unknown {
  const value = as.reduce<unknown>((so_far, how) => {
    const found = String(so_far);
    if (how === "int") return /^[+-]?\d+$/.test(found.trim()) ? Number(found) : Number.NaN;
    if (how === "float") return found.trim() === "" ? Number.NaN : Number(found);
    if (how === "bool") return ["true", "on", "yes", "1"].includes(found);
    if (how === "trim") return found.trim();
    if (how === "json") return attempt(name, () => JSON.parse(found));
    if (how === "datetime") return attempt(name, () => zoned(found, zone));
    return so_far;
  }, text);
  if (typeof value === "number" && !Number.isFinite(value)) throw new Unreadable(name);
  return value;
}

function attempt<T>(field: string, act: () => T): T {
  try {
    return act();
  } catch {
    throw new Unreadable(field);
  }
}

/** `setAt(o, ["a", "b"], 1)` → `{a: {b: 1}}`. Names that JavaScript treats as its own are not taken. */
function setAt(object: Record<string, unknown>, path: string[], value: unknown): void {
  const [name, ...rest] = path as [string, ...string[]];
  if (["__proto__", "constructor", "prototype"].includes(name)) throw new Unreadable(path.join("."));
  if (rest.length === 0) object[name] = value;
  else {
    if (typeof object[name] !== "object" || object[name] === null) object[name] = {};
    setAt(object[name] as Record<string, unknown>, rest, value);
  }
}
