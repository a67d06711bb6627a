// A server whose history hangs together, and is still not the one that was seen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, hex, random } from "./bytes.ts";
import type { Link } from "./chain.ts";
import { linkHash } from "./entry.ts";
import { letter, opened, pair, reloaded } from "./people.cast.ts";
import { Refusal } from "./refusal.ts";

const isForked = (error: unknown) => error instanceof Refusal && error.reason === "forked";

/** A link that hangs rightly on the one before. */
function linkAfter(before: Link, entry: string): Link {
  const [headerHash, ctHash, sig] = [random(32), random(32), random(64)];
  const hash = hex(linkHash({ prev: before.hash, headerHash, ctHash, sig }));
  return { seq: before.seq + 1, entry, header_hash: hex(headerHash), ct_hash: hex(ctHash), sig: b64u(sig), hash };
}

async function written(...words: string[]) {
  const both = await pair();
  for (const one of words) await both.mine.open.writer.write(letter(both.mine, one));
  await both.theirs.open.ledger.sync(both.place.id);
  return both;
}

test("an entry that was there before and comes once more raises the alarm", async () => {
  const { server, theirs, place } = await written("one", "two");
  const rows = server.rows(place.id);
  const [first, last] = [rows[0], rows.at(-1)];
  assert.ok(first && last);
  server.chains.set(place.id, [...rows, { ...first, link: linkAfter(last.link, first.link.entry) }]);
  await assert.rejects(theirs.open.ledger.sync(place.id), isForked);
});

test("a new device is not told another history that is as long or longer", async () => {
  const { server, amara, ben, mine, theirs, place } = await written("one", "two");
  const head = await theirs.open.ledger.head(place.id);
  await theirs.open.keyring.change((keyring) => {
    keyring.heads[place.id] = head;
  });
  server.chains.set(place.id, []);
  await mine.vault.store.clear("links"); // Amara is the server's accomplice: her browser forgets what it saw
  const accomplice = await reloaded(amara, mine.vault, place);
  await accomplice.open.keyring.change((keyring) => {
    keyring.heads = {};
  });
  for (const words of ["another", "and another", "and more"])
    await accomplice.open.writer.write(letter(accomplice, words));
  const elsewhere = opened(await ben.unlockedDevice(place));
  await assert.rejects(elsewhere.open.ledger.sync(place.id), isForked);
});
