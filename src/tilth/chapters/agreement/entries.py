"""The kinds of the agreement: proposed, signed, withdrawn, declined."""

from collections.abc import Callable

from django.db.models import QuerySet

from tilth.chapters.agreement import data, rules, words
from tilth.chapters.agreement.models import Closing, Signature, Version
from tilth.ledger.kinds import Act, Kind, NoData, Notice, says
from tilth.ledger.registry import enter_into_force
from tilth.partnerships.terms import Terms


def _propose(act: Act) -> None:
    """A new proposal closes the one it answers and the author's own earlier one; one in force stays until both sign."""
    _close(_open_proposals(act).filter(by=act.member), act, Closing.REPLACED)
    if act.data.replaces:
        _close(_open_proposals(act).filter(id=act.data.replaces), act, Closing.REPLACED)
    version = Version.objects.create(
        id=act.entry, partnership=act.partnership, by=act.member, at=act.at, hash=act.hash.hex(),
        terms=act.data.terms.model_dump(mode="json"), replaces=act.data.replaces,
    )  # fmt: skip
    _add_signature(act, version)


def _sign(act: Act) -> None:
    version = Version.objects.get(partnership_id=act.partnership_id, id=act.about)
    _add_signature(act, version)
    signed = set(Signature.objects.filter(version=version).values_list("by_id", flat=True))
    if signed >= {seat.id for seat in act.member.here}:
        _bring_into_force(act, version)


def _bring_into_force(act: Act, version: Version) -> None:
    came = Version.objects.filter(partnership_id=act.partnership_id, in_force_at__isnull=False, until_at=None)
    came.update(until_at=act.at)
    _close(_open_proposals(act).exclude(id=version.id), act, Closing.OVERTAKEN)
    version.in_force_at = act.at
    version.save(update_fields=["in_force_at"])
    enter_into_force(act, Terms.model_validate(version.terms))


def _add_signature(act: Act, version: Version) -> None:
    Signature.objects.create(
        id=act.entry, partnership=act.partnership, version=version, by=act.member, at=act.at,
        sealed=act.sealed, success=act.sealed and act.data.success,
    )  # fmt: skip


def _withdraw(act: Act) -> None:
    _close(_open_proposals(act).filter(id=act.about), act, Closing.WITHDRAWN)


def _decline(act: Act) -> None:
    _close(_open_proposals(act).filter(id=act.about), act, Closing.DECLINED)


def _open_proposals(act: Act) -> QuerySet[Version]:
    return Version.objects.filter(partnership_id=act.partnership_id, closed_at=None, in_force_at=None)


def _close(versions: QuerySet[Version], act: Act, reason: Closing) -> None:
    versions.update(closed_at=act.at, closed_as=reason, closed_by=act.entry)


def _tell(text: str) -> Callable[[Act], Notice]:
    """Tell the other, with a way to the version it is about."""

    def notify(act: Act) -> Notice:
        version = act.subject or act.entry
        return Notice(to=act.member.others, words=text, url=f"/p/{act.partnership_id}/agreement/{version}/")

    return notify


KINDS = (
    Kind(
        name="agreement.proposed", data=data.Proposed, sealed=("note", *data.PROSE, "success"),
        rule=rules.may_propose, apply=_propose, words=words.proposed, erasure="keeps",
        notify=_tell("proposes how you could work together"),
    ),
    Kind(
        name="agreement.signed", data=data.Signed, sealed=("note", "success"),
        rule=rules.may_sign, apply=_sign, words=words.signed, erasure="keeps",
        notify=_tell("signed your proposal; the agreement is in force"),
    ),
    Kind(
        name="agreement.withdrawn", data=NoData, sealed=(),
        rule=rules.may_withdraw, apply=_withdraw, words=says("withdrew a proposal for the agreement"),
        erasure="withdraws",
        notify=_tell("withdrew a proposal for the agreement"),
    ),
    Kind(
        name="agreement.declined", data=NoData, sealed=("words",),
        rule=rules.may_decline, apply=_decline, words=words.declined, erasure="keeps",
        notify=_tell("would rather not sign this proposal as it is"),
    ),
)  # fmt: skip
