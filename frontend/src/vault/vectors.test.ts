// Opens what either side made: the vectors are what holds the two protocols together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { fromB64u, hex } from "./bytes.ts";
import { belongsTo, type Card, follows, readCard } from "./card.ts";
import { digestsOf, entryMessage, linkHash } from "./entry.ts";
import { readHeader } from "./header.ts";
import { joinProof, safetyCode } from "./invitation.ts";
import { openKeyring } from "./keyring.ts";
import { keysOf } from "./keys.ts";
import { openEntry } from "./opener.ts";
import { padme } from "./padding.ts";
import { verify } from "./signatures.ts";
import { askedOf, bareCard, read, receivedOf } from "./vectors.cast.ts";
import { entropyOf, phraseProblem } from "./words.ts";
import { unwrapByPasskey, unwrapByPhrase } from "./wrap.ts";

for (const side of ["python", "typescript"]) {
  const vectors = read(side);

  test(`${side}: the same keys follow from a root`, async () => {
    for (const { root, sign_public, seal_recipient } of vectors.keys) {
      const keys = await keysOf(fromB64u(root));
      assert.deepEqual([keys.signPublic, keys.sealRecipient], [fromB64u(sign_public), seal_recipient]);
    }
  });

  test(`${side}: cards are read, belong to their root and follow the one before`, async () => {
    for (const vector of vectors.cards) {
      const card = await readCard(vector);
      assert.equal(card.hash, vector.hash);
      assert.ok(belongsTo(card, await keysOf(fromB64u(vector.root))));
      if (vector.previous_card === null) continue;
      assert.equal(await follows(vector, bareCard(vector.previous_card)), vector.previous_sig !== null);
    }
  });

  test(`${side}: wraps give back the root`, async () => {
    for (const wrap of vectors.wraps) {
      const file = fromB64u(wrap.age);
      const unwrapped =
        wrap.kind === "phrase" ? unwrapByPhrase(file, wrap.phrase) : unwrapByPasskey(file, fromB64u(wrap.prf));
      assert.deepEqual(await unwrapped, fromB64u(wrap.root));
    }
  });

  test(`${side}: lengths are padded alike`, () => {
    for (const { length, padded } of vectors.padding) assert.equal(padme(length), padded, `${length}`);
  });

  test(`${side}: entries open for every reader, and their links are the same`, async () => {
    for (const vector of vectors.entries) {
      const received = receivedOf(vector);
      const header = readHeader(received.header);
      const [{ sig }, digests] = [received, digestsOf(received)];
      const link = linkHash({ ...digests, prev: vector.prev_hash, sig });
      assert.equal(hex(link), vector.hash);
      assert.equal(header.prev, vector.prev_hash);
      const asked = askedOf(vector);
      const cards = asked.known;
      const author = cards.get(header.author) as Card;
      assert.ok(await verify(author.sign, entryMessage(digests), sig));
      if (vector.ct === null) {
        assert.equal(vector.sealed, null);
        continue;
      }
      for (const root of vector.roots) {
        assert.deepEqual(await openEntry(received, asked, (await keysOf(fromB64u(root))).seal), vector.sealed);
      }
    }
  });

  test(`${side}: the joiner's proof, the code and the words are the same`, () => {
    for (const { secret, partnership, card_hash, proof } of vectors.joins) {
      assert.deepEqual(joinProof(fromB64u(secret), partnership, card_hash), fromB64u(proof));
    }
    for (const { cards, code } of vectors.codes) assert.equal(safetyCode(...cards).join(" "), code);
    for (const { entropy, phrase } of vectors.words) {
      assert.equal(entropyToMnemonic(fromB64u(entropy), wordlist), phrase);
      assert.deepEqual(entropyOf(phrase), fromB64u(entropy));
      assert.equal(phraseProblem(phrase), null);
    }
  });

  test(`${side}: keyrings open for their owner`, async () => {
    for (const { root, version, sealed, keyring } of vectors.keyrings)
      assert.deepEqual(await openKeyring({ version, sealed: fromB64u(sealed) }, await keysOf(fromB64u(root))), keyring);
  });

  test(`${side}: signatures that a strict verifier refuses are refused`, async () => {
    for (const { what, public: key, message, sig } of vectors.refused) {
      assert.equal(await verify(fromB64u(key), fromB64u(message), fromB64u(sig)), false, what);
    }
  });
}
