"""Why an announced record is left out when the action runs."""

from django.utils.translation import gettext_lazy as _

from entregent.directory.messages import SENTENCES

SENTENCES.update(
    {
        "left_search": _("It no longer answers to the search it was chosen by."),
        "changed_since": _("It was changed after you chose it: look at it before you delete it."),
    }
)
