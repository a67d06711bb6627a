// What changed between two texts, as one side of a comparison tells it.
import type { ChangeObject } from "diff";

export type Passage = { text: string; changed: boolean };

/** One side's text in passages. What only a space keeps apart is one change: read aloud, each is announced. */
export function passages(changes: ChangeObject<string>[], mark: "added" | "removed"): Passage[] {
  const other = mark === "added" ? "removed" : "added";
  const side = changes.filter((change) => !change[other]);
  const found: Passage[] = [];
  side.forEach((change, place) => {
    const between = change.value.trim() === "" && side[place - 1]?.[mark] && side[place + 1]?.[mark];
    const changed = change[mark] || Boolean(between);
    const last = found.at(-1);
    if (last?.changed === changed) last.text += change.value;
    else found.push({ text: change.value, changed });
  });
  return found;
}
