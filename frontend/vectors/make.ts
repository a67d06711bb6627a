// Makes tests/vectors/typescript.json, which the Python side's tests open: `npm run vectors`.
import { writeFileSync } from "node:fs";
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { type Bytes, b64u, hex, random, utf8 } from "../src/vault/bytes.ts";
import { type Card, makeCard, readCard, type SignedCard } from "../src/vault/card.ts";
import { type Draft, digestsOf, linkHash, sealEntry } from "../src/vault/entry.ts";
import { uuid7 } from "../src/vault/ids.ts";
import { joinProof, newSecret, safetyCode } from "../src/vault/invitation.ts";
import { type Keyring, sealKeyring } from "../src/vault/keyring.ts";
import { type Keys, keysOf } from "../src/vault/keys.ts";
import { pad, padme } from "../src/vault/padding.ts";
import { newPhrase } from "../src/vault/words.ts";
import { wrapForPasskey, wrapForPhrase } from "../src/vault/wrap.ts";
import { refusedSignatures } from "./signatures.ts";

type Someone = { root: Bytes; keys: Keys; signed: SignedCard; card: Card };
const instance = uuid7();

async function someone(previous?: Someone, signedByPrevious = true): Promise<Someone> {
  const root = random(32);
  const keys = await keysOf(root);
  const signed = await makeCard(keys, {
    instance,
    person: previous?.card.person ?? uuid7(),
    previous: previous?.card ?? null,
    previousKeys: previous && signedByPrevious ? previous.keys : null,
  });
  return { root, keys, signed, card: await readCard(signed) };
}

const amara = await someone();
const ben = await someone();
const renewed = await someone(ben);
const replaced = await someone(renewed, false);
const everyone = [amara, ben, renewed, replaced];
const before = new Map([
  [renewed, ben],
  [replaced, renewed],
]);

const cards = everyone.map((one) => ({
  root: b64u(one.root),
  previous_root: one.signed.previous_sig === null ? null : b64u((before.get(one) as Someone).root),
  ...one.signed,
  previous_card: before.get(one)?.signed.card ?? null,
  hash: one.card.hash,
}));

async function wraps() {
  const phrase = newPhrase();
  const prf = random(32);
  return [
    { kind: "phrase", phrase, age: b64u(await wrapForPhrase(amara.root, phrase)), root: b64u(amara.root) },
    { kind: "passkey", prf: b64u(prf), age: b64u(await wrapForPasskey(ben.root, prf)), root: b64u(ben.root) },
  ];
}

type Told = {
  kind: string;
  sealed: Draft["sealed"];
  by?: Someone;
  to?: Someone[];
  data?: Draft["data"];
  subject?: string;
};
const TOLD: Told[] = [
  { kind: "membership.opened", sealed: null, to: [amara], data: { role: "mentor" } },
  { kind: "membership.joined", sealed: null, by: ben, subject: uuid7(), data: { invitation: uuid7(), proof: null } },
  {
    kind: "commitments.made",
    sealed: { words: "Read the first chapter" },
    data: { due: "2026-12-04", owner: amara.card.person },
  },
  { kind: "messages.sent", sealed: { words: "Ẹ káàárọ̀ 🌱 “quoted” \\ \n\t\u0000 end" }, by: ben, subject: uuid7() },
  { kind: "messages.sent", sealed: {}, by: ben },
  {
    kind: "agreement.proposed",
    sealed: { talk: "", time: ["one", "two"], deep: { er: { still: 1.5 } } },
    data: { a: [1, -2.5, true, null] },
  },
  { kind: "notes.kept", sealed: { words: "only for me" }, to: [amara] },
  { kind: "messages.sent", sealed: { words: "long ".repeat(14_000) }, by: ben },
];

async function entries() {
  const partnership = uuid7();
  let prev: string | null = null;
  const made = [];
  for (const { kind, sealed, by = amara, to = [amara, ben], data = {}, subject = null } of TOLD) {
    const draft: Draft = { instance, partnership, entry: uuid7(), kind, subject, data, sealed };
    const readers = to.map((one) => one.card);
    const signed = await sealEntry(draft, { author: by.card, keys: by.keys, readers, prev });
    const link: string = hex(linkHash({ ...digestsOf(signed), prev, sig: signed.sig }));
    const people = [by, ...to.filter((one) => one !== by)];
    made.push({
      roots: people.map((one) => b64u(one.root)),
      cards: people.map((one) => one.signed.card),
      header: b64u(signed.header),
      ct: signed.ct && b64u(signed.ct),
      sig: b64u(signed.sig),
      sealed,
      prev_hash: prev,
      hash: link,
    });
    prev = link;
  }
  return made;
}

async function keyrings() {
  const pin = { signed: ben.signed, verified: true, seen: false };
  const keyring: Keyring = {
    v: 1,
    version: 4,
    pins: { [ben.card.person]: [pin, { ...pin, signed: renewed.signed, verified: false }] },
    partners: { [uuid7()]: { person: ben.card.person, verified: true } },
    secrets: { [uuid7()]: b64u(newSecret()) },
    heads: { [uuid7()]: { seq: 12, hash: ben.card.hash } },
  };
  const sealed = b64u(await sealKeyring(keyring, amara.keys));
  return [{ root: b64u(amara.root), version: keyring.version, sealed, keyring }];
}

function joins() {
  const [secret, partnership] = [newSecret(), uuid7()];
  const proof = b64u(joinProof(secret, partnership, ben.card.hash));
  return [{ secret: b64u(secret), partnership, card_hash: ben.card.hash, proof }];
}

const code = (one: Someone, other: Someone) => ({
  cards: [one.card.hash, other.card.hash],
  code: safetyCode(one.card.hash, other.card.hash).join(" "),
});

const lengths = [4, 6, 9, 20, 33, 100, 255, 256, 257, 1000, 4096, 4097, 65_537, 200_000];
const vectors = {
  made_by: "typescript",
  keys: everyone.map(({ root, keys }) => ({
    root: b64u(root),
    sign_public: b64u(keys.signPublic),
    seal_recipient: keys.sealRecipient,
  })),
  cards,
  wraps: await wraps(),
  padding: lengths.map((length) => ({ length, padded: padme(length) })),
  entries: await entries(),
  keyrings: await keyrings(),
  joins: joins(),
  codes: [code(amara, ben), code(ben, amara), code(renewed, amara)],
  words: [new Uint8Array(16), new Uint8Array(16).fill(255), random(16)].map((entropy) => ({
    entropy: b64u(entropy),
    phrase: entropyToMnemonic(entropy, wordlist),
  })),
  refused: refusedSignatures(utf8("a message that nobody signed")),
};
if (pad({}).length !== padme(6)) throw new Error("padding is off");
writeFileSync(new URL("../../tests/vectors/typescript.json", import.meta.url), `${JSON.stringify(vectors, null, 1)}\n`);
