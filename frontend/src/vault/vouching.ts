// The invitation's secret vouches for the one who joined with it: handed over outside the server, it verifies them at once.
// It does so once. Kept longer it would overrule what the two find when they compare codes.
import { fromB64u } from "./bytes.ts";
import { type Card, knownCard } from "./card.ts";
import type { Received } from "./checks.ts";
import { digestsOf, entryMessage } from "./entry.ts";
import { type Header, readHeader } from "./header.ts";
import { proofFits } from "./invitation.ts";
import { currentPin, noteVerified } from "./keyring.ts";
import { verify } from "./signatures.ts";
import type { Open } from "./vault.ts";

type Joining = { joined: string; invitation: string };

/** The entry by which somebody joined, as it came; their pinned card; where they joined, and the invitation's secret. */
export type Claim = {
  received: Received;
  header: Header;
  card: Card;
  at: Joining;
  partnership: string;
  secret: string;
};
export type JoiningCheck = { name: string; holds: (claim: Claim) => boolean | Promise<boolean> };

export const JOINING_CHECKS: readonly JoiningCheck[] = [
  { name: "author", holds: ({ header, card }) => header.author === card.hash },
  { name: "entry", holds: ({ header, at }) => header.entry === at.joined },
  { name: "kind", holds: ({ header }) => header.kind === "membership.joined" },
  { name: "invitation", holds: ({ header, at }) => header.data.invitation === at.invitation },
  { name: "partnership", holds: ({ header, partnership }) => header.partnership === partnership },
  { name: "signed", holds: ({ received, card }) => verify(card.sign, entryMessage(digestsOf(received)), received.sig) },
  {
    name: "proof",
    holds: ({ header, partnership, card, secret }) =>
      proofFits(String(header.data.proof), fromB64u(secret), { partnership, card: card.hash }),
  },
];

/** Whether the entry proves that whoever has this card joined with the secret. */
export async function vouches(claim: Claim, checks: readonly JoiningCheck[] = JOINING_CHECKS): Promise<boolean> {
  for (const { holds } of checks) if (!(await holds(claim))) return false;
  return true;
}

/** Verifies whoever joined with the secret of their invitation, and lets go of the secret. */
export async function vouch(open: Open, at: Joining): Promise<void> {
  const secret = (await open.keyring.read()).secrets[at.invitation];
  if (!secret) return;
  const person = await vouchedFor(open, secret, at);
  await open.keyring.change((keyring) => {
    if (person !== null) noteVerified(keyring, { partnership: open.circle.place.id, person }, true);
    delete keyring.secrets[at.invitation];
  });
}

/** The person whose joining entry proves that they held the secret, or null. */
async function vouchedFor(open: Open, secret: string, at: Joining): Promise<string | null> {
  const keyring = await open.keyring.read();
  const received = await open.reader.received(at.joined);
  const header = readHeader(received.header);
  const partnership = open.circle.place.id;
  for (const { person } of open.circle.others) {
    const pin = currentPin(keyring, person);
    const claim = pin && { received, header, card: knownCard(pin.signed), at, partnership, secret };
    if (claim && (await vouches(claim))) return person;
  }
  return null;
}
