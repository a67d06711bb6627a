// From controls to an entry's public data and sealed prose.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Control, readControls, Unreadable } from "./form-data.ts";

const control = (name: string, values: string[], as = "", boxes = false): Control => ({
  name,
  values,
  as: as.split(" ").filter(Boolean),
  boxes,
  zone: "Europe/Berlin",
});

test("names nest, and public and sealed part ways", () => {
  const filled = readControls([
    control("data.members.m1.zone", ["UTC"]),
    control("sealed.words", ["Hello "]),
    control("csrf", ["x"]),
  ]);
  assert.deepEqual(filled, { data: { members: { m1: { zone: "UTC" } } }, sealed: { words: "Hello" } });
});

test("each kind of value is read as it says", () => {
  const { data } = readControls([
    control("data.hours", ["16"], "int"),
    control("data.budget", ["2.5"], "float"),
    control("data.agreed", ["true"], "bool", true),
    control("data.not", [], "bool", true),
    control("data.days", ["0", "1"], "list int", true),
    control("data.none", [], "list int", true),
    control("data.rhythm", ['{"minutes":60}'], "json"),
    control("data.at", ["2026-11-24T16:00"], "datetime"),
    control("data.ends", [""], "optional"),
    control("data.also", [""], "omit"),
    control("data.name", [" Amara "], "trim"),
  ]);
  assert.deepEqual(data, {
    hours: 16,
    budget: 2.5,
    agreed: true,
    not: false,
    days: [0, 1],
    none: [],
    rhythm: { minutes: 60 },
    at: "2026-11-24T16:00:00+01:00",
    ends: null,
    name: "Amara",
  });
});

test("nothing ticked and nothing written is left out, unless it is optional", () => {
  const filled = readControls([
    control("data.role", []),
    control("data.on", [], "optional"),
    control("sealed.words", ["  \n"]),
  ]);
  assert.deepEqual(filled, { data: { on: null }, sealed: {} });
});

test("what is no number names its field", () => {
  assert.throws(
    () => readControls([control("data.hours", ["many"], "int")]),
    (error) => error instanceof Unreadable && error.field === "data.hours",
  );
  assert.throws(() => readControls([control("data.rhythm", ["{"], "json")]), Unreadable);
});

test("names that reach into JavaScript are refused", () => {
  for (const name of ["data.__proto__.x", "sealed.constructor"])
    assert.throws(() => readControls([control(name, ["y"])]), Unreadable);
});
