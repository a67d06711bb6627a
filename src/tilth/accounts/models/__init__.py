"""Tables of the people floor."""

from tilth.accounts.models.keys import Card, Keyring, Wrap
from tilth.accounts.models.people import Instance, Person
from tilth.accounts.models.signing_in import Limit, Link, Passkey, PendingCode, Session

__all__ = ["Card", "Instance", "Keyring", "Limit", "Link", "Passkey", "PendingCode", "Person", "Session", "Wrap"]
