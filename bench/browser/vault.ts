// Measured inside a page of Tilth: the library alone, and sealing with signing. Bundled by bench/vault.py.
import { openWith } from "../../frontend/src/vault/age.ts";
import { makeCard, readCard } from "../../frontend/src/vault/card.ts";
import { sealEntry } from "../../frontend/src/vault/entry.ts";
import { uuid7 } from "../../frontend/src/vault/ids.ts";
import { keysOf, newRoot } from "../../frontend/src/vault/keys.ts";

async function scene() {
  const [keys, instance] = [await keysOf(newRoot()), crypto.randomUUID()];
  const signed = await makeCard(keys, { instance, person: crypto.randomUUID(), previous: null });
  const author = await readCard(signed);
  const seal = (words: string) =>
    sealEntry(
      {
        instance,
        partnership: uuid7(),
        entry: uuid7(),
        kind: "messages.written",
        subject: null,
        data: {},
        sealed: { body: words },
      },
      { author, keys, readers: [author, author], prev: null },
    );
  return { keys, seal };
}

/** Milliseconds the library takes to decrypt `count` entries of such a size, all asked at once as a page does. */
async function decrypting(count: number, words: string): Promise<number> {
  const { keys, seal } = await scene();
  const files = await Promise.all(Array.from({ length: count }, async () => (await seal(words)).ct as Uint8Array));
  const start = performance.now();
  await Promise.all(files.map((file) => openWith(keys.seal, file)));
  return performance.now() - start;
}

/** Milliseconds for each of `count` times sealing and signing one text. */
async function sealing(count: number, words: string): Promise<number[]> {
  const { seal } = await scene();
  const took: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await seal(words);
    took.push(performance.now() - start);
  }
  return took;
}

Object.assign(globalThis, { bench: { decrypting, sealing } });
