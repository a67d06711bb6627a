// Headers that are not as the protocol writes them: each part is looked at, and none is taken for another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, random, utf8 } from "./bytes.ts";
import { HEADER_LIMIT, type Header, headerBytes, readHeader } from "./header.ts";
import { honest } from "./hostile.cast.ts";
import { Refusal } from "./refusal.ts";

const HASH = "ab".repeat(32);
const ODD: Record<string, Record<string, unknown>[]> = {
  "header too large": [{ data: { long: "x".repeat(HEADER_LIMIT) } }],
  "other keys": [{ also: 1 }, { v: 2 }, { v: "1" }],
  ids: [{ instance: "here" }, { partnership: null }, { entry: HASH }],
  subject: [{ subject: "it" }, { subject: 1 }],
  kind: [{ kind: "made" }, { kind: "Commitments.made" }, { kind: 1 }],
  hashes: [{ author: "Ben" }, { prev: "first" }, { prev: HASH.toUpperCase() }],
  to: [{ to: HASH }, { to: [] }, { to: [HASH, "Ben"] }],
  data: [{ data: null }, { data: ["due"] }, { data: "due" }],
  commit: [{ commit: 1 }, { commit: b64u(random(31)) }, { commit: "" }],
};

const isMalformed = (error: unknown, what: string) =>
  error instanceof Refusal && error.reason === "malformed" && error.message === what;

test("an honest header is read as it was written", () => {
  const { header } = honest();
  assert.deepEqual(readHeader(headerBytes(header)), header);
  const bare: Header = { ...header, subject: null, prev: null, commit: null };
  assert.deepEqual(readHeader(headerBytes(bare)), bare);
});

for (const [what, changes] of Object.entries(ODD)) {
  for (const change of changes) {
    test(`refused for its “${what}”: ${JSON.stringify(change).slice(0, 60)}`, () => {
      const bytes = utf8(JSON.stringify({ ...honest().header, ...change }));
      assert.throws(
        () => readHeader(bytes),
        (error) => isMalformed(error, what),
      );
    });
  }
}
