// A page of several partnerships, as today is: something of each, each by its own people and its own history.
import assert from "node:assert/strict";
import { test } from "node:test";
import { uuid7 } from "./ids.ts";
import { asked, letter, opened, pair } from "./people.cast.ts";
import { Refusal } from "./refusal.ts";

/** Amara wrote "here" in one partnership and "away" in another; Ben's page shows both. */
async function two() {
  const { server, amara, ben, mine, theirs, place } = await pair();
  const other = amara.placed(uuid7(), [amara, ben]);
  const there = opened(await amara.page(mine.vault.store, other));
  const here = (await mine.open.writer.write(letter(mine, "here"))).entry;
  const away = (await there.open.writer.write(letter(there, "away"))).entry;
  const { open } = opened(await ben.page(theirs.vault.store, null, [place, other]));
  const words = async (partnership: string, entry: string) => {
    const found = await open.readerOf(partnership).open(asked(entry, amara.card));
    return found.state === "open" && found.fields.words;
  };
  return { server, open, words, place, other, here, away };
}

test("something of each is opened", async () => {
  const { words, place, other, here, away } = await two();
  assert.deepEqual([await words(place.id, here), await words(other.id, away)], ["here", "away"]);
});

test("what one of them holds is not taken for another's", async () => {
  const { server, words, place, other, away } = await two();
  server.chains.set(place.id, server.rows(other.id));
  const isRefused = (error: unknown) => error instanceof Refusal && error.reason === "other_partnership";
  await assert.rejects(words(place.id, away), isRefused);
});

test("of a partnership that the page does not name nothing is opened", async () => {
  const { open } = await two();
  assert.throws(() => open.readerOf(uuid7()), /does not name/);
});
