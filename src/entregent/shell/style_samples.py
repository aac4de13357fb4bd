"""Sample data for the style guide: fictitious people and every kind of field."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .frame import Frame, Link

LANGUAGES = [("fr", "Français"), ("en", "English")]
PEOPLE = [
    ("Marie Delorme-Lévesque", "Mairie d’Aubenas", "Directrice de cabinet", "note", "on"),
    ("Jean-Baptiste d’Arcourt", "Coopérative du Vercors", "Président", "act", "on"),
    ("Éloïse Gagné-Tremblay", "Ville de Trois-Rivières", "Conseillère municipale", "wait", "off"),
    ("Karim Benslimane", "Agence Lumen", "Chef de projet", "wait", "on"),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    email = forms.EmailField(label=gettext_lazy("Email"), help_text=gettext_lazy("Where messages are sent."))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=forms.DateInput({"type": "date"}))
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("Tags"),
        required=False,
        choices=[(word, word) for word in ("presse", "élus", "adhérent", "congrès 2026")],
        widget=forms.SelectMultiple({"data-combobox": "", "data-create": ""}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Phone"),
        widget=forms.RadioSelect,
        choices=[("work", gettext_lazy("Office")), ("mobile", gettext_lazy("Mobile"))],
    )
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    notes = forms.CharField(label=gettext_lazy("Description"), required=False, widget=forms.Textarea({"rows": 3}))
    agreed = forms.BooleanField(label=gettext_lazy("Receives messages"), required=False)


def context() -> dict[str, Any]:
    """Return the context of the style guide."""
    now = timezone.now()
    return {
        "frame": frame(),
        "plain": SampleForm(prefix="plain", initial={"tags": ["presse", "élus"], "kind": "work"}),
        "wrong": SampleForm({"wrong-name": "", "wrong-email": "marie@@lac.example"}, prefix="wrong"),
        "people": PEOPLE,
        "tones": ["act", "on", "off", "wait", "note"],
        "moments": [now, now - timedelta(hours=26), now + timedelta(days=3), now - timedelta(days=400)],
        "crumbs": [Link(_("Contacts"), "#"), Link("Marie Delorme-Lévesque", "#")],
        "empty_links": [Link(_("Add"), "#", "plus"), Link(_("Import"), "#", "file-import")],
        "others": [{"label": _("Save and add another"), "name": "then", "value": "another"}],
    }


def frame() -> Frame:
    """Return a sample frame, with one menu entry of each kind."""
    menu = (
        Link(_("Home"), "#", "home"),
        Link(_("Contacts"), "#", "users", current=True, badge="3 482"),
        Link(_("Enter"), "", "pencil-plus", children=(Link(_("Add"), "#"), Link(_("Modify"), "#"))),
        Link(_("Settings"), "#", "settings", apart=True),
    )
    return Frame(
        home_url="/",
        search_url="/",
        account_name="Les Amis du lac",
        user_name="Camille Besson",
        menu=menu,
        add=(Link(_("Contact"), "#", "user-plus"), Link(_("Organisation"), "#", "building")),
        user_menu=(Link(_("My account"), "#", "user-circle"), Link(_("Sign out"), "#", "logout", post=True)),
        phone=(*menu[:2], Link(_("Search"), "#", "search"), Link(_("Add"), "#", "plus")),
    )
