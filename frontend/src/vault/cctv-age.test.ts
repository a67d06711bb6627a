// All vectors of the community's age test suite (c2sp.org/CCTV/age) against the library as it is bundled here.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { armor, Decrypter } from "age-encryption";
import * as vectors from "cctv-age";

type Vector = {
  expect: string;
  identities: string[];
  passphrases: string[];
  payload: string | null;
  armored: boolean;
  file: Uint8Array;
};

function readVector(bytes: Uint8Array): Vector {
  const end = bytes.findIndex((byte, i) => byte === 0x0a && bytes[i + 1] === 0x0a);
  const lines = new TextDecoder().decode(bytes.subarray(0, end)).split("\n");
  const all = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  const rest = bytes.subarray(end + 2);
  return {
    expect: all("expect")[0] ?? "",
    identities: all("identity"),
    passphrases: all("passphrase"),
    payload: all("payload")[0] ?? null,
    armored: all("armored").length > 0,
    file: all("compressed")[0] === "zlib" ? inflateSync(rest) : rest,
  };
}

async function open(vector: Vector): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  for (const identity of vector.identities) decrypter.addIdentity(identity);
  for (const passphrase of vector.passphrases) decrypter.addPassphrase(passphrase);
  const file = vector.armored ? armor.decode(new TextDecoder().decode(vector.file)) : vector.file;
  return decrypter.decrypt(file);
}

const files = Object.entries(vectors as unknown as Record<string, Uint8Array>);

test("143 of 143 vectors", async () => {
  let passed = 0;
  for (const [name, file] of files) {
    const vector = readVector(file);
    if (vector.expect === "success") {
      const opened = await open(vector);
      assert.equal(createHash("sha256").update(opened).digest("hex"), vector.payload, name);
    } else {
      await assert.rejects(() => open(vector), Error, `${name}: ${vector.expect}`);
    }
    passed++;
  }
  assert.equal(passed, 143);
});
