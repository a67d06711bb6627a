// Headers: what the server can see of an entry. The exact bytes are what is signed; they are read strictly and never made again.
import { type Bytes, fromB64u, text, utf8 } from "./bytes.ts";
import { isHash, isUuid } from "./ids.ts";
import { demand, orRefuse } from "./refusal.ts";
import { parseStrictObject } from "./strict-json.ts";

export type Header = {
  v: 1;
  instance: string;
  partnership: string;
  entry: string;
  kind: string;
  subject: string | null;
  author: string;
  to: string[];
  prev: string | null;
  data: Record<string, unknown>;
  commit: string | null;
};

const KEYS = "author,commit,data,entry,instance,kind,partnership,prev,subject,to,v";
const KIND = /^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/;
export const HEADER_LIMIT = 8 * 1024;
export const SEALED_LIMIT = 256 * 1024;

export const headerBytes = (header: Header): Bytes => utf8(JSON.stringify(header));

/** @throws Refusal `malformed` */
export function readHeader(bytes: Uint8Array): Header {
  return orRefuse("malformed", () => {
    demand(bytes.length <= HEADER_LIMIT, "malformed", "header too large");
    const raw = parseStrictObject(text(bytes));
    demand(Object.keys(raw).sort().join() === KEYS && raw.v === 1, "malformed", "other keys");
    demand([raw.instance, raw.partnership, raw.entry].every(isUuid), "malformed", "ids");
    demand(raw.subject === null || isUuid(raw.subject), "malformed", "subject");
    demand(typeof raw.kind === "string" && KIND.test(raw.kind), "malformed", "kind");
    demand(isHash(raw.author) && (raw.prev === null || isHash(raw.prev)), "malformed", "hashes");
    demand(Array.isArray(raw.to) && raw.to.length > 0 && raw.to.every(isHash), "malformed", "to");
    demand(typeof raw.data === "object" && raw.data !== null && !Array.isArray(raw.data), "malformed", "data");
    demand(raw.commit === null || isCommitment(raw.commit), "malformed", "commit");
    return raw as unknown as Header;
  });
}

const isCommitment = (value: unknown): boolean => typeof value === "string" && fromB64u(value).length === 32;
