"""The letter that brings an invitation. It says who invites and where to answer, and nothing else."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail

from tilth.accounts.limits import Rate
from tilth.design.dates import calendar_day
from tilth.partnerships.models import Invitation
from tilth.protocol import clock

LETTERS = Rate(name="invitations by mail", most=10, window=timedelta(days=1))


def send_invitation(address: str, invitation: Invitation) -> None:
    """Raises OSError (SMTP errors are among them) where it could not be handed over."""
    inviter = invitation.by.person
    zone = ZoneInfo(inviter.zone)
    last = calendar_day(invitation.expires_at.astimezone(zone).date(), clock.now().astimezone(zone).date())
    words = (
        f"{inviter} invites you to a mentoring partnership in Tilth, a private place for two.\n\n"
        f"Read about it, and accept or decline:\n{settings.SITE_URL}/join/{invitation.id}\n\n"
        f"The invitation is open until {last}. If you do not know {inviter}, do nothing.\n"
    )
    send_mail(f"{inviter} invites you", words, None, [address])
