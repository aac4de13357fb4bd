"""«Proposer une correction» (A6): what the operator sees, what the account sees."""

from dataclasses import asdict

import pytest
from django.core.exceptions import PermissionDenied

from entregent.accounts.scope import inside
from entregent.actions.parties import parties
from entregent.actions.service import corrections, leaving
from entregent.directory.messages import Invalid
from entregent.directory.models import Correction, Party, Position
from entregent.journal.models import Entry


@pytest.fixture
def mayor(service, sonia) -> Party:
    """A mayor of the shared directory."""
    with inside(service):
        return parties.create(
            sonia, "p", {"last_name": "Roy", "first_name": "Léa", "phone": "01 99 00 12 34",
                         "organisation_name": "Mairie d’Aubrac", "function": "Maire"},
        )  # fmt: skip


def of(mayor: Party) -> Party:
    return Party.readable.get(pk=mayor.pk)


def test_a_proposal_goes_to_the_operator_without_a_word_of_who(mayor, service, sonia, bruno):
    corrections.propose(bruno, of(mayor), "phone", "01 99 00 99 99", "Vu sur leur site")
    with inside(service):
        (found,) = corrections.proposals(sonia)
    assert asdict(found) | {"pk": 0, "at": None} == {
        "pk": 0, "party_id": mayor.pk, "field": "phone", "current": "01 99 00 12 34", "proposed": "01 99 00 99 99",
        "comment": "Vu sur leur site", "account": "Les Amis du lac", "at": None, "status": "open", "answer": "",
    }  # fmt: skip


def test_accepting_writes_it_for_all_and_tells_both_sides(mayor, service, sonia, bruno):
    proposed = corrections.propose(bruno, of(mayor), "phone", "01 99 00 99 99")
    with inside(service):
        corrections.answer(sonia, proposed.pk, accept=True, text="Merci")
        assert Entry.objects.filter(deed="correction_answered").count() == 1
    assert of(mayor).phone == "01 99 00 99 99"
    proposed.refresh_from_db()
    assert (proposed.status, proposed.answer) == ("accepted", "Merci")
    told = Entry.objects.get(deed="correction_answered")
    assert (told.by_id, told.by_name) == (None, "Le service")  # the service answers, not a person


def test_refusing_changes_nothing(mayor, service, sonia, bruno):
    proposed = corrections.propose(bruno, of(mayor), "first_name", "Zoé")
    with inside(service):
        corrections.answer(sonia, proposed.pk, accept=False, text="Vérifié : Léa")
    proposed.refresh_from_db()
    assert (proposed.status, of(mayor).first_name) == ("refused", "Léa")


def test_a_second_answer_is_refused(mayor, service, sonia, bruno):
    proposed = corrections.propose(bruno, of(mayor), "first_name", "Zoé")
    with inside(service):
        corrections.answer(sonia, proposed.pk, accept=False)
        with pytest.raises(Invalid):
            corrections.answer(sonia, proposed.pk, accept=True)
    assert of(mayor).first_name == "Léa"


def test_someone_who_left_is_marked_and_their_place_ends(mayor, service, sonia, bruno):
    proposed = corrections.propose(bruno, of(mayor), "retired", "", "Élections de mars")
    with inside(service):
        corrections.answer(sonia, proposed.pk, accept=True)
    assert of(mayor).retired_at is not None
    assert Position.readable.get(contact=mayor.pk).until is not None


@pytest.mark.parametrize(
    ("field", "proposed", "code"),
    [
        ("email", "personne@@x.example", "email_two_ats"),
        ("first_name", "Léa", "correction_same"),
        ("last_name", "", "required"),
        ("notes", "Rien", "correction_field"),
        ("other", "", "required"),
    ],
)
def test_what_could_not_be_kept_is_not_sent(mayor, bruno, field, proposed, code):
    with pytest.raises(Invalid) as refused:
        corrections.propose(bruno, of(mayor), field, proposed)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert not Correction.objects.exists()


def test_the_same_twice_is_refused_while_it_waits(mayor, bruno):
    corrections.propose(bruno, of(mayor), "first_name", "Zoé")
    with pytest.raises(Invalid):
        corrections.propose(bruno, of(mayor), "first_name", "Zoé")


def test_a_reader_proposes_nothing_and_an_account_reads_no_other_s(mayor, bruno, chloe, dimitri):
    with pytest.raises(PermissionDenied):
        corrections.propose(chloe, of(mayor), "first_name", "Zoé")
    corrections.propose(bruno, of(mayor), "first_name", "Zoé")
    with inside(dimitri.account):
        assert corrections.mine(dimitri) == []
        with pytest.raises(PermissionDenied):
            corrections.proposals(dimitri)
    assert len(corrections.mine(bruno)) == 1


def test_only_the_operator_says_who_left(mayor, service, aicha):
    with pytest.raises(PermissionDenied):
        leaving.retire(aicha, [of(mayor)])


def test_back_in_office_by_hand(mayor, service, sonia):
    with inside(service):
        leaving.retire(sonia, [mayor])
        leaving.reinstate(sonia, [Party.objects.get(pk=mayor.pk)])
        assert Party.objects.get(pk=mayor.pk).retired_at is None
