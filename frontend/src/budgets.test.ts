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

/** What scripts ask for only where a page needs it, as esbuild wrote it: htmx, and the elements of some pages. */
const asked = files.filter((name) => name.endsWith(".js")).flatMap((name) => partsAskedBy(name));
const htmx = asked.find((name) => name.startsWith("htmx")) as string;
const parts = asked.filter((name) => name !== htmx);

function partsAskedBy(name: string): string[] {
  return [
    ...read(name)
      .toString()
      .matchAll(/import\("\.\/([^"]+)"\)/g),
  ].map(([, part]) => part as string);
}

test("what is asked for where it is needed was found", () => assert.ok(htmx && parts.length > 0, asked.join()));

for (const part of parts) {
  test(`JavaScript of a page that needs ${part.split("-")[0]}, kept live: at most 70 KB`, (t) => {
    const loaded = new Set(["tilth.js", htmx, part].flatMap((name) => [...withImports(name)]));
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
