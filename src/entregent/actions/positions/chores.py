"""Positions whose end date has passed: the person's row then shows the next one."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from entregent.accounts.jobs import chore
from entregent.accounts.models import Account
from entregent.accounts.scope import everywhere, inside
from entregent.actions.frame import fresh
from entregent.actions.parties.refreshing import refresh
from entregent.directory.models import Party, Position

from .organisations import keep_a_main

STEP = 300


@chore
def end_places() -> None:
    """Make positions whose end date has passed no longer the main one. Run by the worker."""
    with everywhere("the worker serves all accounts"):
        accounts = list(Account.objects.all())
    for account in accounts:
        with inside(account):
            today = timezone.localdate()
            while people := list(_ended(today).values_list("contact", flat=True)[:STEP]):
                _end(people, today)


def _ended(today: date):
    return Position.objects.filter(main=True, until__lte=today)


def _end(people: list[int], today: date) -> None:
    with transaction.atomic():
        contacts = fresh(list(Party.objects.filter(pk__in=people)))
        _ended(today).filter(contact__in=people).update(main=False)
        for contact in contacts:
            keep_a_main(contact, today)
        refresh(people)
