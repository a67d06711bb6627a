"""The door hands notices over here, inside its own transaction."""

from tilth.accounts.writing import insert
from tilth.ledger.kinds import Act, Notice
from tilth.notices.models import Letter


def queue(act: Act, notice: Notice) -> None:
    """One letter for each person to be told. When it may go is decided by the sweep, when it is time."""
    for member in notice.to:
        insert(
            Letter,
            entry=act.entry,
            partnership_id=act.partnership_id,
            person_id=member.person_id,
            actor_id=act.member.person_id,
            words=notice.words,
            url=notice.url,
            urgent=notice.urgent,
            queued_at=act.at,
            next_due=act.at,
        )
