"""The tools of this room, put in the toolbox at start-up."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.accounts.actor import Actor
from entregent.actions.bin import bin as bin_actions
from entregent.actions.kinds import DELETE, PURGE, TAG, WRITE
from entregent.actions.lists import tools as list_tools
from entregent.actions.positions import positions
from entregent.actions.standing import states
from entregent.actions.standing import tools as relation_tools
from entregent.actions.tags import tagging
from entregent.actions.visibility import tools as visibility_tools
from entregent.directory.messages import Invalid
from entregent.directory.models import Party

from .outcome import Outcome
from .toolbox import Tool, offer


class TagsForm(forms.Form):
    """Which tags."""

    names = forms.CharField(
        label=_("Tags"), max_length=1000, help_text=_("Separate them with commas."),
        widget=forms.TextInput(attrs={"data-suggest": "tags", "data-several": ""}),
    )  # fmt: skip

    def clean_names(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["names"].split(",") if name.strip()]


class AttachForm(forms.Form):
    """Which organisation, and as what. ``organisation``: an id, as a combo box gives it, or a name."""

    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=300,
        widget=forms.TextInput(attrs={"data-suggest": "organisations", "data-create": ""}),
    )
    function = forms.CharField(
        label=_("Function"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"data-suggest": "functions", "data-create": ""}),
    )
    since = forms.CharField(
        label=_("Since"), max_length=20, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        asked = data.pop("organisation", "")
        if asked.isdecimal() and len(asked) < 19:
            return data | {"organisation": int(asked)}
        return data | {"organisation_name": asked}


def _attach(by: Actor, parties: Sequence[Party], data: dict[str, Any]) -> Outcome:
    """Attach each, or say who can't be: the others are attached. One alone is refused aloud."""
    outcome = Outcome()
    for party in parties:
        try:
            positions.attach(by, party, data)
        except Invalid as invalid:
            if len(parties) == 1 or not all(problem.code == "position_exists" for problem in invalid.problems):
                raise
            outcome.refused.append((party, invalid.problems[0].message))
        else:
            outcome.done.append(party)
    return outcome


offer(
    Tool(
        code="edit",
        label=_("Edit"),
        icon="pencil",
        needs=WRITE,
        page={"p": "contacts:edit", "o": "organisations:edit"},
        of_record=True,
        single=True,
        quick=True,
    )
)
offer(
    Tool(
        code="layer",
        label=_("Personal information"),
        icon="notebook",
        needs=WRITE,
        page={"p": "contacts:layer", "o": "organisations:layer"},
        fits=lambda party: not party.in_bin and party.of_service,
        single=True,
        quick=True,
    )
)
offer(
    Tool(
        code="tag",
        label=_("Tag"),
        icon="tag",
        needs=TAG,
        form=TagsForm,
        run=lambda by, parties, data: tagging.tag(by, parties, data["names"]),
        quick=True,
    )
)
offer(
    Tool(
        code="untag",
        label=_("Remove a tag"),
        icon="tag-off",
        needs=TAG,
        form=TagsForm,
        run=lambda by, parties, data: tagging.untag(by, parties, data["names"]),
        fits=lambda party: bool(party.tag_names) and not party.in_bin,
    )
)
for tool in (*relation_tools.TOOLS, *list_tools.TOOLS, *visibility_tools.TOOLS):
    offer(tool)
offer(
    Tool(
        code="attach",
        label=_("Attach to an organisation"),
        icon="building-plus",
        needs={"p": WRITE["p"]},
        form=AttachForm,
        run=_attach,
        quick=True,
    )
)
offer(
    Tool(
        code="activate",
        label=_("Activate"),
        icon="circle-check",
        needs=WRITE,
        run=lambda by, parties, data: states.activate(by, parties),
        fits=lambda party: not party.active and not party.in_bin,
        quick=True,
    )
)
offer(
    Tool(
        code="deactivate",
        label=_("Deactivate"),
        icon="circle-off",
        needs=WRITE,
        run=lambda by, parties, data: states.deactivate(by, parties),
        fits=lambda party: party.active and not party.in_bin,
        quick=True,
    )
)
offer(
    Tool(
        code="delete",
        label=_("Delete"),
        icon="trash",
        needs=DELETE,
        run=lambda by, parties, data: bin_actions.delete(by, parties),
        of_record=True,
        confirm=True,
        danger=True,
    )
)
offer(
    Tool(
        code="restore",
        label=_("Restore"),
        icon="restore",
        needs=DELETE,
        run=lambda by, parties, data: bin_actions.restore(by, parties),
        fits=lambda party: party.in_bin,
    )
)
offer(
    Tool(
        code="purge",
        label=_("Delete for good"),
        icon="trash-x",
        needs=PURGE,
        run=lambda by, parties, data: bin_actions.purge(by, parties),
        fits=lambda party: party.in_bin,
        confirm=True,
        danger=True,
    )
)
