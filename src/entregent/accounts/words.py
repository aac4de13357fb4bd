"""The account's word for organisations («Organisme», «Société» or «Entreprise»), in every form that pages need."""

from dataclasses import dataclass

from django.utils.translation import get_language

from entregent.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun in all its forms, with their elisions and genders: templates only choose a form.

    In a sentence: ``_("Add %(an)s") % {"an": word.an}``; alone: ``word.Many``.
    """

    one: str
    many: str
    an: str
    the: str
    this: str
    no: str
    french: bool = True

    @property
    def One(self) -> str:
        return self.one.capitalize()

    @property
    def Many(self) -> str:
        return self.many.capitalize()

    def counted(self, number: int) -> str:
        """Return the form that follows ``number``: after 0 the singular in French, the plural in English."""
        return self.one if number == 1 or (self.french and not number) else self.many


_FRENCH = {
    "organisme": Noun("organisme", "organismes", "un organisme", "l’organisme", "cet organisme", "aucun organisme"),
    "societe": Noun("société", "sociétés", "une société", "la société", "cette société", "aucune société"),
    "entreprise": Noun(
        "entreprise", "entreprises", "une entreprise", "l’entreprise", "cette entreprise", "aucune entreprise"
    ),
}
_ENGLISH = {
    code: Noun(one, many, an, f"the {one}", f"this {one}", f"no {one}", french=False)
    for code, one, many, an in (
        ("organisme", "organisation", "organisations", "an organisation"),
        ("societe", "company", "companies", "a company"),
        ("entreprise", "enterprise", "enterprises", "an enterprise"),
    )
}


def organisation_word(account: Account) -> Noun:
    """Return the account's noun in the active language."""
    nouns = _ENGLISH if (get_language() or "fr").startswith("en") else _FRENCH
    return nouns[account.organisation_word]
