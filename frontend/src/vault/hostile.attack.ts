// How the hostile tests bring an attack: an entry made wrongly, or an honest one tampered with on its way.
import { type Bytes, b64u, concat, hmac256 } from "./bytes.ts";
import type { Asked, Received } from "./checks.ts";
import type { Header } from "./header.ts";
import { honest, type Making, make, mentor, note, question, resign } from "./hostile.cast.ts";
import { pad } from "./padding.ts";
import type { Reason } from "./refusal.ts";

export type Case = { received: Received; asked: Asked };
export type Attack = {
  what: string;
  /** The check that refuses it; and every check that would, so that leaving these out lets it through. */
  refusedBy: Reason;
  alsoBy?: Reason[];
  /** Nothing but the parser or age itself stands in its way: leaving checks out does not let it through. */
  atTheGate?: boolean;
  bring: () => Promise<Case>;
};

/** An entry made differently than it should be, chained and asked for as it is. */
export async function made(
  change: (making: Making) => void,
  ask: (asked: Asked, header: Header) => void = () => {},
): Promise<Case> {
  const making = honest();
  change(making);
  const received = await make(making);
  const asked = question(making.header, received);
  ask(asked, making.header);
  return { received, asked };
}

/** An honest entry, tampered with on the way; the server chains what it made of it. */
export async function tampered(
  change: (received: Received, header: Header) => Promise<Received> | Received,
): Promise<Case> {
  const making = honest();
  const received = await change(await make(making), making.header);
  return { received, asked: question(making.header, received) };
}

/** Header and inside alike. */
export const both = (making: Making, change: Partial<Header>): void => {
  Object.assign(making.header, change);
};

export const flipped = (bytes: Bytes, at: number): Bytes => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

export const plus = (age: Bytes, stanza: string): Bytes => {
  const text = new TextDecoder("latin1").decode(age);
  const end = text.indexOf("\n---");
  return concat(age.slice(0, end), note(`\n-> ${stanza}`), age.slice(end));
};

export function recommit(making: Making, padded: Bytes): void {
  making.padded = padded;
  both(making, { commit: b64u(hmac256(making.k, padded)) });
}

export function padText(json: string): Bytes {
  const like = pad({ x: "y".repeat(json.length - 8) });
  return concat(like.slice(0, 4), note(json), like.slice(4 + json.length));
}

export async function reheaded(change: (text: string) => string): Promise<Case> {
  return tampered((received) =>
    resign({ ...received, header: note(change(new TextDecoder().decode(received.header))) }, mentor),
  );
}

/** The same signature with L added to S: lenient verifiers accept it, so one entry would have two hashes. */
export function unreduced(sig: Bytes): Bytes {
  const L = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = sig.slice(32).reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n) + L;
  return concat(
    sig.slice(0, 32),
    Uint8Array.from({ length: 32 }, (_, i) => Number((s >> BigInt(8 * i)) & 255n)),
  );
}
