"""The keyring: a person's own note of the cards they accepted and the newest entry they saw, sealed to themselves.

Signed too: the server knows the seal key's public half and could seal a keyring of its own making, but not sign it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from tilth.protocol import fields
from tilth.protocol.cards import SignedCard
from tilth.protocol.encoding import Json, b64u, compact_json, strict_json, unb64u
from tilth.protocol.errors import ProtocolError
from tilth.protocol.keys import Keys, seal_to
from tilth.protocol.signatures import is_signed

_SIGNATURE = 64


@dataclass(frozen=True, kw_only=True)
class Pin:
    """One accepted card; `verified`: its code was compared; `seen`: the person was told where it replaced another."""

    signed: SignedCard
    verified: bool
    seen: bool = True


@dataclass(frozen=True, kw_only=True)
class Partner:
    """With whom a partnership is shared; `verified`: the two compared codes there, or met there by a link."""

    person: str
    verified: bool


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The newest entry that this person saw of a partnership; `hash` in 64 hex digits."""

    seq: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Keyring:
    """`pins` by person, oldest first; `secrets` by invitation; `partners`, `heads` by partnership; all ids as text."""

    version: int
    pins: Mapping[str, tuple[Pin, ...]] = field(default_factory=dict)
    partners: Mapping[str, Partner] = field(default_factory=dict)
    secrets: Mapping[str, bytes] = field(default_factory=dict)
    heads: Mapping[str, Seen] = field(default_factory=dict)

    def pin_in(self, partnership: str, card_hash: str) -> Pin | None:
        """The pin of a card, if it is the other one's in this partnership; `verified` where that was done there."""
        partner = self.partners.get(partnership)
        if partner is None:
            return None
        pins = (pin for pin in self.pins.get(partner.person, ()) if pin.signed.card.hash == card_hash)
        return next((replace(pin, verified=pin.verified and partner.verified) for pin in pins), None)


def seal_keyring(keyring: Keyring, keys: Keys) -> bytes:
    """An age file of signature ‖ JSON to the person's own seal key."""
    body = compact_json(
        {
            "v": fields.VERSION,
            "version": keyring.version,
            "pins": {person: [_pin_fields(pin) for pin in pins] for person, pins in keyring.pins.items()},
            "partners": {
                partnership: {"person": partner.person, "verified": partner.verified}
                for partnership, partner in keyring.partners.items()
            },
            "secrets": {invitation: b64u(secret) for invitation, secret in keyring.secrets.items()},
            "heads": {partnership: {"seq": seen.seq, "hash": seen.hash} for partnership, seen in keyring.heads.items()},
        }
    )
    return seal_to(keys.sign(_signed_message(body)) + body, [keys.seal_recipient])


def open_keyring(sealed: bytes, keys: Keys, *, version: int) -> Keyring:
    """The keyring, if these keys sealed and signed it as `version`; else ProtocolError."""
    plain = keys.open(sealed)
    sig, body = plain[:_SIGNATURE], plain[_SIGNATURE:]
    if not is_signed(_signed_message(body), sig=sig, public=keys.sign_public):
        raise ProtocolError("bad_signature", "The list of accepted keys is not signed by its owner.")
    try:
        keyring = _read(strict_json(body))
    except (KeyError, AttributeError, TypeError) as error:
        raise ProtocolError("bad_keyring", "The list of accepted keys cannot be read.") from error
    if keyring.version != version:
        raise ProtocolError("wrong_version", "The list of accepted keys is another one than was said.")
    return keyring


def _read(found: dict[str, Json]) -> Keyring:
    fields.check_keys(found, frozenset({"v", "version", "pins", "partners", "secrets", "heads"}))
    return Keyring(
        version=fields.whole(found, "version", least=1),
        pins={person: tuple(map(_read_pin, _list(pins))) for person, pins in _object(found["pins"]).items()},
        partners={partnership: _read_partner(_object(it)) for partnership, it in _object(found["partners"]).items()},
        secrets={name: fields.binary(_object(found["secrets"]), name, size=16) for name in _object(found["secrets"])},
        heads={partnership: _read_seen(_object(seen)) for partnership, seen in _object(found["heads"]).items()},
    )


def _pin_fields(pin: Pin) -> dict[str, object]:
    signed = pin.signed
    previous = None if signed.previous_sig is None else b64u(signed.previous_sig)
    card = {"card": b64u(signed.body), "sig": b64u(signed.sig), "previous_sig": previous}
    return {"signed": card, "verified": pin.verified, "seen": pin.seen}


def _read_pin(value: Json) -> Pin:
    pin = _object(value)
    signed = _object(pin["signed"])
    previous = None if signed["previous_sig"] is None else unb64u(fields.text(signed, "previous_sig"))
    card = SignedCard(
        body=unb64u(fields.text(signed, "card")), sig=unb64u(fields.text(signed, "sig")), previous_sig=previous
    )
    return Pin(signed=card, verified=pin["verified"] is True, seen=pin["seen"] is True)


def _read_partner(value: dict[str, Json]) -> Partner:
    return Partner(person=fields.text(value, "person"), verified=value["verified"] is True)


def _read_seen(value: dict[str, Json]) -> Seen:
    return Seen(seq=fields.whole(value, "seq", least=1), hash=fields.hash_text(value, "hash"))


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _signed_message(body: bytes) -> bytes:
    return b"tilth/v1/keyring\0" + sha256(body).digest()
