"""Mail without a mail server: each message becomes a file in the data folder."""

import os
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from tilth.protocol import clock


class MailFiles(BaseEmailBackend):
    """Writes DATA/mail/<time>-<random>.eml, whole or not at all, for the host's eyes only."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.DATA / "mail"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message.message().as_bytes())
        return len(email_messages)


def _write(folder: Path, content: bytes) -> None:
    name = f"{clock.now():%Y%m%dT%H%M%S.%f}-{token_hex(3)}"
    making = folder / f".{name}"
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    making.rename(folder / f"{name}.eml")
