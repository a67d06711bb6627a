// Opening an entry: every check, or nothing.
import { openWith } from "./age.ts";
import { type Bytes, readU32 } from "./bytes.ts";
import { type Asked, type Check, INSIDE, type Inside, OUTSIDE, type Outside, type Received } from "./checks.ts";
import { digestsOf } from "./entry.ts";
import { readHeader } from "./header.ts";
import { bodyOf, type Sealed } from "./padding.ts";
import { demand, orRefuse, orRefuseLater, type Reason } from "./refusal.ts";

export type Checks = { outside: readonly Check<Outside>[]; inside: readonly Check<Inside>[] };
const ALL: Checks = { outside: OUTSIDE, inside: INSIDE };

/**
 * The sealed fields of an entry that passes every check.
 * @param seal the reader's X25519 key.
 * @throws Refusal with the reason of the first check that fails
 */
export async function openEntry(
  received: Received,
  asked: Asked,
  seal: CryptoKey,
  checks: Checks = ALL,
): Promise<Sealed> {
  const outside: Outside = { received, digests: digestsOf(received), header: readHeader(received.header), asked };
  await insist(checks.outside, outside);
  const plain = await orRefuseLater("unreadable", () => openWith(seal, received.ct as Bytes));
  const inside: Inside = { ...outside, inner: orRefuse("inner_header", () => unfold(plain)) };
  await insist(checks.inside, inside);
  return orRefuse("body", () => bodyOf(inside.inner.padded));
}

async function insist<Seen>(checks: readonly Check<Seen>[], seen: Seen): Promise<void> {
  for (const { reason, holds } of checks) {
    demand(await orRefuseLater(reason, async () => holds(seen)), reason);
  }
}

/** What age gave back: 4-byte length of H ‖ H ‖ k ‖ padded body. */
function unfold(plain: Bytes): Inside["inner"] {
  const end = 4 + readU32(plain);
  demand(plain.length >= end + 32 + 4, "inner_header" satisfies Reason);
  return { header: plain.slice(4, end), k: plain.slice(end, end + 32), padded: plain.slice(end + 32) };
}
