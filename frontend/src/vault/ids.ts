// UUIDs: made here for entries and partnerships, read strictly everywhere.
import { type Bytes, fromHex, hex, random, u32 } from "./bytes.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isUuid = (value: unknown): value is string => typeof value === "string" && UUID.test(value);
export const isHash = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);

export function uuidBytes(id: string): Bytes {
  if (!isUuid(id)) throw new Error("not a UUID");
  return fromHex(id.replaceAll("-", ""));
}

/** A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then random. */
export function uuid7(now: number = Date.now()): string {
  const bytes = random(16);
  bytes.set(u32(Math.floor(now / 0x10000)), 0);
  bytes.set(u32(now % 0x100000000).subarray(2), 4);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
