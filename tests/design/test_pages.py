"""Every layout and component, rendered once through the real environment."""

import re
from html.parser import HTMLParser

import brotli
import pytest
from jinja2 import UndefinedError

from tests.design import HERE
from tests.design.sample import sample_context, sample_environment

PAGES = sorted(path.stem for path in (HERE / "pages/sample").glob("*.html"))


def rendered(name: str) -> str:
    return sample_environment().get_template(f"sample/{name}.html").render(**sample_context())


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_its_landmarks_and_a_way_past_the_navigation(name: str) -> None:
    html = Tags(rendered(name))

    assert len(html.named("h1")) == 1
    assert [main["id"] for main in html.named("main")] == ["main"]
    assert html.named("html")[0]["lang"] == "en"
    assert html.named("a")[0]["href"] == "#main"
    assert all(nav.get("aria-label") for nav in html.named("nav"))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_in_a_page_needs_inline_script_or_style(name: str) -> None:
    html = Tags(rendered(name))

    assert not html.named("style")
    assert all("src" in script or script["type"] == "application/json" for script in html.named("script"))
    assert not [
        tag for tag, attributes in html.found if "style" in attributes or any(k.startswith("on") for k in attributes)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_there_once_and_every_reference_to_one_holds(name: str) -> None:
    html = Tags(rendered(name))
    ids = [attributes["id"] for _, attributes in html.found if "id" in attributes]
    references = {"for", "aria-labelledby", "aria-describedby", "popovertarget", "commandfor"}
    named = {part for _, a in html.found for key in references & a.keys() for part in str(a[key]).split()}

    assert len(ids) == len(set(ids))
    assert named <= set(ids)


@pytest.mark.parametrize("name", PAGES)
def test_every_button_and_picture_with_meaning_has_a_name(name: str) -> None:
    buttons = re.findall(r"<button[^>]*>(.*?)</button>", rendered(name), re.DOTALL)

    assert all(re.sub(r"<(?!svg[^>]*aria-label)[^>]*>", "", button).strip() for button in buttons)


def test_one_button_at_most_is_primary_outside_dialogs() -> None:
    outside = re.sub(r"<dialog.*?</dialog>", "", rendered("parts"), flags=re.DOTALL)

    assert outside.count("button primary") == 1


def test_json_for_the_browser_cannot_end_its_element() -> None:
    island = rendered("home").split('id="tilth">')[1].split("</script>")[0]

    assert island == r'{"card":"\u003c/script\u003e"}'


def test_what_people_typed_is_escaped() -> None:
    context = sample_context()
    context["other"].person.name = context["other"].called = "<b>Ines</b>"

    html = sample_environment().get_template("sample/parts.html").render(**context)

    assert "<b>Ines" not in html


def test_a_name_that_is_not_there_is_an_error_and_never_an_empty_place() -> None:
    with pytest.raises(UndefinedError):
        sample_environment().from_string("{{ nobody.name }}").render()


def test_a_home_page_is_light() -> None:
    assert len(brotli.compress(rendered("home").encode())) < 6 * 1024


@pytest.mark.parametrize("name", ["400", "403", "404", "500"])
def test_what_goes_wrong_is_said_on_a_page_that_leans_on_nothing(name: str) -> None:
    html = Tags(sample_environment().get_template(f"{name}.html").render())

    assert len(html.named("h1")) == 1
    assert {"href": "/"}.items() <= html.named("a")[-1].items()
