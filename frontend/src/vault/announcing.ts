// New keys are announced in every partnership by themselves, once: the other person gets a letter and sees a line on the
// timeline.
import { knownCard } from "./card.ts";
import type { Context } from "./context.ts";
import { uuid7 } from "./ids.ts";
import { LineDown, Refused, SignedOut } from "./line.ts";
import { Refusal } from "./refusal.ts";
import type { Open } from "./vault.ts";

/** Nothing waits in the outbox and nobody is told of a failure: while it is due, the next page tries again. */
export async function announceKeys(open: Open, { instance, partnership: place }: Context): Promise<void> {
  const { previous } = knownCard(open.unlocked.signed);
  if (!place?.unannounced || previous === null) return;
  const draft = {
    instance,
    partnership: place.id,
    entry: uuid7(),
    kind: "membership.rekeyed",
    subject: null,
    data: { previous },
    sealed: null,
  };
  try {
    await open.writer.writeNow({ draft, place, footing: { on: "chain" }, alone: false });
  } catch (error) {
    if (![LineDown, SignedOut, Refused, Refusal].some((kind) => error instanceof kind)) throw error;
  }
}
