// Writing against a server in memory: the newest head, lost lines and lost answers, refusals, the outbox and drafts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TooLarge } from "./entry.ts";
import { LineDown, Refused } from "./line.ts";
import { letter, pair, reloaded } from "./people.cast.ts";
import { Refusal } from "./refusal.ts";

const wordsOf = async (open: { outbox: { all: () => Promise<{ letter: { draft: { sealed: unknown } } }[]> } }) =>
  (await open.outbox.all()).map((one) => one.letter.draft.sealed);

test("two who write at the same moment both end up in", async () => {
  const { server, place, mine, theirs } = await pair();
  server.beforeEntry = async () => {
    await theirs.open.writer.write(letter(theirs, "first after all"));
  };
  const sent = await mine.open.writer.write(letter(mine, "second"));
  assert.equal(sent.seq, 2);
  assert.equal(server.rows(place.id).length, 2);
});

test("offline, the words stay in the outbox and go out when the line is back", async () => {
  const { server, amara, place, mine } = await pair();
  await mine.open.circle.standing();
  server.down = true;
  await assert.rejects(mine.open.writer.write(letter(mine, "kept")), LineDown);
  const later = await reloaded(amara, mine.vault, place);
  assert.deepEqual(await wordsOf(later.open), [{ words: "kept" }]);
  server.down = false;
  await later.open.empty();
  assert.equal(server.rows(place.id).length, 1);
  assert.deepEqual(await wordsOf(later.open), []);
});

test("an answer that got lost does not write twice", async () => {
  const { server, place, mine } = await pair();
  server.deaf = 1;
  await assert.rejects(mine.open.writer.write(letter(mine, "once")), LineDown);
  assert.equal(server.rows(place.id).length, 1);
  await mine.open.empty();
  assert.equal(server.rows(place.id).length, 1);
  assert.deepEqual(await wordsOf(mine.open), []);
});

test("a lost answer, and the other wrote in the meantime: still once", async () => {
  const { server, place, mine, theirs } = await pair();
  server.deaf = 1;
  await assert.rejects(mine.open.writer.write(letter(mine, "once")), LineDown);
  await theirs.open.writer.write(letter(theirs, "in between"));
  await mine.open.empty();
  assert.equal(server.rows(place.id).length, 2);
});

/** When somebody has to wait for a Web Lock. */
async function someoneQueues(): Promise<void> {
  while (!(await navigator.locks.query()).pending?.length) await new Promise(setImmediate);
}

/** Another tab empties the outbox just when this one has put a letter there. */
async function withAnotherTab() {
  const both = await pair();
  const { amara, place, mine } = both;
  await mine.open.circle.standing();
  const other = await reloaded(amara, mine.vault, place);
  const tab = { emptied: Promise.resolve() };
  const put = mine.open.outbox.put.bind(mine.open.outbox);
  mine.open.outbox.put = async (written) => {
    const waiting = await put(written);
    tab.emptied = other.open.empty();
    await Promise.race([tab.emptied, someoneQueues()]);
    return waiting;
  };
  return { ...both, tab };
}

const posts = (asked: string[]): number => asked.filter((one) => one.endsWith("/entries")).length;

test("a letter that another tab finds in the outbox while it is being sent is sent once", async () => {
  const { server, mine, tab } = await withAnotherTab();
  const sent = await mine.open.writer.write(letter(mine, "once"));
  await tab.emptied;
  assert.deepEqual([sent.seq, posts(server.asked)], [1, 1]);
  assert.deepEqual(await wordsOf(mine.open), []);
});

test("where its answer gets lost meanwhile, the other tab finds that it has arrived", async () => {
  const { server, place, mine, tab } = await withAnotherTab();
  server.deaf = 1;
  await assert.rejects(mine.open.writer.write(letter(mine, "once")), LineDown);
  await tab.emptied;
  assert.equal(server.rows(place.id).length, 1);
  assert.deepEqual(await wordsOf(mine.open), []);
});

test("the first entry of a partnership, sent twice after a lost answer, is there once", async () => {
  const { server, place, mine } = await pair();
  server.deaf = 1;
  const founding = { ...letter(mine, null), footing: { on: "named", prev: null } as const, alone: true };
  await assert.rejects(mine.open.writer.write(founding), LineDown);
  await mine.open.empty();
  assert.equal(server.rows(place.id).length, 1);
});

test("a refusal is told, names its field, and leaves nothing behind", async () => {
  const { mine } = await pair();
  const refused = mine.open.writer.write(letter(mine, "no", { refuse: true }));
  await assert.rejects(refused, (error) => error instanceof Refused && error.field === "data.refuse");
  assert.deepEqual(await wordsOf(mine.open), []);
});

