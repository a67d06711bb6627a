// The chain: every link hangs on the one before, and the head never goes back.
import { fromB64u, fromHex, hex } from "./bytes.ts";
import { linkHash } from "./entry.ts";
import { demand, orRefuse, type Reason } from "./refusal.ts";

export type Head = { seq: number; hash: string };
export type Link = { seq: number; entry: string; header_hash: string; ct_hash: string; sig: string; hash: string };
export type Verified = { seq: number; entry: string; hash: string; sig: string };

/** One step: the link that comes, what it hangs on, and what this person saw before. */
export type Step = { link: Link; before: Head; seen: ReadonlySet<string>; remembered: Head | null };
export type LinkCheck = { name: string; reason: Reason; holds: (step: Step) => boolean };

export const START: Head = { seq: 0, hash: "" };

const inOrder: LinkCheck = {
  name: "order",
  reason: "forked",
  holds: ({ link, before }) => link.seq === before.seq + 1,
};

const hangsOnTheLast: LinkCheck = {
  name: "hash",
  reason: "forked",
  holds: ({ link, before }) => {
    const headerHash = fromHex(link.header_hash);
    const ctHash = fromHex(link.ct_hash);
    return hex(linkHash({ prev: before.hash || null, headerHash, ctHash, sig: fromB64u(link.sig) })) === link.hash;
  },
};

const onlyOnce: LinkCheck = {
  name: "once",
  reason: "forked",
  holds: ({ link, seen }) => !seen.has(link.entry),
};

const asRemembered: LinkCheck = {
  name: "remembered",
  reason: "forked",
  holds: ({ link, remembered }) => link.seq !== remembered?.seq || link.hash === remembered.hash,
};

export const LINK_CHECKS: readonly LinkCheck[] = [inOrder, hangsOnTheLast, onlyOnce, asRemembered];

/** Verifies a run of links that comes after `before`. @throws Refusal `forked` */
export function follow(
  links: Link[],
  from: { before: Head; seen: ReadonlySet<string>; remembered: Head | null },
  checks: readonly LinkCheck[] = LINK_CHECKS,
): Verified[] {
  const seen = new Set(from.seen);
  let before = from.before;
  return links.map((link) => {
    const step: Step = { link, before, seen, remembered: from.remembered };
    for (const check of checks)
      demand(
        orRefuse<boolean>(check.reason, () => check.holds(step)),
        check.reason,
        check.name,
      );
    seen.add(link.entry);
    before = { seq: link.seq, hash: link.hash };
    return { seq: link.seq, entry: link.entry, hash: link.hash, sig: link.sig };
  });
}

export type HeadCheck = { name: string; reason: Reason; holds: (heads: Heads) => boolean };
/** `reached`: after all links; `told`: what the server says is its head; `remembered`: the newest this person ever saw. */
export type Heads = { reached: Head; told: Head; remembered: Head | null };

export const HEAD_CHECKS: readonly HeadCheck[] = [
  { name: "not back", reason: "rolled_back", holds: ({ told, remembered }) => told.seq >= (remembered?.seq ?? 0) },
  { name: "not short", reason: "rolled_back", holds: ({ reached, told }) => reached.seq >= told.seq },
  {
    name: "same",
    reason: "forked",
    holds: ({ reached, told }) => reached.seq !== told.seq || reached.hash === told.hash,
  },
];

/** @throws Refusal `rolled_back` or `forked` */
export function insistOnHead(heads: Heads, checks: readonly HeadCheck[] = HEAD_CHECKS): void {
  for (const check of checks) demand(check.holds(heads), check.reason, check.name);
}
