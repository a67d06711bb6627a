"""The letter that brings an invitation. It says who invites and where to answer, and nothing else."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail

from tilth.accounts.limits import Rate
from tilth.partnerships.models import Invitation

LETTERS = Rate(name="invitations by mail", most=10, window=timedelta(days=1))


def send_invitation(address: str, invitation: Invitation) -> None:
    """Raises OSError (SMTP errors are among them) where it could not be handed over."""
    inviter = invitation.by.person
    words = (
        f"{inviter} invites you to a mentoring partnership in Tilth, a private place for two.\n\n"
        f"Read about it, and accept or decline:\n{settings.SITE_URL}/join/{invitation.id}\n\n"
        f"The invitation is open until {invitation.expires_at:%d %B %Y}. If you do not know {inviter}, do nothing.\n"
    )
    send_mail(f"{inviter} invites you", words, None, [address])
