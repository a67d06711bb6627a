"""What a host can set, each read once from the environment. docs/hosts/settings.md says what each is for."""

import os
import secrets
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from environs import Env, EnvError, validate

KNOWN = frozenset(
    {
        "TILTH_ALLOWED_HOSTS",
        "TILTH_DATA",
        "TILTH_DATABASE_URL",
        "TILTH_MAIL_FROM",
        "TILTH_SECRET_KEY",
        "TILTH_SIGN_UP",
        "TILTH_SMTP_URL",
        "TILTH_SOURCE_URL",
        "TILTH_TRUSTED_PROXIES",
        "TILTH_URL",
    }
)


class Misset(Exception):
    """A setting, or something asked for, that Tilth cannot start with; its text is one sentence for the host."""


class Environment:
    """The settings as they are in `os.environ` now; raises Misset for one that is unknown or makes no sense."""

    def __init__(self) -> None:
        unknown = sorted(name for name in os.environ if name.startswith("TILTH_") and name not in KNOWN)
        if unknown:
            raise Misset(f"Unknown setting {unknown[0]}. Known ones: {', '.join(sorted(KNOWN))}.")
        try:
            self._read(Env(prefix="TILTH_"))
        except EnvError as error:
            raise Misset(f"{str(error).rstrip('.')}.") from error

    def _read(self, env: Env) -> None:
        self.data = Path(env.str("DATA", "tilth-data")).expanduser().resolve()
        self.url = _web_address(env.str("URL", "http://localhost:8000"))
        self.hosts: list[str] = env.list("ALLOWED_HOSTS", [self.host, "localhost", "127.0.0.1", "[::1]"])
        self.database_url = env.str("DATABASE_URL", f"sqlite:///{self.data / 'tilth.sqlite3'}")
        self.smtp_url = env.str("SMTP_URL", "")
        self.mail_from = env.str("MAIL_FROM", f"Tilth <tilth@{self.host}>")
        self.source_url = _source_address(env.str("SOURCE_URL", ""))
        self.sign_up = env.str("SIGN_UP", "invited", validate=validate.OneOf(["open", "invited"]))
        self.trusted_proxies: int = env.int("TRUSTED_PROXIES", 0, validate=validate.Range(min=0, max=5))
        self.secret_key = env.str("SECRET_KEY", "") or _kept_key(self.data)

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or "localhost"

    @property
    def https(self) -> bool:
        return self.url.startswith("https://")


def secret_key_file(data: Path) -> Path:
    return data / "secret-key"


def _kept_key(data: Path) -> str:
    """The key that `tilth` made in the data folder; outside the command, where there is none, one for this process."""
    try:
        return secret_key_file(data).read_text().strip()
    except OSError:
        return secrets.token_urlsafe(48)


def address_in(text: str, *schemes: str) -> SplitResult | None:
    """The parts of an address with a host and one of these schemes; None for what is no such address."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # looked at only when asked for
    except ValueError:
        return None
    return parts if parts.scheme in schemes and parts.hostname else None


def _web_address(text: str) -> str:
    parts = address_in(text, "http", "https")
    if parts is None or parts.path.strip("/") or parts.query:
        raise Misset(f"TILTH_URL must look like https://tilth.example.org, and not like {text!r}.")
    return text.rstrip("/")


def _source_address(text: str) -> str:
    if text and address_in(text, "http", "https") is None:
        raise Misset(f"TILTH_SOURCE_URL must be an address such as https://example.org/tilth, and not {text!r}.")
    return text
