"""The tools of tags: add, remove."""

from django.utils.translation import gettext_lazy as _

from entregent.actions.kinds import TAG
from entregent.actions.toolbox.asks import Tags
from entregent.actions.toolbox.toolbox import offer

from . import tagging

NAMES = Tags("names", _("Tags"), help=_("Separate them with commas."))

ADD = offer(
    "tag",
    rank=30,
    label=_("Tag"),
    icon="tag",
    needs=TAG,
    ask=(NAMES,),
    run=tagging.tag,
    one=_("Tags added to the record of %(name)s."),
    many=_("Tags added to %(count)s records."),
    quick=True,
)
offer(
    "untag",
    rank=40,
    label=_("Remove a tag"),
    icon="tag-off",
    needs=TAG,
    ask=(NAMES,),
    run=tagging.untag,
    fits=lambda party: bool(party.tag_names) and not party.in_bin,
    one=_("Tags removed from the record of %(name)s."),
    many=_("Tags removed from %(count)s records."),
)
