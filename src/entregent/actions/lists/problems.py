"""Error sentences about lists."""

from django.utils.translation import gettext_lazy as _

from entregent.directory.messages import SENTENCES

SENTENCES.update(
    {
        "list_taken": _("This category already has a list with this name."),
        "list_taken_there": _("The category “%(category)s” already has a list named “%(name)s”."),
        "list_name_several": _("Several lists have this name. Choose the right one among those proposed."),
        "list_dynamic": _("The list “%(name)s” is filled by its search: nobody can be added or removed by hand."),
        "list_static": _("The list “%(name)s” has no search: its members are chosen by hand."),
        "list_kind": _("A list can't change between static and dynamic. Create another one, or freeze this one."),
        "list_archived": _("The list “%(name)s” is archived. Take it out of the archive first."),
        "list_cycle": _("This list would contain itself."),
        "list_moved_on": _("Someone has changed this list since you opened it. Look at it as it is now."),
        "list_only_maker": _("Only %(name)s, who created this list, could then see it."),
        "category_unknown": _("This category no longer exists."),
        "reach": _("Choose who has this list."),
        "reach_nobody": _("Choose at least one team."),
        "team_not_there": _("This team no longer exists."),
        "search_unread": _("“%(value)s”: %(problem)s"),
    }
)
