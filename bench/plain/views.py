"""The two views to be measured against, and a page of fifty sealed items."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from bench.plain.models import Row
from tilth.accounts.models import Person
from tilth.ledger.models import Entry
from tilth.ledger.page import render_page
from tilth.partnerships.access import member_or_404


def page(request: HttpRequest, person_id: str) -> HttpResponse:
    """One indexed query, one small template."""
    return render(request, "plain/page.html", {"person": Person.objects.get(id=person_id)})


@csrf_exempt
def write(request: HttpRequest) -> HttpResponse:
    """One row of 1 KB, committed."""
    row = Row.objects.create(body=request.body[:1024])
    return JsonResponse({"row": row.pk}, status=201)


def sealed(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """A page of a partnership with its newest fifty sealed messages."""
    member = member_or_404(request, partnership_id)
    entries = Entry.objects.filter(partnership_id=partnership_id, kind="messages.written").order_by("-seq")[:50]
    return render_page(request, member, "plain/sealed.html", {"entries": entries})
