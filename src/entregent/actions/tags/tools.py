"""The tools of tags: add, remove."""

from django.utils.translation import gettext_lazy as _

from entregent.actions.kinds import TAG
from entregent.actions.toolbox.asks import Tags
from entregent.actions.toolbox.toolbox import Tool, offer

from . import tagging

NAMES = Tags("names", _("Tags"), help=_("Separate them with commas."))

ADD = offer(
    Tool(
        code="tag",
        label=_("Tag"),
        icon="tag",
        needs=TAG,
        place=30,
        ask=(NAMES,),
        run=lambda by, parties, data: tagging.tag(by, parties, data["names"]),
        one=_("Tags added to the record of %(name)s."),
        many=_("Tags added to %(count)s records."),
        quick=True,
    )
)
offer(
    Tool(
        code="untag",
        label=_("Remove a tag"),
        icon="tag-off",
        needs=TAG,
        place=40,
        ask=(NAMES,),
        run=lambda by, parties, data: tagging.untag(by, parties, data["names"]),
        fits=lambda party: bool(party.tag_names) and not party.in_bin,
        one=_("Tags removed from the record of %(name)s."),
        many=_("Tags removed from %(count)s records."),
    )
)
