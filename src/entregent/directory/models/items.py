"""Reference lists («Paramétrage», A4): the words by which an account classifies its directory.

Each list may also contain items of the shared directory, which every account reads and none changes (A6).
"""

from django.db import models

from entregent.accounts.scope import AccountModel, SharedModel


class Item(SharedModel):
    """An item of a list. Its name is unique regardless of case and accents: ``key`` is the folded name."""

    name = models.CharField(max_length=150)
    key = models.CharField(max_length=150)
    rank = models.PositiveSmallIntegerField(default=0, db_default=0)
    """Its place in a list that the account orders by hand; items with the same rank are sorted by name."""
    typed = models.BooleanField(default=False, db_default=False)
    """Created by typing it on a record: only those who see such a record see the item (B3)."""

    class Meta:
        abstract = True
        ordering = ["rank", "key"]
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="%(class)s_once")]

    def __str__(self) -> str:
        return self.name


class JobFunction(Item):
    """A function in an organisation. Positions hold its name and its key: ``Position.function_key``."""


class Skill(Item):
    """What a person can do."""


class OrganisationFamily(Item):
    """What kind of body an organisation is: commune, association, federation…"""


class ContactStatus(Item):
    """The status of a contact for the account: prospect, member… (E10)."""

    class Colour(models.TextChoices):
        """The colours that every theme has. The status's name is always shown beside it."""

        GREY = "grey"
        BLUE = "blue"
        GREEN = "green"
        AMBER = "amber"
        RED = "red"
        VIOLET = "violet"

    colour = models.CharField(max_length=6, choices=Colour.choices, default=Colour.GREY)
    is_default = models.BooleanField(default=False)
    """Given to new contacts without a status."""

    class Meta(Item.Meta):
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(is_default=True), name="one_default_status"
            ),
        ]


class ListCategory(Item):
    """A category of lists."""


class HiddenItem(AccountModel):
    """An item of the shared directory that the account hides from its choices."""

    list = models.CharField(max_length=20)
    """Which list: ``functions``, ``skills``, ``families``…"""
    item = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "list", "item"], name="hidden_once")]
