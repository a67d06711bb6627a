"""Sign-in links. Looking at one changes nothing, so that mail scanners and previews don't use one up."""

from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tilth.accounts.doors import next_page
from tilth.accounts.forms import FirstPersonForm, first_words, typed
from tilth.accounts.limits import LINKS_FROM_A_PLACE, place, take
from tilth.accounts.links import unused_link, use_link
from tilth.accounts.models import Person
from tilth.accounts.signing_in import sign_in


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """One button that signs in; for the first person of all, their name and address beside it."""
    if not take(LINKS_FROM_A_PLACE, place(request)):
        return render(request, "accounts/link_spent.html", {"too_often": True}, status=429)
    found = unused_link(token)
    if found is None or (found.person is None and Person.objects.exists()):
        return _spent(request)
    if found.person is None:
        return _first_person(request, token)
    if request.method != "POST":
        shown = {"whose": found.person, "once": found.once, "next": next_page(request)}
        return render(request, "accounts/link.html", shown)
    used = use_link(token)
    if used is None or used.person is None:
        return _spent(request)
    sign_in(request, used.person)
    return redirect(_after(request))


def _spent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_spent.html", {"too_often": False}, status=410)


def _first_person(request: HttpRequest, token: str) -> HttpResponse:
    form = FirstPersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with transaction.atomic():
            used = use_link(token)
            person = Person.objects.join(**form.cleaned_data) if used else None
        if person:
            sign_in(request, person)
        return redirect(next_page(request))
    found = {"errors": first_words(form), "typed": typed(form), "next": next_page(request)}
    return render(request, "accounts/first_person.html", found, status=422 if form.is_bound else 200)


def _after(request: HttpRequest) -> str:
    """On to the page wanted, by way of unlocking when the link carries the key phrase behind its `#`."""
    wanted = next_page(request)
    if "unlock" in request.POST:
        return f"{reverse('accounts:unlock')}?{urlencode({'next': wanted})}"
    return wanted
