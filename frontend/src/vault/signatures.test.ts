// Our strict verifier against another's (@noble/curves), over good signatures and altered ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { type Bytes, concat, fromHex, random } from "./bytes.ts";
import { verify } from "./signatures.ts";

const strictly = (key: Uint8Array, message: Uint8Array, sig: Uint8Array): boolean => {
  try {
    return ed25519.verify(sig, message, key, { zip215: false });
  } catch {
    return false;
  }
};

const turned = (bytes: Uint8Array, bit: number): Bytes =>
  Uint8Array.from(bytes, (byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

test("good signatures are accepted", async () => {
  for (let i = 0; i < 50; i++) {
    const [seed, message] = [random(32), random(i)];
    assert.ok(await verify(ed25519.getPublicKey(seed), message, ed25519.sign(message, seed)));
  }
});

test("with any bit of signature, key or message turned, both verifiers agree", async () => {
  const [seed, message] = [random(32), random(40)];
  const [key, sig] = [ed25519.getPublicKey(seed), ed25519.sign(message, seed)];
  for (let bit = 0; bit < 512; bit += 3) {
    const other = turned(sig, bit);
    assert.equal(await verify(key, message, other), strictly(key, message, other), `signature bit ${bit}`);
  }
  for (let bit = 0; bit < 256; bit += 5) {
    assert.equal(await verify(turned(key, bit), message, sig), false, `key bit ${bit}`);
    assert.equal(await verify(key, turned(message, bit), sig), false, `message bit ${bit}`);
  }
});

test("points of small order are refused as key and as R", async () => {
  const message = random(8);
  for (const point of ED25519_TORSION_SUBGROUP.map(fromHex)) {
    for (const other of ED25519_TORSION_SUBGROUP.map(fromHex)) {
      assert.equal(await verify(point, message, concat(other, new Uint8Array(32))), false);
    }
  }
});

test("lengths other than 32 and 64 are refused", async () => {
  const [seed, message] = [random(32), random(4)];
  const [key, sig] = [ed25519.getPublicKey(seed), ed25519.sign(message, seed)];
  for (const length of [0, 31, 33]) assert.equal(await verify(random(length), message, sig), false);
  for (const length of [0, 63]) assert.equal(await verify(key, message, sig.slice(0, length)), false);
  assert.equal(await verify(key, message, concat(sig, new Uint8Array(1))), false);
});

const littleEndian = (value: bigint): Bytes =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
const [P, L] = [2n ** 255n - 19n, ed25519.Point.Fn.ORDER];

test("what a platform would let pass is refused by its encoding alone", async (t) => {
  const [seed, message] = [random(32), random(8)];
  const [key, sig] = [ed25519.getPublicKey(seed), ed25519.sign(message, seed)];
  const [r, s, small] = [sig.slice(0, 32), sig.slice(32), fromHex(ED25519_TORSION_SUBGROUP[1] as string)];
  t.mock.method(crypto.subtle, "verify", async () => true);
  t.mock.method(crypto.subtle, "importKey", async () => ({}));
  const odd: Record<string, [Uint8Array, Uint8Array]> = {
    "a signature cut short": [key, sig.slice(0, 63)],
    "a signature with something behind it": [key, concat(sig, new Uint8Array(1))],
    "a key cut short": [key.slice(0, 31), sig],
    "a key of small order": [small, sig],
    "a key that is not canonical": [littleEndian(P + 3n), sig],
    "R of small order": [key, concat(small, s)],
    "R not canonical": [key, concat(littleEndian(P + 3n), s)],
    "S not reduced": [key, concat(r, littleEndian(L))],
  };
  assert.ok(await verify(key, message, sig));
  for (const [what, [one, other]] of Object.entries(odd)) assert.equal(await verify(one, message, other), false, what);
});
