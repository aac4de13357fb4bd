"""Fields drawn by Python are the ones that Django's templates draw."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from entregent.shell.renderer import Renderer
from entregent.shell.widgets import PlainSelect

CHOICES = [("", "—"), ("a&b", "Ça & là"), ("Groupe « <1> »", [("x", "Dix"), (2, SafeString("<i>Deux</i>"))])]
CASES = [
    (forms.TextInput({"list": "mots", "required": True, "hidden": False}), 'Un "mot" <b>'),
    (forms.TextInput(), None),
    (forms.EmailInput({"autocomplete": "off"}), "a@b.fr"),
    (forms.NumberInput({"min": 0}), 1234.5),
    (forms.HiddenInput(), 12),
    (forms.PasswordInput(), "secret"),
    (forms.URLInput(), ""),
    (forms.DateInput({"type": "date"}), "2026-01-01"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), "yes"),
    (forms.Textarea({"rows": 4}), "Une ligne\n<deux> & 'trois'"),
    (forms.Textarea(), None),
    (forms.Select({"class": "x"}, choices=CHOICES), "a&b"),
    (forms.Select(choices=CHOICES), None),
    (forms.SelectMultiple({"data-combobox": ""}, choices=CHOICES), ["x", "2"]),
    (forms.NullBooleanSelect(), True),
    (forms.RadioSelect({"class": "x"}, choices=[CHOICES[1], ("x", SafeString("<i>Dix</i>"))]), "x"),
    (forms.RadioSelect(choices=CHOICES[:2]), None),
    (forms.CheckboxSelectMultiple(choices=CHOICES[:2]), ["a&b"]),
]


@pytest.mark.parametrize(("widget", "value"), CASES)
def test_it_draws_what_django_draws(widget: forms.Widget, value: object) -> None:
    attrs = {"id": "id_nom", "aria-describedby": "l'aide"}
    ours, theirs = (widget.render("nom", value, attrs, renderer) for renderer in (Renderer(), TemplatesSetting()))
    assert _of_lists(ours) == _of_lists(theirs) if isinstance(widget, forms.Select) else ours == theirs
    assert isinstance(ours, SafeString)


@pytest.mark.parametrize("value", ["", None, "a&b", 2, "none of them"])
def test_a_plain_select_is_one_drawn_at_once(value: object) -> None:
    choices = [*CHOICES[:2], (2, SafeString("<i>Deux</i>")), ("22", "Vingt-deux")]
    attrs = {"id": "id_nom", "aria-describedby": "l'aide", "disabled": True, "required": False}
    ours = PlainSelect({"class": "x"}, choices).render("nom", value, attrs)
    theirs = forms.Select({"class": "x"}, choices).render("nom", value, attrs, TemplatesSetting())
    assert ours == "".join(_of_lists(theirs))
    assert isinstance(ours, SafeString)


def _of_lists(html: str) -> list[str]:
    """The lines of a list of choices, whatever is between them."""
    return [line.strip() for line in html.splitlines() if line.strip()]
