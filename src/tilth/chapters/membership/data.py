"""Public data of the membership kinds."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from tilth.ledger.kinds import Data
from tilth.partnerships.terms import Day

RoleName = Literal["mentor", "mentee", "peer"]
OPPOSITE: dict[str, RoleName] = {"mentor": "mentee", "mentee": "mentor", "peer": "peer"}


class Opened(Data):
    role: RoleName


class Invited(Data):
    role: RoleName
    by: Literal["link", "mail"]
    expires: AwareDatetime


class Joined(Data):
    invitation: UUID
    proof: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]{43}$")


class Paused(Data):
    back_on: Day | None = None


class Rekeyed(Data):
    previous: str = Field(pattern=r"^[0-9a-f]{64}$")
