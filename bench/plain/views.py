"""The two views to be measured against."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from bench.plain.models import Row
from tilth.accounts.models import Person


def page(request: HttpRequest, person_id: str) -> HttpResponse:
    """One indexed query, one small template."""
    return render(request, "plain/page.html", {"person": Person.objects.get(id=person_id)})


@csrf_exempt
def write(request: HttpRequest) -> HttpResponse:
    """One row of 1 KB, committed."""
    row = Row.objects.create(body=request.body[:1024])
    return JsonResponse({"row": row.pk}, status=201)
