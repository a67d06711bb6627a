import assert from "node:assert/strict";
import { test } from "node:test";
import { type Choice, ruleOf } from "./recurrence.ts";

const CHOICE: Choice = { often: "none", days: [], by: "weekday", nth: 1, weekday: 0, monthday: 1, kept: "" };
const rule = (choice: Partial<Choice>): string | null => ruleOf({ ...CHOICE, ...choice });

test("no rhythm has no rule", () => {
  assert.equal(rule({}), null);
});

test("every second Tuesday and Thursday, whichever was ticked first", () => {
  assert.equal(rule({ often: "weeks-2", days: [3, 1] }), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH");
});

test("a week without days leaves the day to the first meeting", () => {
  assert.equal(rule({ often: "weeks-1" }), "FREQ=WEEKLY;INTERVAL=1");
});

test("the last Friday of the month", () => {
  assert.equal(rule({ often: "months-1", nth: -1, weekday: 4 }), "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR");
});

test("the fifteenth of every third month", () => {
  assert.equal(rule({ often: "months-3", by: "date", monthday: 15 }), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15");
});

test("a rule made elsewhere is left as it is", () => {
  assert.equal(rule({ often: "kept", kept: "FREQ=DAILY;INTERVAL=10" }), "FREQ=DAILY;INTERVAL=10");
});
