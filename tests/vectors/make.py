"""Writes python.json beside this file: `uv run python -m tests.vectors.make`. README.md here says what is in it.

Keys, cards, hashes and codes come out the same every time; age files and commitments are fresh.
"""

import json
from hashlib import sha256, sha512
from pathlib import Path
from uuid import UUID

from tests.vectors.kinds import KINDS, data_of, sealed_of
from tilth.protocol.cards import Card, SignedCard, card_hash, make_card
from tilth.protocol.encoding import Json, b64u, strict_json
from tilth.protocol.entries import SignedEntry, seal_entry
from tilth.protocol.joining import code, join_proof
from tilth.protocol.keyring import Keyring, Partner, Pin, Seen, seal_keyring
from tilth.protocol.keys import Keys
from tilth.protocol.padding import padme
from tilth.protocol.signatures import L, P
from tilth.protocol.words import new_phrase
from tilth.protocol.wraps import wrap_by_passkey, wrap_by_phrase

FILE = Path(__file__).parent / "python.json"
Case = dict[str, object]

INSTANCE = "5d0c2b1e-9a3f-4c55-8f0e-6b1f2a7c9d10"
PARTNERSHIP = UUID("0197a8a0-1111-7111-8111-111111111111")
ROOTS = {name: sha256(f"vector {name}".encode()).digest() for name in ("mentor", "mentee", "mentor again", "third")}
PEOPLE = {name: UUID(bytes=sha256(name.encode()).digest()[:16], version=4) for name in ROOTS}
ODD_DATA: dict[str, Json] = {"due": "2026-12-04", "note_é": ["x", 1, 2.5, None, True]}
BODIES: list[dict[str, Json]] = [
    {"words": "Send the outline"},
    {"words": 'Grüße, 你好, 🌱\n\tand a "quote" \\ and \u2028 a line'},
    {"words": "", "items": ["one", {"two": None}], "times": 3, "part": 0.5, "yes": True},
    {"words": "a long one. " * 1000},
    {},
]


def keys(name: str) -> Keys:
    return Keys(ROOTS[name])


def signed_card(name: str) -> SignedCard:
    return make_card(keys(name), instance=INSTANCE, person=PEOPLE[name])


def second_card(*, vouched: bool) -> SignedCard:
    return make_card(
        keys("mentor again"),
        instance=INSTANCE,
        person=PEOPLE["mentor"],
        previous=signed_card("mentor").card,
        previous_keys=keys("mentor") if vouched else None,
    )


def card_case(signed: SignedCard, *, root: str, previous: str | None = None) -> Case:
    return {
        "root": b64u(ROOTS[root]),
        "previous_root": b64u(ROOTS[previous]) if previous else None,
        "card": b64u(signed.body),
        "sig": b64u(signed.sig),
        "previous_sig": b64u(signed.previous_sig) if signed.previous_sig else None,
        "previous_card": b64u(signed_card(previous).body) if previous else None,
        "hash": card_hash(signed.body),
    }


def wrap_cases() -> list[Case]:
    phrase, prf = new_phrase(bytes(range(16))), sha256(b"vector passkey").digest()
    root, owner = b64u(ROOTS["mentor"]), keys("mentor")
    return [
        {"kind": "phrase", "phrase": phrase, "age": b64u(wrap_by_phrase(owner, phrase)), "root": root},
        {"kind": "passkey", "prf": b64u(prf), "age": b64u(wrap_by_passkey(owner, prf)), "root": root},
    ]


def entry_cases() -> list[Case]:
    """Odd ones, and a real one of each kind."""
    cases, prev = [], None
    everyone = [signed_card(name).card for name in ("mentor", "mentee")]
    odd = [("commitments.made", ODD_DATA if number else {}, sealed) for number, sealed in enumerate([None, *BODIES])]
    real = [(kind, data_of(kind), sealed_of(kind)) for kind in KINDS]
    for number, (kind, data, sealed) in enumerate([*odd, *real]):
        entry = sample_entry(number, everyone, kind=kind, data=data, sealed=sealed, prev=prev)
        hashed = entry.hash_after(prev)
        cases.append(entry_case(entry, everyone, sealed, prev=prev, hashed=hashed))
        prev = hashed
    return cases


def sample_entry(
    number: int,
    everyone: list[Card],
    *,
    kind: str,
    data: dict[str, Json],
    sealed: dict[str, Json] | None,
    prev: bytes | None,
) -> SignedEntry:
    return seal_entry(
        keys("mentor"),
        author=everyone[0],
        partnership=PARTNERSHIP,
        entry=UUID(int=PARTNERSHIP.int + 1 + number),
        kind=kind,
        subject=UUID(int=PARTNERSHIP.int + number) if number else None,
        data=data,
        to=everyone,
        prev=prev,
        sealed=sealed,
    )


