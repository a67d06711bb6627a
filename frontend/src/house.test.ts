// Rules of the front end that a reader could forget.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const src = new URL("./", import.meta.url);
const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.includes(".test.") && !name.includes("hostile."))
  .map((name) => ({ name, text: readFileSync(new URL(name, src), "utf8") }));
const page = readFileSync(new URL("../../src/tilth/design/jinja2/components/words.html", src), "utf8");
const words = JSON.parse(/<script[^>]*>([\s\S]*)<\/script>/.exec(page)?.[1] ?? "{}") as Record<string, string>;

const having = (pattern: RegExp): string[] => sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

test("only the vault's age module imports the age library", () => {
  assert.deepEqual(having(/from "age-encryption"/), ["vault/age.ts"]);
});

test("the vault knows no element and no page", () => {
  const above = having(/from "\.\.\/(elements|page|htmx|words)/).filter((name) => name.startsWith("vault/"));
  assert.deepEqual(above, []);
});

test("nothing is rendered as HTML, evaluated, or styled by attribute", () => {
  assert.deepEqual(
    having(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\("style"/),
    [],
  );
});

test("what the elements say stands in the page", () => {
  const said = sources.flatMap(({ text }) => [
    ...text.matchAll(/"((?:sealed-text|sealed-form|keys|safety-code)\.[a-z_]+)"/g),
  ]);
  const missing = said.map(([, key]) => key as string).filter((key) => !(key in words));
  assert.deepEqual(missing, []);
});

test("every reason for refusing has its sentence", () => {
  const listed = sources.find(({ name }) => name === "vault/refusal.ts")?.text ?? "";
  const union = /export type Reason =([\s\S]*?);/.exec(listed.replaceAll(/\/\/.*$/gm, ""))?.[1] ?? "";
  const reasons = [...union.matchAll(/"([a-z_]+)"/g)].map(([, reason]) => `reason.${reason}`);
  const said = Object.keys(words).filter((key) => key.startsWith("reason."));
  assert.deepEqual(said.toSorted(), reasons.toSorted());
});

test("every state of a sealed text that says something has its words", () => {
  for (const state of ["held", "gone", "locked", "offline", "unverified"])
    assert.ok(words[`sealed-text.${state}`], state);
});
