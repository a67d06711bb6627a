"""Cards: a person's public keys, signed by themselves, and by the keys before where those still exist."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

import pyrage

from tilth.protocol import fields
from tilth.protocol.encoding import b64u, compact_json, strict_json
from tilth.protocol.errors import ProtocolError
from tilth.protocol.keys import Keys
from tilth.protocol.signatures import is_signed, is_sound_point

LARGEST_CARD = 2048
_KEYS = frozenset({"v", "instance", "person", "generation", "sign", "seal", "previous"})


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a card says. `hash` (64 hex digits) names the person inside the protocol; `previous` is such a hash."""

    body: bytes
    instance: str
    person: UUID
    generation: int
    sign: bytes
    seal: str
    previous: str | None
    hash: str


@dataclass(frozen=True, kw_only=True)
class SignedCard:
    body: bytes
    sig: bytes
    previous_sig: bytes | None = None

    @property
    def card(self) -> Card:
        return read_card(self.body)


def card_hash(body: bytes) -> str:
    return sha256(body).hexdigest()


def make_card(
    keys: Keys, *, instance: str, person: UUID, previous: Card | None = None, previous_keys: Keys | None = None
) -> SignedCard:
    """A person's first card, or the one after `previous`, then signed by `previous_keys` too where they exist."""
    body = compact_json(
        {
            "v": fields.VERSION,
            "instance": instance,
            "person": str(person),
            "generation": previous.generation + 1 if previous else 1,
            "sign": b64u(keys.sign_public),
            "seal": keys.seal_recipient,
            "previous": previous.hash if previous else None,
        }
    )
    message = _signed_message(body)
    vouched = previous_keys.sign(message) if previous_keys else None
    return SignedCard(body=body, sig=keys.sign(message), previous_sig=vouched)


@lru_cache(maxsize=4096)  # the same few are read with every entry
def read_card(body: bytes) -> Card:
    """Parse strictly; ProtocolError names the field at fault. Signatures are for `check_card`."""
    if len(body) > LARGEST_CARD:
        raise ProtocolError("too_large", "This card is too large.")
    found = strict_json(body)
    fields.check_keys(found, _KEYS)
    card = Card(
        body=body,
        instance=str(fields.uuid(found, "instance")),
        person=fields.uuid(found, "person"),
        generation=fields.whole(found, "generation", least=1),
        sign=fields.binary(found, "sign", size=32),
        seal=_recipient(fields.text(found, "seal")),
        previous=fields.hash_or_null(found, "previous"),
        hash=card_hash(body),
    )
    if not is_sound_point(card.sign):
        raise fields.bad_field("sign", "should be a sound Ed25519 key")
    if (card.generation == 1) != (card.previous is None):
        raise fields.bad_field("previous", "should name the card before, and be null in a first card")
    return card


def check_card(body: bytes, sig: bytes, previous_sig: bytes | None = None, previous_card: Card | None = None) -> Card:
    """The card, if it is signed by itself and follows `previous_card` (None for the first).

    A `previous_sig` must hold where there is one; whether its absence is acceptable is for the caller to say.
    """
    card = read_card(body)
    message = _signed_message(body)
    if not is_signed(message, sig=sig, public=card.sign):
        raise ProtocolError("bad_signature", "The card is not signed by its own key.")
    if previous_card is None:
        if card.previous is not None or previous_sig is not None:
            raise ProtocolError("wrong_previous", "The card before this one is not known.")
        return card
    if not _follows(card, previous_card):
        raise ProtocolError("wrong_previous", "This card does not follow the one before it.")
    if previous_sig is not None and not is_signed(message, sig=previous_sig, public=previous_card.sign):
        raise ProtocolError("bad_signature", "The card is not signed by the key before it.")
    return card


def _follows(card: Card, before: Card) -> bool:
    return (card.previous, card.generation, card.person, card.instance) == (
        before.hash,
        before.generation + 1,
        before.person,
        before.instance,
    )


def _signed_message(body: bytes) -> bytes:
    return b"tilth/v1/card\0" + sha256(body).digest()


def _recipient(text: str) -> str:
    try:
        known = str(pyrage.x25519.Recipient.from_str(text))
    except pyrage.RecipientError:
        known = None
    if known != text:
        raise fields.bad_field("seal", "should be an age recipient in lower case")
    return text
