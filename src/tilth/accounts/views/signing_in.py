"""Signing in by e-mailed code, and saying who one is; the same pages whether or not an address is known here."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tilth.accounts import signing_in
from tilth.accounts.codes import Answer
from tilth.accounts.context import person_context
from tilth.accounts.doors import next_page
from tilth.accounts.forms import AboutYouForm, AddressForm, CodeForm, about, first_words, typed
from tilth.accounts.letters import NotSent, mail_stays_here
from tilth.accounts.models import Person
from tilth.accounts.refused import Refused

NOT_SENT = "The mail could not be sent just now. Try again in a minute, or tell the person who runs this Tilth."
TOO_OFTEN = "That was too often. Wait a quarter of an hour, then try again."
ANSWERS = {
    Answer.WRONG: "This is not the code we sent. Look again, or ask for a new one.",
    Answer.SPENT: "This code has run out. Ask for a new one below.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Where it begins: an e-mail address, or a passkey."""
    if request.user.is_authenticated:
        return redirect(next_page(request))
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _address_page(request, form, status=422 if form.is_bound else 200)
    try:
        signing_in.ask_for_code(request, form.cleaned_data["email"])
    except signing_in.TooOften:
        return _address_page(request, form, trouble=TOO_OFTEN, status=429)
    except NotSent:
        return _address_page(request, form, trouble=NOT_SENT, status=503)
    return redirect(with_next(request, reverse("accounts:code")))


def _address_page(request: HttpRequest, form: AddressForm, *, trouble: str = "", status: int) -> HttpResponse:
    found = {"errors": first_words(form), "typed": typed(form), "trouble": trouble, "next": next_page(request)}
    return render(request, "accounts/address.html", found, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code from the mail."""
    if request.user.is_authenticated:
        return redirect(next_page(request))
    email = signing_in.pending_address(request)
    if email is None:
        return redirect(with_next(request, reverse("accounts:sign-in")))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_page(request, email, first_words(form).get("code", ""), status=422 if form.is_bound else 200)
    try:
        answer = signing_in.try_code(request, form.cleaned_data["code"])
    except signing_in.TooOften:
        return _code_page(request, email, TOO_OFTEN, status=429)
    if answer is Answer.RIGHT:
        return redirect(next_page(request))
    return _code_page(request, email, ANSWERS[answer], status=422)


def _code_page(request: HttpRequest, email: str, error: str, *, status: int) -> HttpResponse:
    found = {"email": email, "error": error, "next": next_page(request), "mail_stays_here": mail_stays_here()}
    return render(request, "accounts/code.html", found, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def about_you(request: HttpRequest) -> HttpResponse:
    """Name and time zone, asked once after the first sign-in."""
    person = request.user
    assert isinstance(person, Person)
    form = AboutYouForm(request.POST if request.method == "POST" else None, initial=about(person))
    if form.is_valid():
        Person.objects.filter(pk=person.pk).update(**form.cleaned_data)
        return redirect(next_page(request))
    found = {
        "errors": first_words(form),
        "typed": typed(form),
        "next": next_page(request),
        "context_json": person_context(request),
    }
    return render(request, "accounts/about_you.html", found, status=422 if form.is_bound else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session. The page that leads here makes the browser forget its keys when it is done."""
    request.session.flush()
    return redirect("accounts:sign-in")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  (Django hands it over)
    """What a form gets whose token no longer fits: most often a page left open from before the last sign-in."""
    sentence = "This page is from before you last signed in. Reload it and try again."
    if "text/html" not in request.headers.get("Accept", ""):
        return JsonResponse(Refused("stale_form", sentence, status=403).as_json(), status=403)
    return render(request, "accounts/stale_form.html", {"sentence": sentence}, status=403)


def with_next(request: HttpRequest, url: str) -> str:
    wanted = next_page(request, default="")
    return f"{url}?{urlencode({'next': wanted})}" if wanted else url
