// Wraps that hold something else than a root, and age files that are no wraps: neither opens.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bech32 } from "@scure/base";
import { isRecipient, openWithPhrase, recipientOf, sealTo, sealToPhrase } from "./age.ts";
import { hkdf256, random, utf8 } from "./bytes.ts";
import { keysOf, newRoot, x25519Key } from "./keys.ts";
import { Refusal } from "./refusal.ts";
import { unwrapByPasskey, unwrapByPhrase } from "./wrap.ts";

const isNoWrap = (error: unknown) => error instanceof Refusal && error.reason === "wrap";

test("a wrap that holds another length than a root’s is refused", async () => {
  const [short, prf] = [random(31), random(32)];
  await assert.rejects(unwrapByPhrase(await sealToPhrase("walnut", short), "walnut"), isNoWrap);
  const recipient = await recipientOf(await x25519Key(await hkdf256(prf, "tilth/v1/wrap")));
  await assert.rejects(unwrapByPasskey(await sealTo([recipient], short), prf), isNoWrap);
});

const ageOf = (...stanzas: string[]) =>
  utf8(`age-encryption.org/v1\n${stanzas.map((one) => `-> ${one}\nAAAA\n`).join("")}--- AAAA\n`);
const SALT = "AAAAAAAAAAAAAAAAAAAAAA";

for (const [what, file] of Object.entries({
  "that asks for minutes of work": ageOf(`scrypt ${SALT} 22`),
  "with two stanzas": ageOf(`scrypt ${SALT} 15`, `scrypt ${SALT} 15`),
  "sealed to keys": ageOf("X25519 AAAA"),
})) {
  test(`an age file ${what} is not tried with the phrase`, () =>
    assert.rejects(openWithPhrase("walnut", file), /not sealed to a key phrase/));
}

test("what is spelt like a recipient, and is none, is refused", async () => {
  const { sealRecipient } = await keysOf(newRoot());
  const words = bech32.toWords(random(32));
  assert.ok(isRecipient(sealRecipient));
  assert.ok(!isRecipient(bech32.encode("age1x", words, 200)), "another prefix");
  assert.ok(!isRecipient(bech32.encode("age", bech32.toWords(random(31)), 200)), "another length");
});
