"""Wraps of a person's root, and their keyring: bytes that only their browser can open."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tilth.accounts.cards import current_card
from tilth.accounts.models import Card, Keyring, Person, Wrap
from tilth.accounts.refused import Refused
from tilth.protocol.age_header import stanzas
from tilth.protocol.encoding import b64u

MOST_WRAPS = 20
AGE_START = b"age-encryption.org/v1\n-> "
STANZAS = {"phrase": b"scrypt", "passkey": b"X25519"}  # X25519 to a key derived from the passkey


@dataclass(frozen=True, kw_only=True)
class NewWrap:
    """A wrap as a browser hands it in; `id` is of its making, so that sending twice keeps one."""

    id: UUID
    kind: str
    age: bytes
    credential_id: bytes | None
    prf_salt: bytes | None
    label: str


@dataclass(frozen=True, kw_only=True)
class NewKeyring:
    """A keyring to be kept in place of version `replaces` (0: none yet), as version `becomes`.

    The browser says which version it becomes: after a restored backup it goes on from the newest that it ever saw.
    """

    replaces: int
    becomes: int
    sealed: bytes


def wraps_of(card: Card) -> QuerySet[Wrap]:
    return Wrap.objects.filter(card=card).order_by("at", "id")


def keep_wrap(person: Person, new: NewWrap) -> tuple[Wrap, bool]:
    """Keeps a wrap of the current card's root, and says whether it is new; raises Refused and keeps nothing."""
    _check_shape(new)
    with transaction.atomic():
        card = _card_of(person)
        known = Wrap.objects.filter(pk=new.id).first()
        if known:
            return _the_same(known, new, person), False
        if wraps_of(card).count() >= MOST_WRAPS:
            raise Refused("too_many_wraps", f"More than {MOST_WRAPS} ways to unlock cannot be kept. Remove one first.")
        wrap = Wrap(person=person, card=card, **vars(new))
        wrap.save(force_insert=True)
    return wrap, True


def drop_wrap(person: Person, wrap_id: UUID) -> None:
    """Deletes one way to unlock; the last one stays, for without it the keys could not be opened anywhere else."""
    with transaction.atomic():
        wrap = wraps_of(_card_of(person)).filter(pk=wrap_id).first()
        if wrap is None:
            raise Refused("unknown_wrap", "There is no such way to unlock.", status=404)
        _drop(wrap)


def drop_wraps_of_passkey(person: Person, credential_id: bytes) -> None:
    """Deletes what this passkey unlocks, for every card; refused where nothing else would unlock the current one."""
    unlocked = Wrap.objects.filter(person=person, credential_id=credential_id)
    for wrap in unlocked.filter(card=current_card(person)):
        _drop(wrap)
    unlocked.delete()  # of earlier cards, which nobody unlocks any more


def _drop(wrap: Wrap) -> None:
    """One at a time for each person, so that two devices don't each take away what the other leaves."""
    Person.objects.select_for_update().get(pk=wrap.person_id)
    others = wraps_of(wrap.card).exclude(pk=wrap.pk)
    if not others.exists():
        raise Refused("last_wrap", "This is the only way to unlock your keys. Add another one first.", status=409)
    wrap.delete()


def keep_keyring(person: Person, new: NewKeyring) -> Keyring:
    """Puts a keyring in place of the one that it replaces. Raises Refused with the current one where it is another."""
    _card_of(person)
    if new.becomes <= new.replaces:
        raise Refused("bad_field", "“becomes” should be a newer version.", status=400, field="becomes")
    mine = Keyring.objects.filter(person=person)
    if new.replaces == 0:
        _first_keyring(person, new)
    else:
        mine.filter(version=new.replaces).update(version=new.becomes, sealed=new.sealed)
    now = mine.first()
    if now and now.version == new.becomes and bytes(now.sealed) == new.sealed:
        return now
    current = keyring_json(now)
    raise Refused("stale_keyring", "Another device was faster. Try again.", status=409, current=current)


def _first_keyring(person: Person, new: NewKeyring) -> None:
    try:
        with transaction.atomic():
            Keyring.objects.create(person=person, version=new.becomes, sealed=new.sealed)
    except IntegrityError:
        return  # there is one already; the caller compares


def _card_of(person: Person) -> Card:
    card = current_card(person)
    if card is None:
        raise Refused("no_card", "You have no keys yet. Make them first.", status=409)
    return card


def _the_same(known: Wrap, new: NewWrap, person: Person) -> Wrap:
    if known.person_id == person.pk and bytes(known.age) == new.age:
        return known
    raise Refused("wrap_id_used", "This id is taken. Try again.", status=409, field="id")


def _check_shape(new: NewWrap) -> None:
    if new.kind not in Wrap.Kind.values:
        raise Refused("bad_kind", "Keys are unlocked by key phrase or passkey only.", status=400, field="kind")
    of_passkey = new.kind == Wrap.Kind.PASSKEY
    if of_passkey != (new.credential_id is not None) or of_passkey != (new.prf_salt is not None):
        raise Refused("bad_field", "A passkey comes with its id and salt, a key phrase without.", status=400)
    types = [line.partition(b" ")[0] for line in stanzas(new.age)]
    if not new.age.startswith(AGE_START) or types != [STANZAS[new.kind]]:
        raise Refused("bad_wrap", "This is not a key wrapped as it should be.", status=400, field="age")


def wrap_json(wrap: Wrap) -> dict[str, str | None]:
    return {
        "id": str(wrap.pk),
        "kind": wrap.kind,
        "age": b64u(bytes(wrap.age)),
        "credential_id": _b64u_or_none(wrap.credential_id),
        "prf_salt": _b64u_or_none(wrap.prf_salt),
        "label": wrap.label,
    }


def keyring_json(keyring: Keyring | None) -> dict[str, int | str] | None:
    return {"version": keyring.version, "sealed": b64u(bytes(keyring.sealed))} if keyring else None


def _b64u_or_none(data: "bytes | memoryview[int] | None") -> str | None:
    return None if data is None else b64u(bytes(data))
