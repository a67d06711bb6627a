"""How the door says no: the same way as the rest of the house."""

from tilth.accounts.refused import Refused

__all__ = ["Refused"]
