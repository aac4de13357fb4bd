"""What is wrong with a value, said to the person who typed it. Codes come from the kernel or from here."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entregent.kernel.errors import Bad

SENTENCES: dict[str, Promise] = {
    "required": _("This field is required."),
    "too_long": _("This is too long: %(limit)s characters at most."),
    "email_no_at": _("An e-mail address has an “@”: name@example.org."),
    "email_two_ats": _("This e-mail address has two “@”."),
    "email_space": _("An e-mail address has no space in it."),
    "email_domain": _("What follows the “@” is not a domain name, such as example.org."),
    "email_too_long": _("This e-mail address is too long to exist."),
    "email_syntax": _("This is not an e-mail address, such as name@example.org."),
    "email_name": _("Give the address alone, without the name before it: name@example.org."),
    "email_not_ascii": _(
        "What stands before the “@” holds a letter with an accent: few mail servers take it. Check it."
    ),
    "email_several": _("Give one e-mail address only."),
    "email_taken": _("This address is already that of %(name)s. Open their record?"),
    "email_taken_organisation": _("This address is already that of %(name)s."),
    "email_taken_bin": _("This address is already that of %(name)s, which is in the bin. Restore it?"),
    "email_taken_hidden": _("This address is already used in a record that you can't see."),
    "resembles_hidden": _(
        "A record like this one exists already, which you can't see. Ask an administrator of the account."
    ),
    "email_twice": _("This address is given twice."),
    "phone_no_digits": _("A phone number has digits."),
    "date": _("This is not a date. Write it like 21/11/2026."),
    "dates_order": _("The end comes before the beginning."),
    "postal_code": _("This is not a postal code of the country. Example: %(example)s."),
    "country": _("This country is not known. Choose it from the list."),
    "language": _("This language is not known. Choose it from the list."),
    "civility": _("This form of address is not known. Choose it from the list."),
    "vat_format": _("This is not a VAT number: two letters of the country, then its digits. Example: FR44732829320."),
    "vat_check_digit": _("This VAT number is wrong: its check digits don't fit. Is there a typing error?"),
    "siren_format": _("A SIREN has 9 digits."),
    "siren_check_digit": _("This SIREN is wrong: its last digit doesn't fit. Is there a typing error?"),
    "siret_format": _("A SIRET has 14 digits."),
    "siret_check_digit": _("This SIRET is wrong: its last digit doesn't fit. Is there a typing error?"),
    "neq_format": _("A NEQ has 10 digits and begins with 11, 22, 33 or 88."),
    "neq_check_digit": _("This NEQ is wrong: its last digit doesn't fit. Is there a typing error?"),
    "website": _("This is not the address of a website, such as https://example.org."),
    "visibility": _("Choose who may see this record."),
    "visibility_nobody": _("Choose at least one team or one person."),
    "still_member": _("This person still belongs to the account: what only they see is theirs."),
    "visibility_lost": _("You would not see this record any more."),
    "visibility_unknown": _("This team or this person is not part of the account."),
    "organisation_unknown": _("This organisation does not exist, or no more."),
    "contact_unknown": _("This contact does not exist, or no more."),
    "tag": _("A tag has from 1 to 60 characters."),
    "tags_denied": _("Your role does not let you change tags."),
    "tags_many": _("A record has 100 tags at most."),
    "skill": _("A skill has from 1 to 150 characters."),
    "skills_many": _("A person has 100 skills at most."),
    "skill_unknown": _("The skill “%(name)s” does not exist, and your role does not let you create it."),
    "status_unknown": _("The status “%(name)s” does not exist. Choose one of the list."),
    "family_unknown": _("The family of organisations “%(name)s” does not exist. Choose one of the list."),
    "not_undoable": _("This can't be taken back, or was not done by you."),
    "user_unknown": _("This user is not an active user of the account. Choose one of the list."),
    "many": _("That is too many: %(limit)s at most."),
    "filter_syntax": _("This filter can't be read: a bracket, a comma or a quotation mark is missing."),
    "filter_large": _("This filter is too large: 50 conditions and 5 levels at most."),
    "filter_asks_much": _("With those of its lists, this search has more than %(limit)s conditions."),
    "filter_unknown": _("There is no condition by the name “%(name)s”."),
    "view_unknown": _("This view does not exist, or no more."),
    "view_taken": _("You have a view by this name already."),
    "boolean": _("Answer with yes or no."),
    "shape": _("This value does not have the expected form."),
    "cursor": _("This page address is damaged. Start again from the first page."),
    "gone": _("This record was deleted for good meanwhile. Copy what you typed if you still need it."),
    "service_record": _(
        "This record is kept up to date by the service: it can't be changed or deleted here. "
        "You may add your personal information to it."
    ),
    "position_exists": _("This person already has this place in this organisation."),
    "department": _("This is not a French département. Give its name or its number: Ain, 01."),
    "list_unknown": _("This list does not exist any more, or you can't see it."),
    "list_behind": _("This list is made of another one that does not exist any more, or that you can't see."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: ``field`` as the API names it, ``code`` for programs, ``params`` for the sentence."""

    field: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)  # type: ignore[operator]

    @property
    def message(self) -> str:
        sentence = SENTENCES.get(self.code, SENTENCES["shape"])
        return str(sentence) % self.params if self.params else str(sentence)


class Invalid(ValueError):
    """What was given can't be kept. Nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.code}" for problem in problems))
        self.problems = problems


def problem_of(field_name: str, bad: Bad) -> Problem:
    """A kernel complaint about one field."""
    return Problem(field_name, bad.code, bad.params)
