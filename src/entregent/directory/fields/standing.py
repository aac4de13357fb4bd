"""Fields of the account's relation to a record: tags, status, assignment, refusal of mailings, visibility…"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .field import Door, Field, Section
from .field_types import Flag, Item, Seen, User, Words
from .identity import NO_PROPERTY, OF_SERVICE, SHEET

NO_PRIVATE = "a vCard goes to others' telephones: what is the account's own stays"

TAGS = Field(
    "tags", _("Tags"), Words("tags", 60), searched=True, vcard="CATEGORIES", section=Section.SHARING,
    filter="tag", example="Bénévole, Presse",
    headers="""tags, tag, étiquettes, balises, balise, mots-clés, catégories, categories, group membership, labels,
    groupes, groups, keywords""",
    portable=False,
    absent={Door.SHEET: SHEET},
)  # fmt: skip
STANDING = (
    Field(
        "status", _("Status"), Item("statuses", unsaid=None), standing=True, operators=True,
        section=Section.STANDING, filter="status", heading=pgettext_lazy("column", "Status"), asked=True,
        headers="statut, status, statut du contact, contact status",
        portable=False,
        absent={Door.VCARD: NO_PRIVATE, Door.SHEET: SHEET},
    ),
    Field(
        "assigned_to", _("Assigned to"), User(), standing=True, operators=True, section=Section.STANDING,
        filter="assigned_to",
        portable=False,
        absent={Door.FILE: "users are not named in files", Door.VCARD: NO_PRIVATE, Door.SHEET: SHEET},
    ),
    Field(
        "skills", _("Skills"), Words("skills"), "p", standing=True, searched=True,
        section=Section.STANDING, filter="skill", asked=True,
        headers="compétences, compétence, skills, skill",
        portable=False,
        absent={Door.VCARD: NO_PROPERTY, Door.SHEET: SHEET},
    ),
    Field(
        "family", _("Family of organisations"), Item("families"), "o", standing=True, searched=True,
        section=Section.STANDING, filter="family", heading=pgettext_lazy("column", "Family"), asked=True,
        headers="famille, famille d'organismes, family, type d'organisme",
        portable=False,
        absent={Door.LAYER: OF_SERVICE, Door.VCARD: NO_PROPERTY},
    ),
    Field(
        "mail_refused", _("Refusal of mailings"), Flag(), standing=True, operators=True,
        told=_("Refuses mailings"), section=Section.STANDING, filter="mail_refused",
        help=_("No mailing of the account goes to them."),
        heading=pgettext_lazy("column", "Refusal of mailings"), example="non",
        headers="""refus de mail, refus de mails, refus mail, refuse les mails, refus d'e-mailing,
        refusal of mailings, unsubscribed, désabonné, désinscrit, opt-out, opt out, do not email""",
        portable=False,
        absent={Door.VCARD: NO_PRIVATE, Door.SHEET: SHEET},
    ),
)  # fmt: skip
VISIBILITY = Field(
    "visibility", _("Who can see this record"), Seen(), operators=True, section=Section.SHARING,
    portable=False,
    absent={
        Door.LAYER: "a layer is seen by the whole account",
        Door.LIST: "who sees a row may see it: that says nothing of the others", Door.FILTER: "the same",
        Door.FILE: "a file is read by whoever has it", Door.VCARD: NO_PRIVATE, Door.SHEET: SHEET,
    },
)  # fmt: skip