test("what is refused on its way from the outbox stays, with the reason, and the rest goes on", async () => {
  const { server, place, mine } = await pair();
  await mine.open.circle.standing();
  server.down = true;
  await assert.rejects(mine.open.writer.write(letter(mine, "refused later", { refuse: true })), LineDown);
  await assert.rejects(mine.open.writer.write(letter(mine, "fine")), LineDown);
  server.down = false;
  await mine.open.empty();
  const [left, ...others] = await mine.open.outbox.all();
  assert.equal(left?.problem?.code, "not_now");
  assert.deepEqual([others.length, server.rows(place.id).length], [0, 1]);
});

/** A letter that the server will refuse waits in the outbox; two tabs are open. */
async function withOneToBeRefused() {
  const both = await pair();
  const { server, amara, place, mine } = both;
  await mine.open.circle.standing();
  const unfit = letter(mine, "refused later", { refuse: true });
  server.down = true;
  await assert.rejects(mine.open.writer.write(unfit), LineDown);
  server.down = false;
  return { ...both, entry: unfit.draft.entry, other: await reloaded(amara, mine.vault, place) };
}

test("what one tab finds refused, another that waited for it does not send again", async () => {
  const { server, mine, other, entry } = await withOneToBeRefused();
  await Promise.all([mine, other].map(({ open }) => open.writer.deliver(entry)));
  assert.equal(posts(server.asked), 1);
  assert.equal((await mine.open.outbox.find(entry))?.problem?.code, "not_now");
});

test("a letter that one tab drops while another notes its problem is gone", async () => {
  const { mine, other, entry } = await withOneToBeRefused();
  const noted = mine.open.outbox.noteProblem(entry, { code: "not_now", sentence: "", field: null });
  await Promise.all([noted, other.open.outbox.drop(entry)]);
  assert.deepEqual(await wordsOf(mine.open), []);
});

test("a server that says it chained something else than was sent is not believed", async () => {
  const { server, mine } = await pair();
  const honest = server.answer.bind(server);
  server.answer = async (person, request, body) => {
    const [status, answer] = await honest(person, request, body);
    return [status, request.endsWith("/entries") ? { ...(answer as object), hash: "ab".repeat(32) } : answer];
  };
  await assert.rejects(
    mine.open.writer.write(letter(mine, "as it stands")),
    (error) => error instanceof Refusal && error.reason === "forked",
  );
});

test("many at once from two devices keep one order", async () => {
  const { server, place, mine, theirs } = await pair();
  const both = [mine, theirs].flatMap((one) => [1, 2, 3].map((n) => one.open.writer.write(letter(one, `${n}`))));
  const seqs = (await Promise.all(both)).map(({ seq }) => seq);
  assert.deepEqual(
    seqs.toSorted((a, b) => a - b),
    [1, 2, 3, 4, 5, 6],
  );
  assert.equal(server.rows(place.id).length, 6);
});

test("a private entry is sealed to its author alone", async () => {
  const { server, place, mine, amara } = await pair();
  await mine.open.writer.write({ ...letter(mine, "for me"), alone: true });
  const header = JSON.parse(Buffer.from(server.rows(place.id)[0]?.header ?? "", "base64url").toString());
  assert.deepEqual(header.to, [amara.card]);
});

test("a draft comes back after a reload, and only with the keys", async () => {
  const { amara, place, mine } = await pair();
  await mine.open.drafts.keep("new", { "sealed.words": ["half a thou"] });
  const later = await reloaded(amara, mine.vault, place);
  assert.deepEqual(await later.open.drafts.find("new"), { "sealed.words": ["half a thou"] });
  const stored = JSON.stringify(await mine.vault.store.all("drafts"), (_, v) =>
    v instanceof Uint8Array ? Buffer.from(v).toString() : v,
  );
  assert.ok(!stored.includes("thou"));
});

test("that an entry of that id is in the chain does not mean that one’s words are", async () => {
  const { server, place, mine, theirs } = await pair();
  const [lost, other] = [letter(mine, "mine"), letter(theirs, "in its place")];
  other.draft.entry = lost.draft.entry;
  server.deaf = 1;
  await assert.rejects(mine.open.writer.write(lost), LineDown);
  server.chains.set(place.id, []);
  await theirs.open.writer.write(other);
  await mine.open.empty();
  assert.equal((await mine.open.outbox.find(lost.draft.entry))?.problem?.code, "entry_id_used");
});

test("what is too large to be sent is not sealed at all", async () => {
  const { server, place, mine } = await pair();
  await assert.rejects(mine.open.writer.write(letter(mine, "x".repeat(300_000))), TooLarge);
  await assert.rejects(mine.open.writer.write(letter(mine, "x", { long: "x".repeat(9000) })), TooLarge);
  assert.deepEqual(server.rows(place.id), []);
});
