"""The few mails that are about the account itself: a code, no account here, new keys. Never about a partnership."""

import sys
from contextlib import suppress

from django.conf import settings
from django.core.mail import send_mail

from tilth.accounts.codes import LIFETIME
from tilth.accounts.models import Person


class NotSent(Exception):
    """The mail server did not take the mail."""


_MINUTES = int(LIFETIME.total_seconds() // 60)


def mail_stays_here() -> bool:
    """Whether no mail leaves this machine: there is no mail server in the settings, so codes go to the terminal too."""
    return not settings.EMAIL_BACKEND.startswith("django.core.mail.backends.smtp")


def send_code(email: str, code: str) -> None:
    spaced = f"{code[:3]} {code[3:]}"
    if mail_stays_here():
        sys.stderr.write(f"Sign-in code for {email}: {spaced}\n")
        sys.stderr.flush()
    _send(
        email,
        "Your sign-in code",
        f"Your code for signing in to Tilth at {settings.SITE_URL} is\n\n    {spaced}\n\n"
        f"It is good for {_MINUTES} minutes, in the browser you asked from.\n\n"
        "If you did not ask for it, you need do nothing. Nobody gets in without the code.",
    )


def send_no_account(email: str) -> None:
    _send(
        email,
        "Signing in to Tilth",
        f"Somebody, perhaps you, asked to sign in to Tilth at {settings.SITE_URL} with this address. "
        "There is no account with it.\n\n"
        "If you have an account, it goes by another address of yours. If you were invited, open the link in your "
        "invitation first and sign in from there.\n\nIf it was not you, you need do nothing.",
    )


def tell_of_new_keys(person: Person) -> None:
    """Tells, where it can: the keys are kept by then, and a mail server that is down does not undo them."""
    with suppress(NotSent):
        _send(
            person.email,
            "New keys were made for your account",
            f"New keys were made for your account at {settings.SITE_URL}. Your partners are told, and asked to compare "
            "codes with you.\n\n"
            "If it was not you, sign in, sign out every other device under “You”, and tell your partners.",
        )


def _send(email: str, subject: str, words: str) -> None:
    try:
        send_mail(subject, words + "\n", None, [email])
    except OSError as error:  # SMTP errors are among them
        raise NotSent from error
