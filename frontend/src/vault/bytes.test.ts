// Bytes and texts have one spelling each: what is spelt otherwise is refused, since two readers could take it for two things.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isRecipient } from "./age.ts";
import { equal, fromB64u, fromHex, text, utf8 } from "./bytes.ts";
import { uuidBytes } from "./ids.ts";
import { keysOf, newRoot } from "./keys.ts";
import { parseStrictObject } from "./strict-json.ts";

test("bytes that are no UTF-8 are no text, and a byte order mark stays one", () => {
  assert.throws(() => text(new Uint8Array([0x7b, 0xff, 0x7d])));
  assert.equal(text(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b])), "\ufeff{");
});

test("a part is not equal to the whole", () => {
  const whole = utf8("whole");
  assert.ok(equal(whole, utf8("whole")));
  assert.ok(!equal(whole.slice(0, 3), whole));
  assert.ok(!equal(whole, whole.slice(0, 3)));
  assert.ok(!equal(whole, utf8("whale")));
});

for (const digits of ["AB", "a", "0x", "ab ", "zz"]) {
  test(`“${digits}” is no hex`, () => assert.throws(() => fromHex(digits), /lower-case hex/));
}

for (const letters of ["QQ==", "QR", "a+b/", "a b", "QQ\n", "A"]) {
  test(`“${letters}” is no base64url`, () => assert.throws(() => fromB64u(letters)));
}

for (const id of ["", "0".repeat(32), "0189000000007000800000000000000g", "01890000-0000-7000-8000-00000000000A"]) {
  test(`“${id}” is no id`, () => assert.throws(() => uuidBytes(id), /not a UUID/));
}

test("a recipient is age1, in small letters, of 32 bytes, with a sum that fits", async () => {
  const { sealRecipient } = await keysOf(newRoot());
  assert.ok(isRecipient(sealRecipient));
  const last = sealRecipient.endsWith("q") ? "p" : "q";
  for (const odd of [sealRecipient.toUpperCase(), sealRecipient.slice(0, -1) + last, "age1qqqqqq", "", 1, null])
    assert.equal(isRecipient(odd), false, String(odd));
});

const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const ODD: Record<string, string> = {
  "a list": "[]",
  "space before": ' {"a":1}',
  "space behind": '{"a":1}\n',
  "one key twice": '{"a":1,"a":2}',
  "one key twice, spelt differently": '{"a":1,"\\u0061":2}',
  "one key twice, further in": '{"a":[{"b":1,"b":2}]}',
  "too many levels": deep(33),
  "half a character": '{"a":"\\ud800"}',
  "half a character in a key": '{"\\ud800":1}',
  "half a character, further in": '{"a":["\\udfff"]}',
  "a number beyond all": '{"a":1e999}',
  "a whole number beyond what is exact": '{"a":9007199254740992}',
};

for (const [what, source] of Object.entries(ODD)) {
  test(`no strict object: ${what}`, () => assert.throws(() => parseStrictObject(source)));
}

test("what is strict is read as it stands", () => {
  assert.deepEqual(parseStrictObject('{"a":[{"b":1},{"b":2}],"c":{"a":-1.5}}'), {
    a: [{ b: 1 }, { b: 2 }],
    c: { a: -1.5 },
  });
  assert.doesNotThrow(() => parseStrictObject(deep(32)));
});
