"""The versions of an agreement, and who signed them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from tilth.chapters.agreement.models import Signature, Version
from tilth.ledger.addresses import Place
from tilth.ledger.models import Entry
from tilth.partnerships.memo import once_a_page
from tilth.partnerships.models import Member

ON_A_PAGE = 20


@once_a_page
def current_versions(members: Sequence[Member]) -> list[Signature]:
    """The signatures under what can be signed or is in force, in all these members' partnerships, oldest first."""
    places = {member.partnership_id: member for member in members}
    signatures = Signature.objects.select_related("version__by__person").filter(
        partnership__in=list(places), version__closed_at=None, version__until_at=None
    )
    return [
        signature
        for signature in signatures.order_by("at", "id")
        if signature.version.is_in_force or waits(places[signature.partnership_id], signature.version)
    ]


def waits(member: Member, version: Version) -> bool:
    """Whether a version can still be signed: after the end of a partnership nobody is asked to."""
    return version.is_open and member.partnership.ended_at is None


def versions(member: Member, *, before: Place | None = None) -> list[Version]:
    """A page of what was ever proposed, newest first, with its signatures, and whether something was agreed on before;
    one more than a page where there is more."""
    agreed = Version.objects.filter(partnership=OuterRef("partnership"), in_force_at__lt=OuterRef("at"))
    found = _with_signatures(member).annotate(**{"amends": Exists(agreed)}).order_by("-at", "-id")
    if before:
        found = found.filter(Q(at__lt=before[0]) | Q(at=before[0], id__lt=before[1]))
    return list(found[: ON_A_PAGE + 1])


def closed_versions(member: Member) -> list[Version]:
    """The newest of what was proposed and can no longer be signed, and never came into force."""
    closed = Version.objects.filter(partnership_id=member.partnership_id, closed_at__isnull=False)
    return list(closed.order_by("-at", "-id")[:ON_A_PAGE])


def has_words(entry: UUID) -> bool:
    """Whether anything was sealed with an entry."""
    return Entry.objects.filter(id=entry, ct__isnull=False).exists()


def version_or_404(member: Member, version_id: UUID) -> Version:
    return versions_or_404(member, version_id)[0]


def versions_or_404(member: Member, *ids: UUID) -> list[Version]:
    """These versions, in this order."""
    found = {version.id: version for version in _with_signatures(member).filter(id__in=ids)}
    if not set(ids) <= set(found):
        raise Http404("No such version.")
    return [found[version_id] for version_id in ids]


def version_or_none(member: Member, version_id: UUID | None) -> Version | None:
    """A version to compare with, without its signatures."""
    mine = Version.objects.filter(partnership_id=member.partnership_id)
    return mine.filter(id=version_id).first() if version_id else None


def successes(member: Member, version: Version) -> dict[UUID, Signature]:
    """Each member's own definition of success as it stands with this version, by member id.

    It is the one sealed with the version's own signature, or, where that brought none, the newest one before it
    that came into force.
    """
    told = Signature.objects.select_related("version").filter(partnership_id=member.partnership_id, success=True)
    came = told.filter(Q(version=version) | Q(version__in_force_at__isnull=False), at__lte=_latest(version))
    return {signature.by_id: signature for signature in came.order_by("at", "id")}


def has_told_success(member: Member) -> bool:
    """Whether the agreement in force shows a definition of this member's."""
    told = Signature.objects.filter(partnership_id=member.partnership_id, by=member, success=True)
    return told.filter(version__in_force_at__isnull=False).exists()


def own_success(member: Member) -> Signature | None:
    """The member's newest definition of success, to begin from."""
    told = Signature.objects.filter(partnership_id=member.partnership_id, by=member, success=True)
    return told.select_related("version").exclude(version__closed_as="withdrawn").order_by("-at", "-id").first()


def _latest(version: Version) -> datetime:
    return max((signature.at for signature in version.signatures.all()), default=version.at)


def _with_signatures(member: Member) -> QuerySet[Version]:
    mine = Version.objects.filter(partnership_id=member.partnership_id)
    return mine.prefetch_related("signatures")
