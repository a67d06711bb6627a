// What a lying server, a third person or a partner who cheats can put before the browser: none of it opens. Each attack
// names the checks it must get past; with exactly those left out it does open, so no check stands for show.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bytes } from "./bytes.ts";
import { INSIDE, OUTSIDE, type Outside } from "./checks.ts";
import { made } from "./hostile.attack.ts";
import { mentee, mentor, note } from "./hostile.cast.ts";
import { INSIDE_ATTACKS } from "./hostile.inside.ts";
import { OUTSIDE_ATTACKS } from "./hostile.outside.ts";
import { openEntry } from "./opener.ts";
import { type Reason, Refusal } from "./refusal.ts";

const ATTACKS = [...OUTSIDE_ATTACKS, ...INSIDE_ATTACKS];

const without = (reasons: Reason[]) => ({
  outside: OUTSIDE.filter(({ reason }) => !reasons.includes(reason)),
  inside: INSIDE.filter(({ reason }) => !reasons.includes(reason)),
});

const reasonOf = async (act: () => Promise<unknown>): Promise<Reason | "opened"> => {
  try {
    await act();
    return "opened";
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
};

test("an honest entry opens for both", async () => {
  const { received, asked } = await made(() => {});
  for (const { keys } of [mentor, mentee]) {
    assert.deepEqual(await openEntry(received, asked, keys.seal), { words: "Read the first chapter" });
  }
});

for (const attack of ATTACKS) {
  test(`refused: ${attack.what}`, async () => {
    const { received, asked } = await attack.bring();
    const reason = await reasonOf(() => openEntry(received, asked, mentee.keys.seal));
    assert.ok([attack.refusedBy, ...(attack.alsoBy ?? [])].includes(reason as Reason), `was ${reason}`);
  });
}

for (const { reason } of [...OUTSIDE, ...INSIDE]) {
  test(`the check “${reason}” is needed: without it an attack succeeds`, async () => {
    const alone = ATTACKS.filter(({ refusedBy, atTheGate }) => refusedBy === reason && !atTheGate);
    assert.ok(alone.length > 0, "no attack names it");
    for (const { bring, what, alsoBy = [] } of alone) {
      const { received, asked } = await bring();
      const others = alsoBy.filter((other) => other !== reason);
      const opened = () => openEntry(received, asked, mentee.keys.seal, without([reason, ...others]));
      assert.equal(await reasonOf(opened), "opened", what);
      const kept = () => openEntry(received, asked, mentee.keys.seal, without(others));
      assert.equal(await reasonOf(kept), reason, `${what}, with this check alone`);
    }
  });
}

test("at least 40 attacks were tried", () => assert.ok(ATTACKS.length >= 40, String(ATTACKS.length)));

test("as many stanzas as readers, one of them of another kind, is not sealed to the readers", () => {
  const sealing = OUTSIDE.find(({ reason }) => reason === "sealing");
  const ageOf = (...kinds: string[]) =>
    note(["age-encryption.org/v1", ...kinds.map((one) => `-> ${one} A\nB`), "--- C"].join("\n"));
  const seen = (ct: Bytes) => ({ received: { ct }, header: { to: [mentor, mentee] } }) as unknown as Outside;
  assert.ok(sealing?.holds(seen(ageOf("X25519", "X25519"))));
  assert.ok(!sealing?.holds(seen(ageOf("X25519", "escrow"))));
});
