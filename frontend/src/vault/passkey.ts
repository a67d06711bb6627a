// Passkeys that unlock: WebAuthn's PRF extension gives 32 secret bytes for a salt, the same each time. The server keeps the
// salt and what these bytes open, so it may neither ask for them nor be sent them: browsers put them into `toJSON`.
import type { PasskeySecret, Wrap } from "./account.ts";
import { type Bytes, b64u, fromB64u, random } from "./bytes.ts";
import type { Line } from "./line.ts";

export class NoPrf extends Error {}

/** Whether it is worth offering: some browsers only tell by trying. */
export async function canUnlock(): Promise<boolean> {
  if (typeof PublicKeyCredential === "undefined") return false;
  const told = await PublicKeyCredential.getClientCapabilities?.().catch(() => ({}));
  return (told as Record<string, boolean> | undefined)?.["extension:prf"] ?? true;
}

/**
 * Makes a passkey that signs in and, where it can, unlocks.
 * @throws NoPrf where it signs in only; DOMException where the person stops it
 */
export async function makePasskey(line: Line, label: string): Promise<PasskeySecret> {
  const told = await line.post<{ publicKey: PublicKeyCredentialCreationOptionsJSON }>("/account/passkeys/options", {});
  const salt = random(32);
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(told.publicKey);
  publicKey.extensions = { prf: { eval: { first: salt } } };
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  await line.post("/account/passkeys", { credential: forServer(made), label });
  const { prf } = made.getClientExtensionResults();
  if (!prf?.enabled) throw new NoPrf();
  const credential = new Uint8Array(made.rawId);
  const first = prf.results?.first;
  return { credential, salt, prf: first ? bytesOf(first) : (await evaluate([{ id: credential, salt }])).prf, label };
}

/** Signs in with any passkey of this place; returns where to go. */
export async function signInWithPasskey(line: Line, at: { ask: string; answer: string }): Promise<string> {
  const told = await line.post<{ publicKey: PublicKeyCredentialRequestOptionsJSON }>(at.ask, {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(told.publicKey);
  publicKey.extensions = {};
  const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  return (await line.post<{ next: string }>(at.answer, { credential: forServer(found) })).next;
}

/** Asks for one of the passkeys that hold a wrap. */
export async function usePasskey(wraps: Wrap[]): Promise<{ id: string; prf: Bytes }> {
  const known = wraps.map((wrap) => ({
    id: fromB64u(wrap.credential_id ?? ""),
    salt: fromB64u(wrap.prf_salt ?? ""),
    wrap,
  }));
  const { credential, prf } = await evaluate(known);
  const used = wraps.find(({ credential_id }) => credential_id === credential);
  if (!used) throw new NoPrf();
  return { id: used.id, prf };
}

async function evaluate(known: { id: Bytes; salt: Bytes }[]): Promise<{ credential: string; prf: Bytes }> {
  const salts = known.map(({ id, salt }) => [b64u(id), { first: salt }]);
  const found = (await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: known.map(({ id }) => ({ type: "public-key", id })),
      userVerification: "required",
      extensions: { prf: { evalByCredential: Object.fromEntries(salts) } },
    },
  })) as PublicKeyCredential;
  const result = found.getClientExtensionResults().prf?.results?.first;
  if (!result) throw new NoPrf();
  return { credential: found.id, prf: bytesOf(result) };
}

/** What proves that the passkey is here, and nothing of what its extensions gave. */
const forServer = (credential: PublicKeyCredential) => ({ ...credential.toJSON(), clientExtensionResults: {} });

const bytesOf = (source: BufferSource): Bytes =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength);
