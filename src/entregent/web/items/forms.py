"""The forms of «Paramétrage», and the names of its lists in addresses. The actions decide what is allowed."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entregent.accounts.actor import Actor
from entregent.actions.items.problems import InUse
from entregent.directory.items.register import LISTS, choices
from entregent.directory.models import ContactStatus, Item
from entregent.web.links import to
from entregent.web.statuses import COLOURS

MOST_OFFERED = 200
"""Above this number of items, the user types the name instead of choosing from a list."""

SLUGS = {
    "categories": "categories",
    "functions": "fonctions",
    "skills": "competences",
    "families": "familles",
    "statuses": "statuts",
    "tags": "balises",
}
"""Code of a reference list → its slug in addresses."""
CODES = {slug: code for code, slug in SLUGS.items()}


class ItemForm(forms.Form):
    """The name of an item, for «Créer» and «Modifier»."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)


class StatusForm(ItemForm):
    """The name and colour of a status, and whether new contacts get it."""

    colour = forms.ChoiceField(
        label=gettext_lazy("Colour"),
        choices=[(code, name) for code, (_tone, name) in COLOURS.items()],
        initial="grey",
    )
    is_default = forms.BooleanField(
        label=gettext_lazy("Status of new contacts, where none is chosen"), required=False
    )


def item_form(code: str, data=None, item: Item | None = None) -> ItemForm:
    """Return the form of an item of this list, filled with the values of ``item`` if given."""
    form = StatusForm if LISTS[code].model is ContactStatus else ItemForm
    initial = {name: getattr(item, name) for name in form.base_fields} if item else None
    made = form(data, initial=initial)
    made.fields["name"].max_length = LISTS[code].limit
    made.fields["name"].widget.attrs |= {"maxlength": LISTS[code].limit, "autocomplete": "off"}
    return made


class ReplaceForm(forms.Form):
    """«Remplacer par…»: another item of the same list, chosen, or typed above ``MOST_OFFERED`` items."""

    def __init__(self, by: Actor, code: str, item: Item, label: str, data=None) -> None:
        super().__init__(data)
        self.others = choices(by, code).exclude(pk=item.pk)
        self.code = code
        offered = list(self.others[: MOST_OFFERED + 1])
        if len(offered) > MOST_OFFERED:
            combobox = {"data-combobox": "", "data-url": to(by, "parametrage:choices", SLUGS[code])}
            self.fields["replace_by"] = forms.CharField(label=label, widget=forms.TextInput(combobox))
        else:
            known = [("", "—"), *((str(other.pk), other.name) for other in offered)]
            self.fields["replace_by"] = forms.ChoiceField(label=label, choices=known)
        self.offers = bool(offered)

    def clean_replace_by(self) -> Item:
        """Return the item with the typed name, or the chosen id."""
        given = self.cleaned_data["replace_by"]
        by_name = {"key": LISTS[self.code].key(given)}
        typed = not isinstance(self.fields["replace_by"], forms.ChoiceField)
        found = self.others.filter(**(by_name if typed else {"pk": int(given)})).first()
        if found is None:
            raise forms.ValidationError(_("This item is not in the list. Choose one of those suggested."))
        return found


def replace_form(by: Actor, code: str, item: Item, used: InUse | None, sent: QueryDict) -> ReplaceForm | None:
    """Return the form of what replaces an item to delete; None for an item that nothing uses."""
    if used is None and "replace_by" not in sent:
        return None
    label = _("Replace by…")
    if code == "categories":
        number = used.number if used else 0
        label = ngettext("Move the list to", "Move the %(count)s lists to", number) % {"count": number}
    return ReplaceForm(by, code, item, label, sent or None)
