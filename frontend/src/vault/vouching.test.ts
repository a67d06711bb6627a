// Whose keys the invitation's secret verifies: theirs who prove that they held it, and nobody's whom a server would have it be.
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, random } from "./bytes.ts";
import { knownCard } from "./card.ts";
import { readHeader } from "./header.ts";
import { uuid7 } from "./ids.ts";
import { joinProof, newSecret } from "./invitation.ts";
import { compare, letter, pair } from "./people.cast.ts";
import { type Claim, JOINING_CHECKS, vouch, vouches } from "./vouching.ts";

type Change = { kind?: string; data?: (honest: Record<string, unknown>) => Record<string, unknown> };

/** Ben has joined with the secret that Amara keeps; `change` is what he, or a server, makes of his entry. */
async function joinedBySecret(change: Change = {}) {
  const both = await pair();
  const { place, ben, mine, theirs } = both;
  const [secret, invitation] = [newSecret(), uuid7()];
  await mine.open.circle.standing();
  await mine.open.keyring.change((keyring) => {
    keyring.secrets[invitation] = b64u(secret);
  });
  const data = { invitation, proof: b64u(joinProof(secret, place.id, ben.card ?? "")) };
  const joining = letter(theirs, null, change.data?.(data) ?? data);
  joining.draft.kind = change.kind ?? "membership.joined";
  const sent = await theirs.open.writer.write(joining);
  return { ...both, secret: b64u(secret), at: { joined: sent.entry, invitation } };
}

test("who joined with the invitation's secret is verified, and the secret is let go", async () => {
  const { mine, at } = await joinedBySecret();
  await vouch(mine.open, at);
  assert.equal((await mine.open.circle.standing()).trust, "verified");
  assert.deepEqual((await mine.open.keyring.read()).secrets, {});
});

test("codes that differ are not overruled by the invitation's secret", async () => {
  const { mine, ben, at } = await joinedBySecret();
  await vouch(mine.open, at);
  await compare(mine.open, ben, false);
  await vouch(mine.open, at);
  assert.equal((await mine.open.circle.standing()).trust, "unverified");
});

const LIES: Record<string, Change> = {
  "with the proof of another secret": { data: (honest) => ({ ...honest, proof: b64u(random(32)) }) },
  "without a proof": { data: (honest) => ({ ...honest, proof: null }) },
  "by another invitation": { data: (honest) => ({ ...honest, invitation: uuid7() }) },
  "by what is no joining": { kind: "messages.sent" },
};

for (const [what, change] of Object.entries(LIES)) {
  test(`who joined ${what} is not verified, and the secret is let go`, async () => {
    const { mine, at } = await joinedBySecret(change);
    await vouch(mine.open, at);
    assert.equal((await mine.open.circle.standing()).trust, "unverified");
    assert.deepEqual((await mine.open.keyring.read()).secrets, {});
  });
}

test("a joining whose signature is another's verifies nobody", async () => {
  const { server, mine, at, place } = await joinedBySecret();
  const [row] = server.rows(place.id);
  assert.ok(row);
  row.sig = b64u(random(64));
  await vouch(mine.open, at);
  assert.equal((await mine.open.circle.standing()).trust, "unverified");
});

/** What Amara's browser weighs where all is honest. */
async function claimed(change: Change = {}): Promise<Claim> {
  const { mine, theirs, at, place, secret } = await joinedBySecret(change);
  const received = await mine.open.reader.received(at.joined);
  const card = knownCard(theirs.open.unlocked.signed);
  return { received, header: readHeader(received.header), card, at, partnership: place.id, secret };
}

/** Each is wrong in this alone. */
const ATTACKS: Record<string, () => Promise<Claim>> = {
  author: async () => {
    const claim = await claimed();
    return { ...claim, header: { ...claim.header, author: "ab".repeat(32) } };
  },
  entry: async () => {
    const claim = await claimed();
    return { ...claim, at: { ...claim.at, joined: uuid7() } };
  },
  kind: () => claimed({ kind: "messages.sent" }),
  invitation: () => claimed({ data: (honest) => ({ ...honest, invitation: uuid7() }) }),
  partnership: async () => {
    const claim = await claimed();
    return { ...claim, header: { ...claim.header, partnership: uuid7() } };
  },
  signed: async () => {
    const claim = await claimed();
    return { ...claim, received: { ...claim.received, sig: random(64) } };
  },
  proof: () => claimed({ data: (honest) => ({ ...honest, proof: b64u(random(32)) }) }),
};

test("an honest joining vouches", async () => assert.ok(await vouches(await claimed())));

for (const check of JOINING_CHECKS) {
  test(`a joining that fails “${check.name}” vouches for nobody, and would without that check`, async () => {
    const attack = await ATTACKS[check.name]?.();
    assert.ok(attack, "no attack names it");
    assert.equal(await vouches(attack), false);
    assert.ok(
      await vouches(
        attack,
        JOINING_CHECKS.filter((one) => one !== check),
      ),
    );
  });
}
