// Parts of age-encryption's dependencies that are left out of the bundle; see docs/adr/0014.
import { fileURLToPath } from "node:url";

const nothing = fileURLToPath(new URL("unused.mjs", import.meta.url));
export const unused = { "@noble/post-quantum/hybrid.js": nothing, "@noble/curves/nist.js": nothing };
