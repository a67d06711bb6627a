"""“You”: name, time zone, theme, devices, passkeys, key phrase, and the end of it all."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tilth.accounts.context import person_context
from tilth.accounts.devices import devices, show_out, show_out_others
from tilth.accounts.doors import posted_from
from tilth.accounts.erasure import erase
from tilth.accounts.forms import AboutYouForm, ThemeForm, about, first_words, typed
from tilth.accounts.models import Person, Wrap
from tilth.accounts.models.people import tidy_address
from tilth.accounts.refused import Refused


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    return _page(request, AboutYouForm(initial=about(person)), status=200)


@posted_from("accounts:account")
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name and time zone."""
    form = AboutYouForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    Person.objects.filter(pk=_person(request).pk).update(**form.cleaned_data)
    return redirect("accounts:account")


@posted_from("accounts:account")
@login_required
def theme(request: HttpRequest) -> HttpResponse:
    form = ThemeForm(request.POST)
    if form.is_valid():
        Person.objects.filter(pk=_person(request).pk).update(**form.cleaned_data)
    return redirect("accounts:account")


@posted_from("accounts:account")
@login_required
def device_out(request: HttpRequest, device_id: UUID) -> HttpResponse:
    if not show_out(_person(request), device_id):
        raise Http404("No such device.")
    return redirect("accounts:account")


@posted_from("accounts:account")
@login_required
def devices_out(request: HttpRequest) -> HttpResponse:
    show_out_others(_person(request), request)
    return redirect("accounts:account")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erasing(request: HttpRequest) -> HttpResponse:
    """Says what erasing means; the person's own address, typed, is what confirms it."""
    person = _person(request)
    wrong = ""
    if request.method == "POST":
        if tidy_address(request.POST.get("email", "")) == person.email:
            try:
                erase(person)
            except Refused as refused:
                wrong = refused.sentence
            else:
                request.session.flush()
                return redirect("accounts:erased")
        else:
            wrong = "This is not the address of this account."
    found = {"person": person, "error": wrong, "context_json": person_context(request)}
    return render(request, "accounts/erase.html", found, status=422 if wrong else 200)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/erased.html")


def _page(request: HttpRequest, form: BaseForm, *, status: int) -> HttpResponse:
    person = _person(request)
    unlocking = {
        bytes(held)
        for held in Wrap.objects.filter(card=person.card_hash, kind="passkey").values_list("credential_id", flat=True)
        if held is not None
    }
    kept = person.passkeys.order_by("added_at")
    found = {
        "person": person,
        "zone": ZoneInfo(person.zone),
        "errors": first_words(form),
        "typed": typed(form),
        "themes": Person.Theme.choices,
        "devices": devices(person, request),
        "passkeys": [(passkey, bytes(passkey.credential_id) in unlocking) for passkey in kept],
        "context_json": person_context(request),
    }
    return render(request, "accounts/account.html", found, status=status)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
