"""What tags and filters make of plain values."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from entregent.shell.dates import both, exact, in_words
from entregent.shell.frame import Link
from entregent.shell.templatetags import shell

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=timezone.get_default_timezone())


class Sample(forms.Form):
    name = forms.CharField(label="Nom", help_text="Comme sur la carte.")
    kind = forms.ChoiceField(label="Sorte", choices=[("a", "A")], widget=forms.RadioSelect)


def draw(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marie Delorme-Lévesque", "MD"),
        ("Jean-Baptiste d’Arcourt", "Jd"),
        ("Anne-Sophie Van den Berghe", "AB"),
        ("Zoé", "Z"),
        ("", ""),
        ("(inconnu) ?", ""),
        ("3 Suisses", "3S"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert shell.initials(name) == letters


def test_a_name_always_has_the_same_tone() -> None:
    assert shell.tone("Marie") == shell.tone("Marie")
    assert {shell.tone(str(n)) for n in range(100)} == {f"tone-{n}" for n in range(shell.TONES)}


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 21, 14, 59, 40), "à l’instant"),
        (datetime(2026, 11, 21, 14, 48), "il y a 12 min"),
        (datetime(2026, 11, 21, 9, 4), "9\u202fh\u202f04"),
        (datetime(2026, 11, 20, 14, 30), "hier, 14\u202fh\u202f30"),
        (datetime(2026, 11, 22, 10, 0), "demain, 10\u202fh"),
        (datetime(2026, 11, 24, 10, 0), "mardi, 10\u202fh"),
        (datetime(2026, 11, 12, 9, 4), "12 nov."),
        (datetime(2026, 9, 1, 9, 4), "1er sept."),
        (datetime(2025, 11, 12, 9, 4), "12 nov. 2025"),
        (date(2026, 11, 21), "aujourd’hui"),
        (date(2026, 11, 20), "hier"),
        (date(2025, 8, 1), "1er août 2025"),
    ],
)
def test_dates_in_french_words(moment: date, words: str) -> None:
    with translation.override("fr"):
        assert in_words(moment, NOW) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 20, 14, 30), "yesterday, 2:30 p.m."),
        (date(2026, 11, 1), "Nov. 1"),
        (date(2025, 11, 12), "Nov. 12, 2025"),
    ],
)
def test_dates_in_english_words(moment: date, words: str) -> None:
    with translation.override("en"):
        assert in_words(moment, NOW) == words


def test_a_moment_is_told_in_the_readers_own_time() -> None:
    with translation.override("fr"), timezone.override("America/Toronto"):
        assert in_words(datetime(2026, 11, 21, 3, 0, tzinfo=UTC), NOW) == "hier, 22\u202fh"


def test_a_moment_is_told_in_each_readers_own_time_though_its_words_are_kept() -> None:
    moment, told = datetime(2026, 11, 21, 8, 4, tzinfo=UTC), []
    for zone in ("Europe/Paris", "America/Toronto"):
        with translation.override("fr"), timezone.override(zone):
            told.append(both(moment, timezone.localtime(NOW), "fr"))
    assert told == [
        ("9\u202fh\u202f04", "21 novembre 2026 09:04"),
        ("3\u202fh\u202f04", "21 novembre 2026 03:04"),
    ]


def test_a_moment_is_exact_as_django_has_it() -> None:
    for language in ("fr", "en"):
        with translation.override(language), timezone.override("Europe/Paris"):
            assert exact(NOW) == date_format(NOW, "DATETIME_FORMAT")


def test_near_gives_the_exact_moment_on_hover() -> None:
    html = draw("{{ day|near }}", day=date(1999, 12, 31))
    assert 'datetime="1999-12-31"' in html
    assert "title=" in html
    assert draw("{{ day|near }}", day=None) == ""


def test_an_icon_is_silent_unless_it_is_given_a_name() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "user" %}')
    named = draw('{% icon "user" title=title %}', title="<Fiche>")
    assert 'role="img" aria-label="&lt;Fiche&gt;"' in named
    assert "aria-hidden" not in named


def test_a_fixed_part_sees_what_it_is_given_alone_and_takes_each_readers_token() -> None:
    text = "{% fixed 'shell/parts/menu_links.html' links=links %}"
    out = Link("Sortir", "/sortir", post=True)
    first = draw(text, links=(out,), csrf_token="a" * 64)
    assert 'value="' + "a" * 64 in first
    assert draw(text, links=(out,), csrf_token="b" * 64) == first.replace("a" * 64, "b" * 64)
    assert "Sortir" not in draw("{% fixed 'shell/parts/menu_links.html' links=none %}", links=(out,), none=())


def test_query_changes_one_parameter_and_keeps_the_others() -> None:
    request = RequestFactory().get("/", {"q": "a&b", "tag": ["x", "y"], "page": "2"})
    assert draw("{% query page=3 as q %}{{ q|safe }}", request=request) == "?q=a%26b&tag=x&tag=y&page=3"
    assert draw('{% query page="" tag=None as q %}{{ q|safe }}', request=request) == "?q=a%26b"


def test_a_field_is_wired_to_its_label_hint_and_error() -> None:
    html = draw("{% field form.name %}", form=Sample({}))
    assert '<label for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_name_helptext"' in html


@pytest.mark.parametrize(
    ("hint", "drawn"),
    [("<img src=x> & co", "&lt;img src=x&gt; &amp; co"), (SafeString("<em>ours</em>"), "<em>ours</em>")],
)
def test_a_hint_is_words_not_markup(hint: str, drawn: str) -> None:
    """An account writes the help of its own fields."""
    form = Sample()
    form.fields["name"].help_text = hint
    assert f">{drawn}</div>" in draw("{% field form.name %}", form=form)


def test_choices_are_a_group_with_its_legend() -> None:
    html = draw("{% field form.kind %}", form=Sample({}))
    assert html.lstrip().startswith("<fieldset")
    assert "<legend>" in html
    assert 'aria-describedby="id_kind_error"' in html


def test_a_plain_form_is_drawn_with_our_parts() -> None:
    html = str(Sample({}))
    assert "data-errors" in html
    assert html.count('class="field"') == 2


def test_only_known_looks_are_followed() -> None:
    request = RequestFactory().get("/")
    for value, look in (("dark", "dark"), ('"><script>', ""), ("", "")):
        request.COOKIES["theme"] = value
        assert shell.theme(request) == look
