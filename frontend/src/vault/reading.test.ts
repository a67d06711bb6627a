// Reading against a server in memory: once, offline, held back, erased; and a server that lies.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromB64u } from "./bytes.ts";
import type { Received } from "./checks.ts";
import { readHeader } from "./header.ts";
import { LineDown } from "./line.ts";
import { asked, letter, opened, pair, reloaded } from "./people.cast.ts";
import { Refusal } from "./refusal.ts";
import type { Server } from "./server.cast.ts";
import type { Open } from "./vault.ts";

const refusedFor = (reason: string) => (error: unknown) => error instanceof Refusal && error.reason === reason;
const fetches = (server: Server): number => server.asked.filter((one) => one.endsWith("/sealed")).length;

/** Amara wrote `words`; Ben's page is open. */
async function written(...words: string[]) {
  const both = await pair();
  const entries: string[] = [];
  for (const one of words) entries.push((await both.mine.open.writer.write(letter(both.mine, one))).entry);
  return { ...both, entries, entry: entries[0] as string };
}

test("what one writes the other opens", async () => {
  const { amara, theirs, entry } = await written("Hello");
  const found = await theirs.open.reader.open(asked(entry, amara.card));
  const { header } = await theirs.open.reader.received(entry);
  assert.deepEqual(found, { state: "open", fields: { words: "Hello" }, header });
});

test("a page's entries are fetched in one request, and never again on this device", async () => {
  const { server, amara, ben, theirs, place, entries } = await written("one", "two", "three", "four", "five");
  const open = (vault: typeof theirs) =>
    Promise.all(entries.map((entry) => vault.open.reader.open(asked(entry, amara.card))));
  await open(theirs);
  await theirs.open.reader.kept;
  assert.equal(fetches(server), 1);
  await open(await reloaded(ben, theirs.vault, place));
  assert.equal(fetches(server), 1);
});

test("a page of many entries looks into the device as often as a page of two", async (t) => {
  const looks = async (...words: string[]) => {
    const { amara, ben, theirs, place, entries } = await written(...words);
    const counted = t.mock.method(IDBDatabase.prototype, "transaction");
    const open = async (vault: typeof theirs) => {
      counted.mock.resetCalls();
      await Promise.all(entries.map((entry) => vault.open.reader.open(asked(entry, amara.card))));
      return counted.mock.calls.filter(({ arguments: [shelf, mode] }) => shelf !== "kept" && mode === "readonly")
        .length;
    };
    const [first] = [await open(theirs), await theirs.open.reader.kept];
    const again = await open(await reloaded(ben, theirs.vault, place));
    counted.mock.restore();
    return [first, again];
  };
  assert.deepEqual(await looks("1", "2", "3"), await looks("1", "2"));
});

test("what was opened once opens offline", async () => {
  const { server, amara, ben, theirs, place, entry } = await written("Hello");
  await theirs.open.reader.open(asked(entry, amara.card));
  await theirs.open.reader.kept;
  server.down = true;
  const again = await reloaded(ben, theirs.vault, place);
  assert.equal((await again.open.reader.open(asked(entry, amara.card))).state, "open");
});

test("what was never opened says that the line is down", async () => {
  const { server, amara, theirs, entry } = await written("Hello");
  await theirs.open.circle.standing();
  server.down = true;
  await assert.rejects(theirs.open.reader.open(asked(entry, amara.card)), LineDown);
});

test("the device holds nothing readable", async () => {
  const { amara, theirs, entry } = await written("CANARY in the store");
  await theirs.open.reader.open(asked(entry, amara.card));
  await theirs.open.reader.kept;
  const rows = await Promise.all(
    (["kept", "entries", "links", "drafts", "outbox"] as const).map((s) => theirs.vault.store.all(s)),
  );
  assert.ok(
    !JSON.stringify(rows, (_, v) => (v instanceof Uint8Array ? new TextDecoder().decode(v) : v)).includes("CANARY"),
  );
});

test("held back until both are in, then open", async () => {
  const { server, amara, theirs, place, entry } = await written("Hello");
  const row = server.rows(place.id)[0] as { state: string };
  row.state = "held back";
  assert.deepEqual(await theirs.open.reader.open(asked(entry, amara.card)), { state: "held" });
  row.state = "here";
  assert.equal((await theirs.open.reader.open(asked(entry, amara.card))).state, "open");
});

test("erased: it is gone, and the copy here with it", async () => {
  const { server, amara, ben, theirs, place, entry } = await written("Hello");
  await theirs.open.reader.open(asked(entry, amara.card));
  await theirs.open.reader.kept;
  (server.rows(place.id)[0] as { state: string }).state = "erased";
  await theirs.open.reader.drop(entry);
  const again = await reloaded(ben, theirs.vault, place);
  assert.deepEqual(await again.open.reader.open(asked(entry, amara.card)), { state: "gone" });
});

