// Local times in a zone, across its clock changes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { zoned } from "./zoned.ts";

const TIMES: [string, string, string][] = [
  ["2026-11-24T16:00", "Europe/Berlin", "2026-11-24T16:00:00+01:00"],
  ["2026-07-01T09:30", "Europe/Berlin", "2026-07-01T09:30:00+02:00"],
  ["2026-07-01T09:30", "UTC", "2026-07-01T09:30:00+00:00"],
  ["2026-01-10T08:00", "America/St_Johns", "2026-01-10T08:00:00-03:30"],
  ["2026-06-10T08:00", "Asia/Kathmandu", "2026-06-10T08:00:00+05:45"],
  ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T03:30:00+02:00"], // skipped: moved on by the change
  ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T02:30:00+02:00"], // twice: the first
  ["2026-03-29T00:30", "Europe/Berlin", "2026-03-29T00:30:00+01:00"],
  ["2026-10-25T12:00", "Europe/Berlin", "2026-10-25T12:00:00+01:00"],
  ["2028-02-29T12:00", "Pacific/Auckland", "2028-02-29T12:00:00+13:00"],
  ["2026-04-05T02:30", "Australia/Lord_Howe", "2026-04-05T02:30:00+10:30"],
];

for (const [local, zone, expected] of TIMES) {
  test(`${local} in ${zone} is ${expected}`, () => assert.equal(zoned(local, zone), expected));
}

test("what is no local time is refused", () => assert.throws(() => zoned("", "UTC")));
