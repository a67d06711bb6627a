// All vectors of the community's age test suite (c2sp.org/CCTV/age) against the library, and against it as it is bundled.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inflateSync } from "node:zlib";
import * as age from "age-encryption";
import * as vectors from "cctv-age";
import { build } from "esbuild";
import { unused } from "../../unused-parts.mjs";

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

type Library = Pick<typeof import("age-encryption"), "armor" | "Decrypter">;

async function open(vector: Vector, { armor, Decrypter }: Library): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  for (const identity of vector.identities) decrypter.addIdentity(identity);
  for (const passphrase of vector.passphrases) decrypter.addPassphrase(passphrase);
  const file = vector.armored ? armor.decode(new TextDecoder().decode(vector.file)) : vector.file;
  return decrypter.decrypt(file);
}

/** The library as the pages get it: without the parts that the build leaves out. */
async function bundled(): Promise<Library> {
  const folder = await mkdtemp(join(tmpdir(), "tilth-age-"));
  const outfile = join(folder, "age.mjs");
  const resolveDir = fileURLToPath(new URL("../..", import.meta.url));
  const stdin = { contents: 'export * from "age-encryption"', resolveDir };
  await build({ stdin, bundle: true, format: "esm", minify: true, outfile, alias: unused });
  return import(pathToFileURL(outfile).href);
}

async function isAsExpected(vector: Vector, name: string, library: Library): Promise<void> {
  if (vector.expect !== "success")
    return assert.rejects(() => open(vector, library), Error, `${name}: ${vector.expect}`);
  const opened = await open(vector, library);
  assert.equal(createHash("sha256").update(opened).digest("hex"), vector.payload, name);
}

const files = Object.entries(vectors as unknown as Record<string, Uint8Array>);

test("143 of 143 vectors through the library", async () => {
  let passed = 0;
  for (const [name, file] of files) {
    await isAsExpected(readVector(file), name, age);
    passed++;
  }
  assert.equal(passed, 143);
});

test("the same through the library as bundled, but for post-quantum files, which it does not open at all", async () => {
  const library = await bundled();
  for (const [name, file] of files) {
    const vector = readVector(file);
    const isHybrid = vector.identities.some((identity) => identity.startsWith("AGE-SECRET-KEY-PQ-"));
    if (isHybrid) await assert.rejects(() => open(vector, library), Error, name);
    else await isAsExpected(vector, name, library);
  }
});
