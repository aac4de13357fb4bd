"""Reference lists («Paramétrage», A4): the words that an account sorts its directory by.

Each list may also hold items of the shared directory, which every account reads and none changes (A6).
"""

from django.db import models

from entregent.accounts.scope import AccountModel, SharedModel


class Item(SharedModel):
    """One word of a list. Its name is unique whatever its case and accents: ``key`` is the name folded."""

    name = models.CharField(max_length=150)
    key = models.CharField(max_length=150)
    rank = models.PositiveSmallIntegerField(default=0, db_default=0)
    """Its place, where the account orders the list; items of one rank come by name."""
    typed = models.BooleanField(default=False, db_default=False)
    """Made by being typed on a record: who sees no record that it is on does not see it either (B3)."""

    class Meta:
        abstract = True
        ordering = ["rank", "key"]
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="%(class)s_once")]

    def __str__(self) -> str:
        return self.name


class JobFunction(Item):
    """What people do in organisations. Positions hold its name and its key: ``Position.function_key``."""


class Skill(Item):
    """What a person can do."""


class OrganisationFamily(Item):
    """What kind of body an organisation is: commune, association, federation…"""


class ContactStatus(Item):
    """Where a contact stands with the account: prospect, member… (E10)."""

    class Colour(models.TextChoices):
        """The tones that every theme has; the word beside it says the same."""

        GREY = "grey"
        BLUE = "blue"
        GREEN = "green"
        AMBER = "amber"
        RED = "red"
        VIOLET = "violet"

    colour = models.CharField(max_length=6, choices=Colour.choices, default=Colour.GREY)
    is_default = models.BooleanField(default=False)
    """Given to new contacts for which none is chosen."""

    class Meta(Item.Meta):
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(is_default=True), name="one_default_status"
            ),
        ]


class ListCategory(Item):
    """A drawer of lists."""


class HiddenItem(AccountModel):
    """An item of the shared directory that the account leaves out of its own choices."""

    list = models.CharField(max_length=20)
    """Which list: ``functions``, ``skills``, ``families``…"""
    item = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "list", "item"], name="hidden_once")]
