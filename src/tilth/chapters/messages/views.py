"""Pages of messages. They only read; every form on them writes through the door."""

from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from tilth.chapters.messages import queries, words
from tilth.chapters.messages.models import Message, Thread
from tilth.chapters.messages.windows import agreed_hours
from tilth.ledger.addresses import in_address, place_in
from tilth.ledger.kept import kept_ready
from tilth.ledger.page import render_page
from tilth.partnerships.access import member_or_404
from tilth.partnerships.models import Member
from tilth.protocol import clock


@require_GET
@kept_ready
def index(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The threads, the one with the newest message first, each with what it waits for."""
    member = member_or_404(request, partnership_id)
    at = clock.now()
    found = queries.threads(member, before=place_in(request.GET.get("before")))
    page, rest = found[: queries.THREADS_A_PAGE], found[queries.THREADS_A_PAGE :]
    waiting = queries.waiting_messages([member], at)
    context = {
        "threads": page,
        "waiting": {
            row.message.thread_id: (row.on_me, words.waiting(row.message, row.by, member, at)) for row in waiting
        },
        "older": in_address(page[-1].last_at, page[-1].id) if rest else None,
    }
    return render_page(request, member, "messages/index.html", context)


@require_GET
def new(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The form for a new thread."""
    member = member_or_404(request, partnership_id)
    return render_page(request, member, "messages/new.html", {"window": agreed_hours(member.partnership)})


@require_GET
@kept_ready
def one(request: HttpRequest, partnership_id: UUID, thread_id: UUID) -> HttpResponse:
    """A thread, newest last; earlier messages a page at a time."""
    member = member_or_404(request, partnership_id)
    thread = _thread_or_404(member, thread_id)
    before = place_in(request.GET.get("before"))
    found = queries.messages_of(thread, before=before)
    page, rest = found[: queries.MESSAGES_A_PAGE], found[queries.MESSAGES_A_PAGE :]
    people = {seat.id: seat for seat in member.everyone}
    context = {
        "thread": thread,
        "messages": _told(page, member, clock.now()),
        "people": people,
        "older": in_address(page[-1].at, page[-1].id) if rest else None,
        "at_the_end": before is None,
        "to_promise": next((row for row in page if _may_promise(row, member)), None),
        "window": agreed_hours(member.partnership),
    }
    return render_page(request, member, "messages/one.html", context)


@require_GET
def about(request: HttpRequest, partnership_id: UUID, message_id: UUID) -> HttpResponse:
    """On to the message, in its thread."""
    member = member_or_404(request, partnership_id)
    message = queries.message(member, message_id)
    if message is None:
        raise Http404("No such message.")
    thread = reverse("messages:one", kwargs={"partnership_id": partnership_id, "thread_id": message.thread_id})
    before = queries.page_with(message)
    page = f"?before={quote(in_address(*before))}" if before else ""
    return redirect(f"{thread}{page}#m-{message_id}")


@require_GET
def withdraw(request: HttpRequest, partnership_id: UUID, thread_id: UUID, message_id: UUID) -> HttpResponse:
    """What withdrawing a message of one's own does, and the button for it."""
    member = member_or_404(request, partnership_id)
    message = queries.message(member, message_id)
    if message is None or message.thread_id != thread_id or message.author_id != member.id:
        raise Http404("No such message of yours.")
    return render_page(request, member, "messages/withdraw.html", {"message": message, "thread": message.thread})


def _told(page: list[Message], member: Member, at: datetime) -> list[tuple[Message, str]]:
    """The messages, oldest first, each with what it waits for in words."""
    expected = [row for row in page if row.waits]
    waits = {row.message.id: row for row in queries.waiting(expected, queries.not_ended([member]), at)}
    return [
        (row, words.waiting(row, waits[row.id].by, member, at) if row.id in waits else "") for row in reversed(page)
    ]


def _may_promise(message: Message, member: Member) -> bool:
    return message.waits and message.recipient_id == member.id and message.promised_day is None


def _thread_or_404(member: Member, thread_id: UUID) -> Thread:
    thread = queries.thread(member, thread_id)
    if thread is None:
        raise Http404("No such conversation.")
    return thread
