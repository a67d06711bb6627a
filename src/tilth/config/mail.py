"""How mail leaves: by SMTP where the host set one, otherwise as files in the data folder."""

from typing import Any
from urllib.parse import unquote

from tilth.config.environment import Misset, address_in

FILES = "tilth.notices.mail_files.MailFiles"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def mail_settings(smtp_url: str) -> dict[str, Any]:
    """Django's mail settings for smtp://user:password@host:587 (STARTTLS), smtps://…, or none."""
    if not smtp_url:
        return {"EMAIL_BACKEND": FILES}
    parts = address_in(smtp_url, "smtp", "smtps")
    if parts is None:
        raise Misset("TILTH_SMTP_URL must look like smtp://user:password@mail.example.org:587 or smtps://….")
    implicit = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit and parts.hostname not in ("localhost", "127.0.0.1"),
        "EMAIL_TIMEOUT": 20,
    }
