// What a page weighs, compressed as it is served: at most 70 KB of JavaScript and 25 KB of CSS.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";

const dist = new URL("../../src/tilth/design/static/dist/", import.meta.url);
const files = readdirSync(dist);
const read = (name: string): Buffer => readFileSync(new URL(name, dist));
const KB = 1024;

/** A script and everything it imports at once. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const source = read(name).toString();
  for (const [, imported] of source.matchAll(/(?:^|[;}\n])import(?:[^"'()]*from)?\s*"\.\/([^"]+)"/g)) {
    withImports(imported as string, found);
  }
  return found;
}

const chunk = (start: string): string => {
  const name = files.find((file) => file.startsWith(start) && file.endsWith(".js"));
  assert.ok(name, `no chunk ${start}`);
  return name;
};

const PAGES: Record<string, string[]> = {
  "a partnership, kept live": ["htmx"],
  "inviting and joining": ["htmx", "invitations-"],
  "the agreement": ["htmx", "agreement-"],
  "making and unlocking keys": ["keys-"],
};

for (const [page, chunks] of Object.entries(PAGES)) {
  test(`JavaScript of ${page}: at most 70 KB`, (t) => {
    const loaded = new Set(["tilth.js", ...chunks.map(chunk)].flatMap((name) => [...withImports(name)]));
    const size = [...loaded].reduce((sum, name) => sum + brotliCompressSync(read(name)).length, 0);
    t.diagnostic(`${(size / KB).toFixed(1)} KB in ${loaded.size} files`);
    assert.ok(size <= 70 * KB, `${size} bytes in ${[...loaded].join(", ")}`);
  });
}

test("CSS: at most 25 KB", (t) => {
  const size = brotliCompressSync(read("tilth.css")).length;
  t.diagnostic(`${(size / KB).toFixed(1)} KB`);
  assert.ok(size <= 25 * KB, `${size} bytes`);
});
