"""Public data of the agreement's kinds."""

from uuid import UUID

from pydantic import Field

from tilth.ledger.kinds import Data
from tilth.partnerships.terms import Terms

PROSE = ("channels", "off_limits", "between_us", "who_knows", "meetings", "time", "confidences")
"""The sealed passages that both members share; `success` is each one's own."""


class Proposed(Data):
    """`replaces`: the proposal this one answers, or the agreement it amends. `success`: whether the author's own
    definition of success is among the sealed fields."""

    terms: Terms
    replaces: UUID | None = None
    success: bool = True


class Signed(Data):
    """`hash`: the entry hash of the proposal as the signer's browser verified it, so that the signature covers every
    byte of it. `success`: whether the signer's own definition is sealed with it; without one, the earlier one holds."""

    hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    success: bool = True
