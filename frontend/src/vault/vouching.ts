// The invitation's secret vouches for the one who joined with it: handed over outside the server, it verifies them at once.
// It does so once. Kept longer it would overrule what the two find when they compare codes.
import { fromB64u } from "./bytes.ts";
import { knownCard } from "./card.ts";
import { digestsOf, entryMessage } from "./entry.ts";
import { readHeader } from "./header.ts";
import { proofFits } from "./invitation.ts";
import { currentPin, noteVerified } from "./keyring.ts";
import { verify } from "./signatures.ts";
import type { Open } from "./vault.ts";

type Joining = { joined: string; invitation: string };

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
  const person = open.circle.others.find((member) => {
    const pin = currentPin(keyring, member.person);
    return pin !== undefined && knownCard(pin.signed).hash === header.author;
  })?.person;
  const pin = person === undefined ? undefined : currentPin(keyring, person);
  if (person === undefined || !pin) return null;
  const { proof, invitation } = header.data as { proof?: unknown; invitation?: unknown };
  const isJoining = header.entry === at.joined && header.kind === "membership.joined" && invitation === at.invitation;
  const isSigned = await verify(knownCard(pin.signed).sign, entryMessage(digestsOf(received)), received.sig);
  const joining = { partnership: open.circle.place.id, card: header.author };
  const fits = typeof proof === "string" && proofFits(proof, fromB64u(secret), joining);
  return isJoining && isSigned && header.partnership === joining.partnership && fits ? person : null;
}
