"""Conditions on a record's own values: tags, status, skills, assignment, language, e-mail address, dates…"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from entregent.directory.items.register import LISTS
from entregent.directory.models import PartySkill, PartyTag
from entregent.directory.selections.condition import Asking, Condition, Offered, Subject
from entregent.directory.selections.inputs import (
    ME,
    NONE,
    Choice,
    Day,
    Days,
    Flag,
    ItemChoice,
    ItemName,
    Moment,
    Phrase,
    UserId,
    reader_language,
)
from entregent.directory.selections.register import offer
from entregent.kernel.errors import Bad
from entregent.kernel.languages import language_code, language_name, languages

LACKS_A_NAME = Q(kind="p") & (Q(last_name="") | Q(first_name=""))


def _own(asking: Asking) -> Q:
    """Return the condition that hides the operator's own values of shared records from accounts."""
    return Q(account=asking.by.account.pk) if asking.by.account.reference_id else Q()


def _items(code: str, name: str, asking: Asking) -> list[int]:
    """Return the ids of the items of a name, one or more: else the condition is not asked."""
    return asking.known.find((code, LISTS[code].key(name)))


def _tag(name: str, asking: Asking) -> Q:
    tags = _items("tags", name, asking)
    return Q(pk__in=PartyTag.readable.filter(tag__in=tags).values_list("party", flat=True))


offer(Condition(
    "tag", "po", Subject.TAGS, _("Tag"), ItemName("tags", 60), _tag, _("Tag is “%(value)s”"),
))  # fmt: skip


def _status(name: str, asking: Asking) -> Q:
    if name == NONE:
        return ~(Q(status__isnull=False) & _own(asking))
    return Q(status__in=_items("statuses", name, asking)) & _own(asking)


offer(Condition(
    "status", "po", Subject.STANDING, _("Status"), ItemChoice("statuses", none=_("No status")), _status,
    _("Status is “%(value)s”"), exactly={NONE: _("Without a status")},
    description="A status by its name; `-`: without any.",
))  # fmt: skip


def _skill(name: str, asking: Asking) -> Q:
    skills = _items("skills", name, asking)
    return Q(pk__in=PartySkill.readable.filter(skill__in=skills).values_list("party", flat=True))


offer(Condition(
    "skill", "p", Subject.STANDING, _("Skill"), ItemName("skills"), _skill, _("Has the skill “%(value)s”"),
))  # fmt: skip


def _family(name: str, asking: Asking) -> Q:
    if name == NONE:
        return Q(family=None)
    return Q(family__in=_items("families", name, asking))


offer(Condition(
    "family", "o", Subject.STANDING, _("Family of organisations"), ItemChoice("families", none=_("No family")),
    _family, _("Family is “%(value)s”"), exactly={NONE: _("Without a family")},
    description="A family by its name; `-`: without any.",
))  # fmt: skip


def _assigned_to(user: int | str, asking: Asking) -> Q:
    if user == NONE:
        return ~(Q(assigned_to__isnull=False) & _own(asking))
    return Q(assigned_to=asking.by.user_id if user == ME else user) & _own(asking)


offer(Condition(
    "assigned_to", "po", Subject.STANDING, _("Assigned to"), UserId(), _assigned_to, _("Assigned to %(value)s"),
    exactly={NONE: _("Assigned to nobody"), ME: _("Assigned to me")},
    description="A user's id, `me`, or `-`: nobody.",
))  # fmt: skip


def _mail_refused(yes: bool, asking: Asking) -> Q:
    refused = Q(mail_refused_at__isnull=False) & _own(asking)
    return refused if yes else ~refused


offer(Condition(
    "mail_refused", "po", Subject.STANDING, _("Refusal of mailings"), Flag(_("Yes"), _("No")), _mail_refused,
    exactly={True: _("Refuses mailings"), False: _("Does not refuse mailings")},
))  # fmt: skip

offer(Condition(
    "active", "po", Subject.STANDING, _("State"), Flag(_("Active"), _("Inactive")),
    lambda yes, asking: Q(active=yes), exactly={True: _("Active"), False: _("Inactive")},
))  # fmt: skip


def _language_code(text: str) -> str:
    code = language_code(text, whole=True)
    if not code:
        raise Bad("language")
    return code


offer(Condition(
    "language", "p", Subject.LANGUAGE, _("Language"),
    Choice(
        60,
        choices=lambda by: languages(reader_language()),
        reads=_language_code,
        shows=lambda code: language_name(code, reader_language()),
    ),
    lambda code, asking: Q(language=code), _("Language is %(value)s"),
    description="A language: its ISO 639-1 code, or its name in French or English.",
))  # fmt: skip

offer(Condition(
    "incomplete", "p", Subject.STANDING, _("To complete"), Flag(_("To complete"), _("Complete")),
    lambda yes, asking: LACKS_A_NAME if yes else ~LACKS_A_NAME,
    exactly={True: _("To complete"), False: _("Complete")},
    description="Whether they came from a file without a first or last name.",
))  # fmt: skip

offer(Condition(
    "has_email", "po", Subject.ADDRESSES, _("E-mail address"), Flag(_("With one"), _("Without")),
    lambda yes, asking: ~Q(email="") if yes else Q(email=""),
    exactly={True: _("Has an e-mail address"), False: _("Has no e-mail address")}, offered=Offered.BUILDER,
    description="Whether there is an e-mail address.",
))  # fmt: skip

offer(Condition(
    "updated_since", "po", Subject.DATES, _("Changed since"), Moment(),
    lambda moment, asking: Q(updated_at__gte=moment), _("Changed since %(value)s"), offered=Offered.BUILDER,
))  # fmt: skip

offer(Condition(
    "added_since", "po", Subject.DATES, _("Added since"), Day(),
    lambda day, asking: Q(created_at__date__gte=day), _("Added since %(value)s"),
))  # fmt: skip


def _no_action_for(days: int, asking: Asking) -> Q:
    return Q(last_action_at__lt=timezone.now() - timedelta(days=days))


offer(Condition(
    "no_action_for", "po", Subject.DATES, _("No action for (days)"), Days(), _no_action_for,
    ngettext_lazy("No action for %(value)d day", "No action for %(value)d days", "value"),
    description="Days.",
))  # fmt: skip

_SOURCES: dict[str, Phrase] = {"mine": _("My records"), "service": _("Service")}


def _source_code(text: str) -> str:
    if text not in _SOURCES:
        raise Bad("shape")
    return text


def _source(code: str, asking: Asking) -> Q:
    """Return the condition of being the account's own record, or a shared one, with a layer or not."""
    own = Q(account=asking.by.account.pk, base=None)
    return own if code == "mine" else ~own


offer(Condition(
    "source", "po", Subject.SOURCE, _("Whose records"),
    Choice(limit=20, choices=lambda by: _SOURCES.items(), reads=_source_code), _source,
    exactly={"mine": _("Records of the account"), "service": _("Records of the service")},
    offered=Offered.BUILDER, applies=lambda by: by.account.reference_id is not None,
    description="`mine`: the account's own records; `service`: those of the shared directory.",
))  # fmt: skip
