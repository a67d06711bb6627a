// New keys announce themselves, against a server in memory: once, silently, and never from the outbox.
import assert from "node:assert/strict";
import { test } from "node:test";
import { announceKeys } from "./announcing.ts";
import { fromB64u } from "./bytes.ts";
import { readHeader } from "./header.ts";
import { letter, opened, pair, reloaded } from "./people.cast.ts";

/** A page of one whose keys are new, as it says itself: not announced yet. */
async function renewed() {
  const { server, amara, ben, place: before, ...first } = await pair();
  const previous = amara.card;
  const { store } = await amara.withNewKeys();
  const place = { ...amara.placed(before.id, [amara, ben]), unannounced: true };
  const mine = opened(await amara.page(store, place));
  const theirs = await reloaded(ben, first.theirs.vault, place);
  const headers = () => server.rows(place.id).map(({ header }) => readHeader(fromB64u(header)));
  return { server, amara, place, previous, mine, theirs, headers };
}

test("the first page after new keys announces them, with nothing sealed", async () => {
  const { amara, previous, mine, headers } = await renewed();
  await announceKeys(mine.open, mine.vault.context);
  const [header] = headers();
  assert.deepEqual([header?.kind, header?.author, header?.data], ["membership.rekeyed", amara.card, { previous }]);
  assert.equal(header?.commit, null);
});

test("a page that says they are announced, and first keys, announce nothing", async () => {
  const { server, place, mine, theirs } = await renewed();
  await announceKeys(mine.open, { ...mine.vault.context, partnership: { ...place, unannounced: false } });
  await announceKeys(theirs.open, { ...theirs.vault.context, partnership: { ...place, unannounced: true } });
  assert.equal(server.rows(place.id).length, 0);
});

test("two tabs at once announce once, and so does one whose answer was lost", async () => {
  const { server, amara, place, mine, headers } = await renewed();
  const other = await reloaded(amara, mine.vault, place);
  server.deaf = 1;
  await Promise.all([mine, other].map((tab) => announceKeys(tab.open, tab.vault.context)));
  await announceKeys(mine.open, mine.vault.context);
  assert.equal(headers().length, 1);
});

test("where the other was faster it is tried again at once", async () => {
  const { server, mine, theirs, headers } = await renewed();
  server.beforeEntry = async () => {
    await theirs.open.writer.writeNow(letter(theirs, null));
  };
  await announceKeys(mine.open, mine.vault.context);
  assert.deepEqual(
    headers().map(({ kind }) => kind),
    ["messages.sent", "membership.rekeyed"],
  );
});

test("without a line nothing waits and nothing is said; the next page announces them", async () => {
  const { server, amara, place, mine, headers } = await renewed();
  server.down = true;
  await announceKeys(mine.open, mine.vault.context);
  assert.equal(await mine.open.outbox.count(), 0);
  server.down = false;
  const later = await reloaded(amara, mine.vault, place);
  await announceKeys(later.open, later.vault.context);
  assert.equal(headers().length, 1);
});