test("a server that answers with another entry shows nothing", async () => {
  const { server, amara, theirs, place, entries } = await written("yes", "no");
  const [yes, no] = server.rows(place.id);
  assert.ok(yes && no);
  [yes.header, yes.ct, yes.sig] = [no.header, no.ct, no.sig];
  await assert.rejects(theirs.open.reader.open(asked(entries[0] as string, amara.card)), Refusal);
});

test("what could not be verified is not kept, and opens when the server mends its ways", async () => {
  const { server, amara, theirs, place, entry } = await written("Hello");
  const row = server.rows(place.id)[0];
  assert.ok(row);
  const honest = row.sig;
  row.sig = `${honest.slice(0, -8)}AAAAAAAA`.slice(0, honest.length - 1) + honest.slice(-1);
  await assert.rejects(theirs.open.reader.open(asked(entry, amara.card)), Refusal);
  row.sig = honest;
  assert.equal((await theirs.open.reader.open(asked(entry, amara.card))).state, "open");
});

test("a ledger that went back raises the alarm and takes no writing", async () => {
  const { server, theirs, place } = await written("one", "two", "three");
  await theirs.open.ledger.sync(place.id);
  server.chains.set(place.id, server.rows(place.id).slice(0, 2));
  await assert.rejects(theirs.open.ledger.sync(place.id), refusedFor("rolled_back"));
  assert.equal(theirs.open.alarm, "rolled_back");
  await assert.rejects(theirs.open.writer.write(letter(theirs, "on top of it")), refusedFor("rolled_back"));
});

test("a ledger that tells another history raises the alarm", async () => {
  const { server, amara, mine, theirs, place } = await written("one", "two");
  await theirs.open.ledger.sync(place.id);
  server.chains.set(place.id, server.rows(place.id).slice(0, 1));
  await mine.vault.store.clear("links"); // Amara is the server's accomplice: her browser forgets what it saw
  const accomplice = await reloaded(amara, mine.vault, place);
  await accomplice.open.keyring.change((keyring) => {
    keyring.heads = {};
  });
  for (const words of ["another two", "another three"]) await accomplice.open.writer.write(letter(accomplice, words));
  await assert.rejects(theirs.open.ledger.sync(place.id), refusedFor("forked"));
  assert.equal(theirs.open.alarm, "forked");
});

test("a new device notices a rollback by the keyring", async () => {
  const { server, ben, theirs, place } = await written("one", "two", "three");
  await theirs.open.ledger.sync(place.id);
  const head = await theirs.open.ledger.head(place.id);
  await theirs.open.keyring.change((keyring) => {
    keyring.heads[place.id] = head;
  });
  server.chains.set(place.id, server.rows(place.id).slice(0, 1));
  const unlocked = opened(await ben.unlockedDevice(place));
  await assert.rejects(unlocked.open.ledger.sync(place.id), refusedFor("rolled_back"));
});

/** A backup is put back that has only the first entry of each chain, and both devices have seen more. */
async function backupPutBack({ server, mine, theirs, place }: Awaited<ReturnType<typeof written>>): Promise<void> {
  for (const { open } of [mine, theirs]) await open.ledger.sync(place.id);
  server.chains.set(place.id, server.rows(place.id).slice(0, 1));
  await assert.rejects(theirs.open.ledger.sync(place.id), refusedFor("rolled_back"));
}

async function goOn({ open }: { open: Open }): Promise<void> {
  const found = await open.loss();
  assert.ok(found);
  await open.goOn(found);
}

const entriesOf = (server: Server, place: { id: string }): string[] =>
  server.rows(place.id).map(({ link }) => link.entry);

test("after a restored backup one can go on, and one's own words are written again under their ids", async () => {
  const both = await written("one");
  const { server, mine, theirs, place, entry } = both;
  const own = await theirs.open.writer.write(letter(theirs, "Ben's own"));
  const lost = await mine.open.writer.write(letter(mine, "not held by Ben"));
  await backupPutBack(both);

  const found = await theirs.open.loss();
  assert.deepEqual(found?.loss.missing, [own.entry, lost.entry]);
  assert.deepEqual([found?.loss.count, found?.mine.length], [2, 1]);
  await goOn(theirs);

  assert.deepEqual(entriesOf(server, place), [entry, own.entry]);
  assert.equal(theirs.open.alarm, null);
  assert.equal((await theirs.open.ledger.sync(place.id)).seq, 2);
});

