"""Who may propose, sign, withdraw and decline, and when."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tilth.accounts.refused import Refused
from tilth.chapters.agreement.models import Closing, Signature, Version
from tilth.ledger.kinds import Act
from tilth.partnerships.models import Member, Partnership
from tilth.partnerships.terms import Terms

WHY_CLOSED = {
    Closing.REPLACED: (
        "A newer proposal has taken the place of this one.",
        " Read that one, and sign it if it suits you.",
    ),
    Closing.OVERTAKEN: ("Another agreement was signed in the meantime.", " You can propose a change to it."),
    Closing.WITHDRAWN: ("This proposal was withdrawn.", ""),
    Closing.DECLINED: ("This proposal was not taken up.", " You can propose another one."),
}


def why_closed(closing: Closing, partnership: Partnership) -> str:
    """Why nothing can be done with a version any more, and while the partnership goes on, what can be done instead."""
    why, instead = WHY_CLOSED[closing]
    return why if partnership.ended_at else why + instead


def may_propose(act: Act) -> None:
    """Both must be there, the terms must concern exactly them and lie ahead, and nobody has two proposals open."""
    _no_subject(act)
    if not act.sealed:
        raise Refused("empty", "Write at least a few words: an agreement is more than its numbers.", field="sealed")
    _concerns_both(act, act.data.terms)
    _lies_ahead(act.member, act.data.terms, act.at)
    if act.data.replaces is None:
        _starts_fresh(act)
    else:
        _follows(act)


def _starts_fresh(act: Act) -> None:
    mine = own_open_proposal(act)
    if mine is not None:
        raise Refused("already_open", "You have a proposal open already. Change that one, or withdraw it first.")
    if agreement_in_force(act) is not None:
        raise Refused("must_replace", "You have an agreement by now. Propose a change to it instead.")


def _follows(act: Act) -> None:
    before = Version.objects.filter(partnership_id=act.partnership_id, id=act.data.replaces).first()
    if before is None:
        raise Refused("no_such_proposal", "What this proposal would replace is not in your partnership.", status=404)
    if not (before.is_open or before.is_in_force):
        raise Refused("replaces_closed", _why_not_open(before), status=409)
    mine = own_open_proposal(act)
    if before.is_in_force and mine is not None:
        raise Refused("already_open", "You have a proposal open already. Change that one, or withdraw it first.")


def may_sign(act: Act) -> None:
    """Only what is open, only once, and only the very bytes that were proposed."""
    version = _named(act)
    if Signature.objects.filter(version=version, by=act.member).exists():
        raise Refused("already_signed", "You have signed this already.", status=409)
    _is_open(version)
    if act.data.hash != version.hash:
        raise Refused("other_text", "What you were about to sign is not what was proposed. Reload and read it again.")
    terms = Terms.model_validate(version.terms)
    _concerns_both(act, terms)
    _lies_ahead(act.member, terms, act.at)


def may_withdraw(act: Act) -> None:
    version = _named(act)
    if version.by_id != act.member.id:
        raise Refused("not_yours", "Only the one who proposed it can withdraw it.", status=403)
    _is_open(version)


def may_decline(act: Act) -> None:
    version = _named(act)
    if version.by_id == act.member.id:
        raise Refused("your_own", "This proposal is your own. You can withdraw it.")
    _is_open(version)


def own_open_proposal(act: Act) -> Version | None:
    open_ones = Version.objects.filter(partnership_id=act.partnership_id, closed_at=None, in_force_at=None)
    return open_ones.filter(by=act.member).first()


def agreement_in_force(act: Act) -> Version | None:
    came = Version.objects.filter(partnership_id=act.partnership_id, in_force_at__isnull=False)
    return came.filter(until_at=None).first()


def _named(act: Act) -> Version:
    version = Version.objects.filter(partnership_id=act.partnership_id, id=act.about).first()
    if version is None:
        raise Refused("no_such_proposal", "There is no such proposal in your partnership.", status=404)
    return version


def _no_subject(act: Act) -> None:
    if act.subject is not None:
        raise Refused("wrong_subject", "A proposal names what it replaces in its own field.", status=400)


def _is_open(version: Version) -> None:
    if not version.is_open:
        raise Refused(f"proposal_{version.closed_as or 'in_force'}", _why_not_open(version), status=409)


def _why_not_open(version: Version) -> str:
    if version.closed_as:
        return why_closed(Closing(version.closed_as), version.partnership)
    return "You have both signed this one." if version.is_in_force else "A later agreement has taken its place."


def _concerns_both(act: Act, terms: Terms) -> None:
    if set(terms.members) != {seat.person_id for seat in act.member.here}:
        raise Refused("wrong_members", "The terms are about the two of you, no more and no fewer.")


def _lies_ahead(member: Member, terms: Terms, at: datetime) -> None:
    today = at.astimezone(ZoneInfo(member.person.zone)).date()
    if terms.ends < today:
        raise Refused("already_over", "The last day lies in the past. Choose one ahead.", field="data.terms.ends")