def entry_case(entry: SignedEntry, everyone: list[Card], sealed: object, *, prev: bytes | None, hashed: bytes) -> Case:
    return {
        "roots": [b64u(ROOTS["mentor"]), b64u(ROOTS["mentee"])],
        "cards": [b64u(card.body) for card in everyone],
        "header": b64u(entry.header),
        "ct": None if entry.ct is None else b64u(entry.ct),
        "sig": b64u(entry.sig),
        "sealed": sealed,
        "prev_hash": prev.hex() if prev else None,
        "hash": hashed.hex(),
    }


def join_cases() -> list[Case]:
    secret, joiner = bytes(range(16)), signed_card("mentee").card.hash
    proof = join_proof(secret, partnership=PARTNERSHIP, card_hash=joiner)
    return [{"secret": b64u(secret), "partnership": str(PARTNERSHIP), "card_hash": joiner, "proof": b64u(proof)}]


def code_cases() -> list[Case]:
    one, other = signed_card("mentor").card.hash, signed_card("mentee").card.hash
    return [{"cards": pair, "code": code(*pair)} for pair in ([one, other], [other, one], ["00" * 32, "ff" * 32])]


def keyring_cases() -> list[Case]:
    """A full one and an empty one. The object is what the sealed JSON says."""
    pin = Pin(signed=signed_card("mentee"), verified=True, seen=False)
    full = Keyring(
        version=7,
        pins={str(PEOPLE["mentee"]): (pin,)},
        partners={str(PARTNERSHIP): Partner(person=str(PEOPLE["mentee"]), verified=True)},
        secrets={str(PARTNERSHIP): bytes(range(16))},
        heads={str(PARTNERSHIP): Seen(seq=3, hash="ab" * 32)},
    )
    return [keyring_case(full), keyring_case(Keyring(version=1))]


def keyring_case(keyring: Keyring) -> Case:
    sealed = seal_keyring(keyring, keys("mentor"))
    says = strict_json(keys("mentor").open(sealed)[64:])
    return {"root": b64u(ROOTS["mentor"]), "version": keyring.version, "sealed": b64u(sealed), "keyring": says}


def refused_cases() -> list[Case]:
    """Signatures that some verifiers accept."""
    message, public, identity = b"a small step", keys("mentor").sign_public, (1).to_bytes(32, "little")
    sig = keys("mentor").sign(message)
    malleable = sig[:32] + (int.from_bytes(sig[32:], "little") + L).to_bytes(32, "little")
    cases = {
        "another message": (public, b"a large step", sig),
        "S not below L": (public, message, malleable),
        "a key of small order, which signs everything": (identity, message, identity + bytes(32)),
        "a key of small order, not canonical": ((P + 1).to_bytes(32, "little"), message, identity + bytes(32)),
        "the identity with its sign set": ((1 | 1 << 255).to_bytes(32, "little"), message, identity + bytes(32)),
        "an R of small order where the equation holds": (public, message, identity + small_r(message, public)),
        "63 bytes": (public, message, sig[:63]),
    }
    return [
        {"what": what, "public": b64u(key), "message": b64u(text), "sig": b64u(bad)}
        for what, (key, text, bad) in cases.items()
    ]


def small_r(message: bytes, public: bytes) -> bytes:
    """The S that fits an R of the identity: the challenge times the secret scalar."""
    seed = keys("mentor").sign_seed
    scalar = int.from_bytes(sha512(seed).digest()[:32], "little") & (2**254 - 8) | 2**254
    challenge = int.from_bytes(sha512((1).to_bytes(32, "little") + public + message).digest(), "little")
    return (challenge * scalar % L).to_bytes(32, "little")


def lasting() -> dict[str, object]:
    """What comes out the same every time."""
    return {
        "made_by": "python",
        "keys": [
            {"root": b64u(root), "sign_public": b64u(k.sign_public), "seal_recipient": k.seal_recipient}
            for root in (*ROOTS.values(), bytes(32), b"\xff" * 32)
            for k in [Keys(root)]
        ],
        "cards": [
            card_case(signed_card("mentor"), root="mentor"),
            card_case(signed_card("mentee"), root="mentee"),
            card_case(second_card(vouched=True), root="mentor again", previous="mentor"),
            card_case(second_card(vouched=False), root="mentor again", previous="mentor"),
        ],
        "padding": [
            {"length": length, "padded": padme(length)}
            for length in (0, 1, 2, 8, 9, 20, 33, 100, 255, 256, 257, 1000, 4095, 65_537, 262_143, 10**9)
        ],
        "joins": join_cases(),
        "codes": code_cases(),
        "words": [
            {"entropy": b64u(entropy), "phrase": new_phrase(entropy)}
            for entropy in (bytes(16), b"\xff" * 16, bytes(range(16)), sha256(b"words").digest()[:16])
        ],
        "refused": refused_cases(),
    }


def main() -> None:
    vectors = lasting() | {"wraps": wrap_cases(), "entries": entry_cases(), "keyrings": keyring_cases()}
    FILE.write_text(json.dumps(vectors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