test("what had no words is written again too, and what went out late, all in its old order", async (t) => {
  const both = await written("one");
  const { server, theirs, place, entry } = both;
  const [withdrawal, late, text] = [
    letter(theirs, null, { withdrawn: true }),
    letter(theirs, "sent from the outbox"),
    letter(theirs, "to be withdrawn"),
  ];
  withdrawal.draft.subject = text.draft.entry;
  await theirs.open.writer.write(text);
  server.down = true;
  await assert.rejects(theirs.open.writer.write(late), LineDown);
  server.down = false;
  await theirs.open.empty();
  await theirs.open.writer.write(withdrawal);
  const before = entriesOf(server, place);
  await backupPutBack(both);

  t.mock.method(Date, "now", () => 1_800_000_000_000); // all within a millisecond
  await goOn(theirs);
  assert.deepEqual(entriesOf(server, place), before);
  assert.deepEqual(before, [entry, text.draft.entry, late.draft.entry, withdrawal.draft.entry]);
  const [row] = server.rows(place.id).slice(-1);
  assert.ok(row);
  const { subject, data, commit } = readHeader(fromB64u(row.header));
  assert.deepEqual([subject, data, commit, row.ct], [text.draft.entry, { withdrawn: true }, null, null]);
});

test("what was written again opens for its author and for the other, who had opened it before", async () => {
  const both = await written("one");
  const { amara, ben, mine, theirs, place } = both;
  const own = await theirs.open.writer.write(letter(theirs, "Ben's own"));
  const ask = asked(own.entry, ben.card);
  for (const { open } of [mine, theirs]) await open.reader.open(ask);
  await mine.open.reader.kept;
  await backupPutBack(both);

  await goOn(mine);
  assert.ok(await mine.vault.store.get("entries", `${place.id}/${own.entry}`), "her copy may be the last there is");
  await goOn(theirs);
  for (const page of [mine, theirs, await reloaded(amara, mine.vault, place), await reloaded(ben, theirs.vault, place)])
    assert.equal((await page.open.reader.open(ask)).state, "open");
});

test("a copy here that is damaged gives way to the server's, and one of one's own that does not open is left as it is", async () => {
  const both = await written("one");
  const { server, ben, theirs, place } = both;
  const own = await theirs.open.writer.write(letter(theirs, "Ben's own"));
  const kept = `${place.id}/${own.entry}`;
  const damaged = async () => {
    await theirs.vault.store.alter<Received>("entries", kept, (one) => ({ ...one, sig: new Uint8Array(64) }));
    return reloaded(ben, theirs.vault, place);
  };
  const { open } = await damaged();
  assert.equal((await open.reader.open(asked(own.entry, ben.card))).state, "open");
  await open.reader.kept; // or it mends the copy that is damaged once more

  await backupPutBack(both);
  const again = await damaged();
  await assert.rejects(again.open.ledger.sync(place.id), refusedFor("rolled_back"));
  const found = await again.open.loss();
  assert.deepEqual([found?.loss.missing, found?.mine], [[own.entry], []]);
  await goOn(again);
  assert.deepEqual(server.rows(place.id).length, 1);
  assert.ok(await again.vault.store.get("entries", kept));
});

test("whoever comes second goes on from the last link that both have, however much was written since", async () => {
  const both = await written("one");
  const { server, mine, theirs, place, entry } = both;
  const own = await theirs.open.writer.write(letter(theirs, "Ben's own"));
  const hers = await mine.open.writer.write(letter(mine, "Amara's own"));
  await backupPutBack(both);
  await assert.rejects(mine.open.ledger.sync(place.id), refusedFor("rolled_back"));
  await goOn(mine);
  const since = [
    await mine.open.writer.write(letter(mine, "since")),
    await mine.open.writer.write(letter(mine, "more")),
  ];
  await assert.rejects(theirs.open.ledger.sync(place.id), refusedFor("forked"));

  const found = await theirs.open.loss();
  assert.deepEqual([found?.loss.left, found?.loss.missing], [[own.entry, hers.entry], [own.entry]]);
  assert.equal(found?.loss.count, 1);
  await goOn(theirs);

  assert.deepEqual(entriesOf(server, place), [entry, hers.entry, ...since.map((one) => one.entry), own.entry]);
  assert.equal(theirs.open.alarm, null);
  for (const { open } of [mine, theirs]) assert.equal((await open.ledger.sync(place.id)).seq, 5);
});

test("another history that does not hang together is no restored backup", async () => {
  const { server, theirs, place } = await written("one", "two", "three");
  await theirs.open.ledger.sync(place.id);
  const [first, second] = server.rows(place.id);
  assert.ok(first && second);
  second.link = { ...second.link, hash: "ab".repeat(32) };
  server.chains.set(place.id, [first, second]);
  await assert.rejects(theirs.open.ledger.sync(place.id), Refusal);
  assert.equal(await theirs.open.loss(), null);
});
