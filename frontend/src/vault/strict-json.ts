// JSON as the protocol reads it: one object, no key twice at any depth, at most 32 levels, whole numbers within ±(2⁵³−1),
// no lone surrogates. JSON.parse alone keeps the last of two equal keys, so two readers could see two things.

const DEEPEST = 32;

type Frame = { keys: Set<string> | null };

/** Throws unless `source` is exactly one such object. */
export function parseStrictObject(source: string): Record<string, unknown> {
  const value: unknown = JSON.parse(source);
  if (!source.startsWith("{") || !source.endsWith("}")) throw new Error("something around the object");
  refuseRepeatedKeys(source);
  refuseOddValues(value);
  return value as Record<string, unknown>;
}

/** Walks the tokens of JSON that is known to be well-formed. */
function refuseRepeatedKeys(source: string): void {
  const frames: Frame[] = [];
  for (const [token, ended] of source.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs)) {
    if (token === "{" || token === "[") frames.push({ keys: token === "{" ? new Set() : null });
    else if (token === "}" || token === "]") frames.pop();
    else if (ended !== undefined) claim(frames.at(-1), token.slice(0, -ended.length));
    if (frames.length > DEEPEST) throw new Error("too deep");
  }
}

function claim(frame: Frame | undefined, quoted: string): void {
  const key = JSON.parse(quoted) as string;
  if (!frame?.keys || frame.keys.has(key)) throw new Error(`key twice: ${key}`);
  frame.keys.add(key);
}

function refuseOddValues(value: unknown): void {
  if (typeof value === "string" && !value.isWellFormed()) throw new Error("lone surrogate");
  if (typeof value === "number" && !fits(value)) throw new Error("number out of range");
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!key.isWellFormed()) throw new Error("lone surrogate");
    refuseOddValues(inner);
  }
}

const fits = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Math.abs(value) <= Number.MAX_SAFE_INTEGER);
