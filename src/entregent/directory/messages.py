"""Error sentences shown to the person who typed a value: code → sentence. The kernel raises some of the codes."""

from dataclasses import dataclass, field
from typing import Any, NoReturn

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entregent.kernel.errors import Bad
from entregent.kernel.text import clean_line

SENTENCES: dict[str, Promise] = {
    "required": _("This field is required."),
    "too_long": _("This is too long: %(limit)s characters at most."),
    "email_no_at": _("An e-mail address contains an “@”: name@example.org."),
    "email_two_ats": _("This e-mail address contains more than one “@”."),
    "email_space": _("An e-mail address can't contain a space."),
    "email_domain": _("What follows the “@” is not a domain name, such as example.org."),
    "email_too_long": _("This is too long to be an e-mail address."),
    "email_syntax": _("This is not an e-mail address, such as name@example.org."),
    "email_name": _("Give only the address, without the name before it: name@example.org."),
    "email_not_ascii": _(
        "The part before the “@” contains an accented letter, which few mail servers accept. Check it."
    ),
    "email_several": _("Give only one e-mail address."),
    "email_taken": _("This address already belongs to %(name)s. Open their record?"),
    "email_taken_organisation": _("This address already belongs to %(name)s."),
    "email_taken_bin": _("This address already belongs to %(name)s, which is in the bin. Restore it?"),
    "email_taken_hidden": _("This address is already used in a record that you can't see."),
    "resembles_hidden": _(
        "A similar record already exists, but you can't see it. Ask an administrator of the account."
    ),
    "email_twice": _("This address is given twice."),
    "phone_no_digits": _("A phone number contains digits."),
    "date": _("This is not a date. Write it like 21/11/2026."),
    "date_birth": _("A birth date is between %(year)s and today. Correct the year, or leave the field empty."),
    "date_far": _("A date is between the years %(first)s and %(last)s. Correct the year, or leave the field empty."),
    "dates_order": _("The end is before the beginning."),
    "postal_code": _("This is not a postal code of the country. Example: %(example)s."),
    "country": _("Unknown country. Choose one from the list."),
    "language": _("Unknown language. Choose one from the list."),
    "civility": _("Unknown form of address. Choose one from the list."),
    "vat_format": _("A VAT number is a two-letter country code followed by digits. Example: FR44732829320."),
    "vat_check_digit": _("This VAT number is wrong: its check digits don't match. Is there a typing error?"),
    "siren_format": _("A SIREN has 9 digits."),
    "siren_check_digit": _("This SIREN is wrong: its last digit doesn't match. Is there a typing error?"),
    "siret_format": _("A SIRET has 14 digits."),
    "siret_check_digit": _("This SIRET is wrong: its last digit doesn't match. Is there a typing error?"),
    "neq_format": _("A NEQ has 10 digits and begins with 11, 22, 33 or 88."),
    "neq_check_digit": _("This NEQ is wrong: its last digit doesn't match. Is there a typing error?"),
    "website": _("This is not the address of a website, such as https://example.org."),
    "visibility": _("Choose who may see this record."),
    "visibility_mode": _("Teams and users go with the mode “shared” only: give this mode too, or leave them out."),
    "visibility_nobody": _("Choose at least one team or one person."),
    "still_member": _("This person still belongs to the account, so their private records stay theirs."),
    "visibility_lost": _("You would no longer see this record."),
    "visibility_unknown": _("This team or person is not part of the account."),
    "organisation_unknown": _("This organisation no longer exists."),
    "contact_unknown": _("This contact no longer exists."),
    "tag": _("A tag has from 1 to 60 characters."),
    "tags_denied": _("Your role does not let you change tags."),
    "tags_many": _("A record can have at most 100 tags."),
    "skill": _("A skill has from 1 to 150 characters."),
    "skills_many": _("A person can have at most 100 skills."),
    "skill_unknown": _("The skill “%(name)s” does not exist, and your role does not let you create it."),
    "skill_not_there": _("The skill “%(name)s” does not exist. Choose another, or create it in “Reference lists”."),
    "tag_unknown": _("The tag “%(name)s” does not exist. Choose another, or create it in “Reference lists”."),
    "function_unknown": _(
        "The function “%(name)s” does not exist. Choose another, or create it in “Reference lists”."
    ),
    "status_unknown": _("The status “%(name)s” does not exist. Choose one from the list."),
    "family_unknown": _("The family of organisations “%(name)s” does not exist. Choose one from the list."),
    "changed_by": _("%(name)s changed this on %(when)s: it stays as it is."),
    "tag_gone": _("The tag “%(name)s” has been deleted or replaced since."),
    "no_bin": _("The account keeps no bin any more: it would be deleted for good."),
    "not_undoable": _("This can't be undone, or someone else did it."),
    "user_unknown": _("This is not an active user of the account. Choose one from the list."),
    "user_not_there": _("No user of the account has this number. Choose one from the list."),
    "both_forms": _("“%(short)s” and “%(list)s” disagree: give only one of them."),
    "main_once": _("Only one of them can be the main one."),
    "many": _("That is too many: at most %(limit)s."),
    "query_signs": _("This search holds only signs: type a word or a number."),
    "filter_word": _("This holds only signs: type a word or a number."),
    "filter_syntax": _("This filter can't be read: a bracket, a comma or a quotation mark is missing."),
    "filter_large": _("This filter is too large: 50 conditions and 5 levels at most."),
    "filter_asks_much": _("Including those of its lists, this search has more than %(limit)s conditions."),
    "filter_unknown": _("There is no condition named “%(name)s”."),
    "sort_unknown": _("There is no sort order named “%(name)s”."),
    "view_unknown": _("This view no longer exists."),
    "view_taken": _("You already have a view with this name."),
    "boolean": _("Answer with yes or no."),
    "shape": _("This value does not have the expected form."),
    "cursor": _("This page address is damaged, or belongs to another list. Start again from the first page."),
    "gone": _("This record has been deleted for good. Copy what you typed if you still need it."),
    "service_record": _(
        "This record is kept up to date by the service: it can't be changed or deleted here. "
        "You may add your personal information to it."
    ),
    "position_exists": _("This person already has this position in this organisation."),
    "department": _("This is not a French département. Give its name or its number: Ain, 01."),
    "list_unknown": _("This list no longer exists, or you can't see it."),
    "list_behind": _("This list uses another list that no longer exists, or that you can't see."),
    "custom_number": _("This is not a number. Write it like 1234.5, with at most six decimals."),
    "custom_amount": _("This is not an amount. Write it like 1234.50, with at most two decimals."),
    "custom_digits": _(
        "A number keeps %(limit)s digits at most. Round it, or keep it in a field of text, as an identifier."
    ),
    "custom_choice": _("This is not one of the choices: %(choices)s."),
    "custom_choice_retired": _("“%(choice)s” is no longer offered. Choose another."),
    "custom_unknown": _("There is no such custom field."),
    "custom_required": _("“%(field)s” is required."),
    "field_type": _("This type of field is not known. Choose it from the list."),
    "field_type_fixed": _("The type can no longer change: the field has values (%(count)s)."),
    "field_label_taken": _("A field with this name already exists."),
    "field_label_reserved": _("Every record already has a field with this name. Choose another name."),
    "field_choices": _("Give at least one choice."),
    "field_choices_many": _("A field can have at most 200 choices."),
    "field_choice_twice": _("“%(choice)s” is given twice."),
    "field_choice_sign": _("A choice has from 1 to 80 characters and no semicolon."),
    "field_choice_used": _("“%(choice)s” is used (records: %(count)s). Say which choice replaces it, or retire it."),
    "field_choice_asked": _(
        "A list or a saved view asks for “%(choice)s”. Say which choice replaces it, or retire it."
    ),
    "field_choice_replacement": _("Choose another of the field's choices to replace it."),
    "field_approval": _(
        "Say who approved it: sensitive data may be kept only if the data protection officer agrees."
    ),
    "field_sensitive_fixed": _("This field has values: it stays sensitive."),
    "field_sensitive_searchable": _("Sensitive fields can't be searched."),
    "field_service_searchable": _(
        "Your fields are only for you, but every account searches the shared directory: they can't be searched."
    ),
    "field_sensitive_denied": _("Your role does not let you define sensitive fields."),
    "field_retired": _("This field is retired. Restore it first."),
    "fields_many": _("An account can have at most 200 custom fields in use."),
    "towards": _("Say what the contact may do with it."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One error: ``field`` as the API names it, ``code`` for programs, ``params`` for the sentence."""

    field: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)  # type: ignore[operator]

    @property
    def message(self) -> str:
        """The sentence, in the current language."""
        sentence = SENTENCES.get(self.code, SENTENCES["shape"])
        return str(sentence) % self.params if self.params else str(sentence)


class Invalid(ValueError):
    """The given values can't be saved. Nothing was written. ``clean``: what could be read of a card."""

    def __init__(self, problems: list[Problem], clean: Any = None) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.code}" for problem in problems))
        self.problems, self.clean = problems, clean


def refuse(field_name: str, code: str, **params: object) -> NoReturn:
    """Raise ``Invalid`` with this one problem."""
    raise Invalid([Problem(field_name, code, params)])


def clean_name(value: Any, limit: int) -> str:
    """Return a name cleaned for storage. Raises ``Invalid`` if it is empty or longer than ``limit``."""
    try:
        return clean_line(str(value or ""), limit) or refuse("name", "required")
    except Bad as bad:
        raise Invalid([problem_of("name", bad)]) from bad


def problem_of(field_name: str, bad: Bad) -> Problem:
    """Turn an error of the kernel into a ``Problem`` of one field."""
    return Problem(field_name, bad.code, bad.params)
