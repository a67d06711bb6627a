"""What people type about themselves, checked."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tilth.accounts.models import Person
from tilth.accounts.models.people import tidy_address
from tilth.accounts.zones import known_zones

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # directions that reach beyond the name
ADDRESS_WORDS = {
    "required": "Write your e-mail address.",
    "invalid": "This does not look like an e-mail address.",
    "max_length": "This address is too long.",
}
NAME_WORDS = {"required": "Write the name your partner knows you by.", "max_length": "Keep your name under 80 letters."}


def known_zone(zone: str) -> None:
    if zone not in known_zones():
        raise ValidationError("Choose a time zone from the list, such as Europe/Berlin.")


class AddressForm(forms.Form):
    email = forms.EmailField(max_length=254, error_messages=ADDRESS_WORDS)

    def clean_email(self) -> str:
        return tidy_address(self.cleaned_data["email"])


class CodeForm(forms.Form):
    code = forms.CharField(max_length=20, error_messages={"required": "Write the code from the mail."})


class AboutYouForm(forms.Form):
    """Name and time zone: all that Tilth asks of a person."""

    name = forms.CharField(max_length=80, error_messages=NAME_WORDS)
    zone = forms.CharField(max_length=64, validators=[known_zone], error_messages={"required": "Choose a time zone."})

    def clean_name(self) -> str:
        """On one line, as it stands in the subject of mails, and without what turns the words around it about."""
        return " ".join(_TURNING.sub("", self.cleaned_data["name"]).split())


class FirstPersonForm(AddressForm, AboutYouForm):
    """The first person of an instance, let in by the link that `tilth up` printed."""


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(choices=Person.Theme.choices)


def about(person: Person) -> dict[str, str]:
    return {"name": person.name, "zone": person.zone}


def first_words(form: forms.BaseForm) -> dict[str, str]:
    """The first thing to say about each field at fault."""
    return {name: str(words[0]) for name, words in form.errors.items() if words}


def typed(form: forms.BaseForm) -> dict[str, Any]:
    """What was typed, to be shown again."""
    return {name: form[name].value() or "" for name in form.fields}
