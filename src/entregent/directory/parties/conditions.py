"""Conditions on what a record itself says: tags, where the account stands with it, its language, dates, source."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from entregent.accounts.actor import Actor
from entregent.directory.models import ContactStatus, OrganisationFamily, PartySkill, PartyTag, Tag
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
from entregent.kernel.languages import language_name, languages

from .cleaning import item_key, tag_key


def _own(asking: Asking) -> Q:
    """Where the operator stands with a shared record is nobody else's business."""
    return Q(account=asking.by.account.pk) if asking.by.account.reference_id else Q()


def _tag(name: str, asking: Asking) -> Q:
    tags = Tag.readable.filter(key=tag_key(name)).order_by().values("pk")
    return Q(pk__in=PartyTag.readable.filter(tag__in=tags).values_list("party", flat=True))


offer(
    Condition(
        name="tag",
        kinds="po",
        subject=Subject.TAGS,
        label=_("Tag"),
        input=ItemName("tags", 60),
        ask=_tag,
        sentence=_("Tag is “%(value)s”"),
    )
)


def _status(name: str, asking: Asking) -> Q:
    if name == NONE:
        return ~(Q(status__isnull=False) & _own(asking))
    found = ContactStatus.readable.filter(key=item_key(name))
    return Q(status__in=list(found.values_list("pk", flat=True))) & _own(asking)


offer(
    Condition(
        name="status",
        kinds="po",
        subject=Subject.STANDING,
        label=_("Status"),
        input=ItemChoice("statuses", none=_("No status")),
        ask=_status,
        sentence=_("Status is “%(value)s”"),
        exactly={NONE: _("Without a status")},
        description="A status by its name; `-`: without any.",
    )
)


def _skill(name: str, asking: Asking) -> Q:
    return Q(pk__in=PartySkill.readable.filter(skill__key=item_key(name)).values_list("party", flat=True))


offer(
    Condition(
        name="skill",
        kinds="p",
        subject=Subject.STANDING,
        label=_("Skill"),
        input=ItemName("skills"),
        ask=_skill,
        sentence=_("Has the skill “%(value)s”"),
    )
)


def _family(name: str, asking: Asking) -> Q:
    if name == NONE:
        return Q(family=None)
    found = OrganisationFamily.readable.filter(key=item_key(name))
    return Q(family__in=list(found.values_list("pk", flat=True)))


offer(
    Condition(
        name="family",
        kinds="o",
        subject=Subject.STANDING,
        label=_("Family of organisations"),
        input=ItemChoice("families", none=_("No family")),
        ask=_family,
        sentence=_("Family is “%(value)s”"),
        exactly={NONE: _("Without a family")},
        description="A family by its name; `-`: without any.",
    )
)


def _assigned_to(user: int | str, asking: Asking) -> Q:
    if user == NONE:
        return ~(Q(assigned_to__isnull=False) & _own(asking))
    return Q(assigned_to=asking.by.user_id if user == ME else user) & _own(asking)


offer(
    Condition(
        name="assigned_to",
        kinds="po",
        subject=Subject.STANDING,
        label=_("Assigned to"),
        input=UserId(),
        ask=_assigned_to,
        sentence=_("Assigned to %(value)s"),
        exactly={NONE: _("Assigned to nobody"), ME: _("Assigned to me")},
        description="A user's id, `me`, or `-`: nobody.",
    )
)


def _mail_refused(yes: bool, asking: Asking) -> Q:
    refused = Q(mail_refused_at__isnull=False) & _own(asking)
    return refused if yes else ~refused


offer(
    Condition(
        name="mail_refused",
        kinds="po",
        subject=Subject.STANDING,
        label=_("Refusal of mailings"),
        input=Flag(_("Yes"), _("No")),
        ask=_mail_refused,
        sentence="",
        exactly={True: _("Refuses mailings"), False: _("Does not refuse mailings")},
    )
)


def _active(yes: bool, asking: Asking) -> Q:
    return Q(active=yes)


offer(
    Condition(
        name="active",
        kinds="po",
        subject=Subject.STANDING,
        label=_("State"),
        input=Flag(_("Active"), _("Inactive")),
        ask=_active,
        sentence="",
        exactly={True: _("Active"), False: _("Inactive")},
    )
)


def _language(code: str, asking: Asking) -> Q:
    return Q(language=code)


offer(
    Condition(
        name="language",
        kinds="p",
        subject=Subject.LANGUAGE,
        label=_("Language"),
        input=Choice(
            limit=5,
            choices=lambda by: languages(reader_language()),
            shows=lambda code: language_name(code, reader_language()),
        ),
        ask=_language,
        sentence=_("Language is %(value)s"),
    )
)


def _updated_since(moment: datetime, asking: Asking) -> Q:
    return Q(updated_at__gte=moment)


offer(
    Condition(
        name="updated_since",
        kinds="po",
        subject=Subject.DATES,
        label=_("Changed since"),
        input=Moment(),
        ask=_updated_since,
        sentence=_("Changed since %(value)s"),
        offered=Offered.BUILDER,
    )
)


def _added_since(day: date, asking: Asking) -> Q:
    return Q(created_at__date__gte=day)


offer(
    Condition(
        name="added_since",
        kinds="po",
        subject=Subject.DATES,
        label=_("Added since"),
        input=Day(),
        ask=_added_since,
        sentence=_("Added since %(value)s"),
    )
)


def _no_action_for(days: int, asking: Asking) -> Q:
    return Q(last_action_at__lt=timezone.now() - timedelta(days=days))


offer(
    Condition(
        name="no_action_for",
        kinds="po",
        subject=Subject.DATES,
        label=_("No action for (days)"),
        input=Days(),
        ask=_no_action_for,
        sentence=ngettext_lazy("No action for %(value)d day", "No action for %(value)d days", "value"),
        description="Days.",
    )
)

_SOURCES: dict[str, Phrase] = {"mine": _("My records"), "service": _("Service")}


def _source_code(text: str) -> str:
    if text not in _SOURCES:
        raise Bad("shape")
    return text


def _source(code: str, asking: Asking) -> Q:
    """The account's own records, or those of the shared directory, under a layer or not."""
    own = Q(account=asking.by.account.pk, base=None)
    return own if code == "mine" else ~own


def _reads_the_service(by: Actor) -> bool:
    return by.account.reference_id is not None


offer(
    Condition(
        name="source",
        kinds="po",
        subject=Subject.SOURCE,
        label=_("Whose records"),
        input=Choice(limit=20, choices=lambda by: _SOURCES.items(), reads=_source_code),
        ask=_source,
        sentence="",
        exactly={"mine": _("Records of the account"), "service": _("Records of the service")},
        offered=Offered.BUILDER,
        applies=_reads_the_service,
        description="`mine`: the account's own records; `service`: those of the shared directory.",
    )
)
