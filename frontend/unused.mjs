// Stands in the bundle for what age-encryption brings along and Tilth never uses: post-quantum and P-256 recipients.
// Using one of them fails at once. See docs/adr/0014.
const unused = new Proxy(
  {},
  {
    get() {
      throw new Error("not part of this build");
    },
  },
);
export const MLKEM768P256 = unused;
export const MLKEM768X25519 = unused;
export const p256 = unused;
