// A rhythm's rule from what a person chose: how often, and on which days. Pure.
export type Choice = {
  often: string; // "none", "weeks-2", "months-1", or "kept": the rule stays as it was
  days: number[]; // 0 = Monday
  by: string; // "weekday" or "date"
  nth: number; // -1 = last
  weekday: number;
  monthday: number;
  kept: string;
};

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** The rule, or null where there is to be no rhythm. A week without days means the day of the first meeting. */
export function ruleOf(choice: Choice): string | null {
  if (choice.often === "none") return null;
  if (choice.often === "kept") return choice.kept;
  const [unit, interval] = choice.often.split("-");
  if (unit === "weeks") return `FREQ=WEEKLY;INTERVAL=${interval}${daysOf(choice.days)}`;
  const on = choice.by === "date" ? `BYMONTHDAY=${choice.monthday}` : `BYDAY=${choice.nth}${DAYS[choice.weekday]}`;
  return `FREQ=MONTHLY;INTERVAL=${interval};${on}`;
}

function daysOf(days: number[]): string {
  const names = [...days].sort((a, b) => a - b).map((day) => DAYS[day]);
  return names.length > 0 ? `;BYDAY=${names.join(",")}` : "";
}
