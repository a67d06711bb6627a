"""Six-character sign-in codes: made, kept as a keyed hash for a short while, given few tries, used once."""

import enum
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from tilth.accounts.models import PendingCode
from tilth.accounts.models.people import tidy_address
from tilth.protocol import clock

ALPHABET = "ACDEFGHJKMNPQRTUVWXYZ234679"  # no characters that look like another
LENGTH = 6
LIFETIME = timedelta(minutes=15)
TRIES = 5


class Answer(enum.Enum):
    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # used, too old, or tried too often: a new one is needed


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What became of a typed code, and for whom it was."""

    answer: Answer
    email: str = ""


def make_code(email: str) -> tuple[UUID, str]:
    """A new code for this address: the id under which it waits, and the code itself, to be mailed."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    pending = PendingCode(email=tidy_address(email), tries_left=TRIES, expires_at=clock.now() + LIFETIME)
    pending.digest = _digest(pending.pk, code)
    pending.save(force_insert=True)
    return pending.pk, code


def check_code(pending_id: UUID, typed: str) -> Checked:
    """Spends one try on this code. A right answer can be given once only."""
    waiting = PendingCode.objects.filter(pk=pending_id)
    if not waiting.filter(expires_at__gt=clock.now(), tries_left__gt=0).update(tries_left=F("tries_left") - 1):
        return Checked(answer=Answer.SPENT)
    pending = waiting.first()
    if pending is None:
        return Checked(answer=Answer.SPENT)
    if not constant_time_compare(bytes(pending.digest), _digest(pending_id, tidy_code(typed))):
        return Checked(answer=Answer.WRONG if pending.tries_left else Answer.SPENT)
    used, _ = waiting.delete()
    return Checked(answer=Answer.RIGHT if used else Answer.SPENT, email=pending.email)


def tidy_code(typed: str) -> str:
    """The code as it was made, however it was typed: small letters, spaces and hyphens do no harm."""
    return "".join(character for character in typed.upper() if character.isalnum())


def _digest(pending_id: UUID, code: str) -> bytes:
    return salted_hmac("tilth.accounts.codes", f"{pending_id}:{code}", algorithm="sha256").digest()
