"""The tools on the record itself: «Modifier» and «Informations personnelles», which open pages, and «Langue»."""

from django.utils.translation import gettext_lazy as _

from entregent.actions.kinds import WRITE
from entregent.actions.toolbox.asks import Choice
from entregent.actions.toolbox.toolbox import offer
from entregent.directory.selections.inputs import reader_language
from entregent.kernel.languages import languages

from . import language

offer(
    "edit",
    rank=10,
    label=_("Edit"),
    icon="pencil",
    needs=WRITE,
    page="edit",
    of_record=True,
    single=True,
    quick=True,
    in_menu=False,
)
offer(
    "layer",
    rank=20,
    label=_("Personal information"),
    icon="notebook",
    needs=WRITE,
    page="layer",
    fits=lambda party: not party.in_bin and party.of_service,
    single=True,
    quick=True,
)
offer(
    "language",
    rank=85,
    label=_("Language"),
    icon="language",
    needs={"p": WRITE["p"]},
    ask=(Choice("language", _("Language"), among=lambda by: languages(reader_language())),),
    run=language.change_language,
    one=_("The language of %(name)s is changed."),
    many=_("The language of %(count)s people is changed."),
    help=_("The language of their correspondence."),
    of_record=True,
)
