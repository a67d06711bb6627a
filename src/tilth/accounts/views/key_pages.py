"""The pages where keys are made, unlocked, and made anew after a loss. What happens on them happens in the browser."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tilth.accounts.context import person_context
from tilth.accounts.doors import next_page
from tilth.accounts.models import Person
from tilth.accounts.views.signing_in import with_next


@login_required
@require_safe
def make(request: HttpRequest) -> HttpResponse:
    """The guided minute in which a person's first keys are made."""
    if _person(request).card_hash:
        return redirect(with_next(request, reverse("accounts:unlock")))
    return _page(request, "accounts/keys.html", replace=False)


@login_required
@require_safe
def unlock(request: HttpRequest) -> HttpResponse:
    """Key phrase or passkey opens the keys on this device."""
    if not _person(request).card_hash:
        return redirect(with_next(request, reverse("accounts:keys")))
    return _page(request, "accounts/unlock.html")


@login_required
@require_safe
def renew(request: HttpRequest) -> HttpResponse:
    """New keys after phrase and passkeys are lost: first what that means, then the same minute again."""
    if not _person(request).card_hash:
        return redirect(with_next(request, reverse("accounts:keys")))
    return _page(request, "accounts/keys.html", replace=True)


def _page(request: HttpRequest, template: str, **found: object) -> HttpResponse:
    found |= {"next": next_page(request), "context_json": person_context(request), "person": _person(request)}
    return render(request, template, found)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
