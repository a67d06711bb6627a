// Why something was not accepted: a code for the page's words, a sentence for developers.

export type Reason =
  | "malformed" // the bytes don't parse
  | "author_unpinned" // signed by a card this person never accepted
  | "signature" // the signature does not fit
  | "other_instance"
  | "other_partnership"
  | "other_entry"
  | "other_kind"
  | "other_subject"
  | "other_author"
  | "readers" // `to` is not exactly people of this partnership
  | "unchained" // not the entry that the chain holds at its place
  | "sealing" // the age file is not sealed to exactly the readers
  | "old_keys" // not sealed to the present keys of this person, who had others before
  | "unreadable" // age does not open it with this key
  | "inner_header" // the header inside is not the one outside
  | "commitment"
  | "padding"
  | "body" // the opened body is no JSON object
  | "rolled_back" // the server's ledger is shorter than it was
  | "forked" // the server's ledger is another than it was
  | "card" // a card that is not well-formed, not of this instance or person, or not signed
  | "wrap" // the wrap opens with nothing, or holds another root
  | "keyring"
  | "locked" // no keys on this device
  | "members" // the page names others in this partnership than the two who met there
  | "card_changed"; // a member's keys were replaced and not yet accepted

export class Refusal extends Error {
  readonly reason: Reason;
  constructor(reason: Reason, detail: string = reason) {
    super(detail);
    this.name = "Refusal";
    this.reason = reason;
  }
}

/** Runs `act`; whatever it throws becomes a refusal with this reason (a refusal stays what it is). */
export function orRefuse<T>(reason: Reason, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(reason, String(error));
  }
}

export async function orRefuseLater<T>(reason: Reason, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(reason, String(error));
  }
}

export function demand(holds: boolean, reason: Reason, detail?: string): asserts holds {
  if (!holds) throw new Refusal(reason, detail);
}
