"""The tools on the record itself: «Modifier», which opens its form, and the language of people."""

from django.utils.translation import gettext_lazy as _

from entregent.actions.kinds import WRITE
from entregent.actions.toolbox.asks import Choice
from entregent.actions.toolbox.toolbox import Tool, offer
from entregent.directory.selections.inputs import reader_language
from entregent.kernel.languages import languages

from . import language

offer(
    Tool(
        code="edit",
        label=_("Edit"),
        icon="pencil",
        needs=WRITE,
        place=10,
        page="edit",
        of_record=True,
        single=True,
        quick=True,
        in_menu=False,
    )
)
offer(
    Tool(
        code="language",
        label=_("Language"),
        icon="language",
        needs={"p": WRITE["p"]},
        place=85,
        ask=(Choice("language", _("Language"), among=lambda by: languages(reader_language())),),
        run=lambda by, people, data: language.change_language(by, people, data["language"]),
        one=_("The language of %(name)s is changed."),
        many=_("The language of %(count)s people is changed."),
        help=_("The language of their correspondence."),
        of_record=True,
    )
)
