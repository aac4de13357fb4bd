"""The account's word for organisations («Organisme», «Société» or «Entreprise»), in every form that pages need."""

from dataclasses import dataclass

from django.utils.translation import get_language

from entregent.accounts.models import Account

_VOWELS = "aeiouyéèêœ"


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun in all its forms. Elision and gender of French nouns are computed; templates only choose a form.

    In a sentence: ``_("Add %(an)s") % {"an": word.an}``; alone: ``word.Many``.
    """

    one: str
    many: str
    french: bool = True
    feminine: bool = False

    @property
    def One(self) -> str:
        return self.one.capitalize()

    @property
    def Many(self) -> str:
        return self.many.capitalize()

    @property
    def an(self) -> str:
        """«un organisme», «une société», "an organisation"."""
        if not self.french:
            return ("an " if self._elides else "a ") + self.one
        return ("une " if self.feminine else "un ") + self.one

    @property
    def the(self) -> str:
        """«l’organisme», «la société», "the organisation"."""
        return self._article("l’", "la ", "le ", "the ")

    @property
    def of(self) -> str:
        """«d’organisme», «de société», "of organisation": a kind of thing."""
        return self._article("d’", "de ", "de ", "of ")

    @property
    def this(self) -> str:
        """«cet organisme», «cette société», "this organisation"."""
        return self._article("cette " if self.feminine else "cet ", "cette ", "ce ", "this ")

    @property
    def no(self) -> str:
        """«aucun organisme», «aucune société», "no organisation"."""
        none = "aucune " if self.feminine else "aucun "
        return self._article(none, none, none, "no ")

    @property
    def new(self) -> str:
        """«nouvel organisme», «nouvelle société», "new organisation"."""
        return self._article("nouvelle " if self.feminine else "nouvel ", "nouvelle ", "nouveau ", "new ")

    @property
    def all(self) -> str:
        """«tous les organismes», «toutes les sociétés», "all organisations"."""
        if not self.french:
            return f"all {self.many}"
        return ("toutes les " if self.feminine else "tous les ") + self.many

    def counted(self, number: int) -> str:
        """Return the form that follows ``number``: after 0 the singular in French, the plural in English."""
        return self.one if number == 1 or (self.french and not number) else self.many

    @property
    def _elides(self) -> bool:
        return self.one[0] in _VOWELS

    def _article(self, elided: str, feminine: str, masculine: str, english: str) -> str:
        if not self.french:
            return english + self.one
        if self._elides:
            return elided + self.one
        return (feminine if self.feminine else masculine) + self.one


_FRENCH = {
    "organisme": Noun("organisme", "organismes"),
    "societe": Noun("société", "sociétés", feminine=True),
    "entreprise": Noun("entreprise", "entreprises", feminine=True),
}
_ENGLISH = {
    "organisme": Noun("organisation", "organisations", french=False),
    "societe": Noun("company", "companies", french=False),
    "entreprise": Noun("enterprise", "enterprises", french=False),
}


def organisation_word(account: Account) -> Noun:
    """Return the account's noun in the active language."""
    nouns = _ENGLISH if (get_language() or "fr").startswith("en") else _FRENCH
    return nouns[account.organisation_word]
