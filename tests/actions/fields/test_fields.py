"""Custom fields (C6): how an account defines them, and what records store in them."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.queries import queries

from entregent.accounts.actor import Actor
from entregent.accounts.scope import inside
from entregent.actions.fields import fields
from entregent.actions.fields.deeds import FIELD_CREATED
from entregent.actions.parties import parties
from entregent.directory.messages import Invalid
from entregent.directory.models import CustomField, CustomValue, Party
from entregent.directory.selections.selections import Selection
from entregent.journal.models import About, Entry

MARIE = {"last_name": "Dupont", "first_name": "Marie"}
COLOURS = {"type": "choice", "choices": ["Rouge", "Vert", "Bleu"]}


def codes(refused: pytest.ExceptionInfo[Invalid]) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in refused.value.problems}


def last_changes(party: Party) -> dict:
    return About.objects.filter(party=party).order_by("-id").values_list("changes", flat=True)[0]


def test_a_field_is_defined_and_told(aicha: Actor):
    field = fields.create(
        aicha, "p", label=" Numéro d’adhérent·e ", type="text", section="Adhésion", help="Sur la carte"
    )
    assert (field.code, field.label, field.rank) == ("numero_d_adherent_e", "Numéro d’adhérent·e", 0)
    entry = Entry.objects.get(deed=FIELD_CREATED)
    assert entry.data["field"] == "Numéro d’adhérent·e"
    assert fields.create(aicha, "o", label="Numero d'adherent-e").code == "numero_d_adherent_e_2"


@pytest.mark.parametrize("role", ["bruno", "chloe"])
def test_only_who_may_defines_fields(role, request, aicha: Actor):
    by = request.getfixturevalue(role)
    field = fields.create(aicha, "p", label="Taille")
    for refused in (
        lambda: fields.create(by, "p", label="Poids"),
        lambda: fields.change(by, field, label="Poids"),
        lambda: fields.retire(by, field),
        lambda: fields.restore(by, field),
        lambda: fields.order(by, "p", [field.pk]),
        lambda: fields.move(by, field, up=True),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert [one.label for one in CustomField.objects.all()] == ["Taille"]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"label": ""}, ("label", "required")),
        ({"label": "x" * 81}, ("label", "too_long")),
        ({"label": "TAILLE"}, ("label", "field_label_taken")),
        ({"label": "Prénom"}, ("label", "field_label_reserved")),
        ({"label": "A", "type": "colour"}, ("type", "field_type")),
        ({"label": "A", "towards": "everyone"}, ("towards", "towards")),
        ({"label": "A", "required": "yes"}, ("required", "boolean")),
        ({"label": "A", "type": "choice"}, ("choices", "field_choices")),
        ({"label": "A", "type": "choice", "choices": ["Un", "UN"]}, ("choices", "field_choice_twice")),
        ({"label": "A", "type": "choices", "choices": ["Un; deux"]}, ("choices", "field_choice_sign")),
        ({"label": "A", "sensitive": True}, ("approved_by", "field_approval")),
        (
            {"label": "A", "sensitive": True, "approved_by": "Ana", "searchable": True},
            ("searchable", "field_sensitive_searchable"),
        ),
    ],
)
def test_what_makes_no_field_is_refused(aicha: Actor, given, problem):
    fields.create(aicha, "p", label="Taille")
    with pytest.raises(Invalid) as refused:
        fields.create(aicha, "p", **given)
    assert problem in codes(refused)
    assert CustomField.objects.count() == 1


def test_the_operators_own_fields_are_searched_by_nobody(sonia: Actor):
    with inside(sonia.account):
        with pytest.raises(Invalid) as refused:
            fields.create(sonia, "p", label="Opinion", searchable=True)
        field = fields.create(sonia, "p", label="Opinion")
        with pytest.raises(Invalid) as again:
            fields.change(sonia, field, searchable=True)
    assert codes(refused) == codes(again) == {("searchable", "field_service_searchable")}


def test_values_are_kept_told_found_and_emptied(aicha: Actor):
    size = fields.create(aicha, "p", label="Taille", type="number")
    words = fields.create(aicha, "p", label="Devise", searchable=True)
    marie = parties.create(aicha, "p", MARIE | {"custom": {"taille": "172,5", "devise": "Fluctuat nec mergitur"}})
    assert marie.custom == {"taille": 172.5, "devise": "Fluctuat nec mergitur"}
    assert last_changes(marie)["custom.taille"] == [None, 172.5]
    assert CustomValue.objects.get(field=words, party=marie).key == "fluctuat nec mergitur"
    assert Selection("p", "mergitur").parties(aicha).get() == marie
    marie = parties.update(aicha, marie, {"custom": {"taille": 0}})
    assert marie.custom["devise"] == "Fluctuat nec mergitur"
    assert last_changes(marie) == {"custom.taille": [172.5, 0]}
    assert CustomValue.objects.filter(party=marie).count() == 2
    marie = parties.update(aicha, marie, {"custom": {"devise": None}})
    assert marie.custom == {"taille": 0}
    assert not Selection("p", "mergitur").parties(aicha).exists()
    assert CustomValue.objects.get(party=marie).field == size


def test_nothing_changed_is_nothing_written(aicha: Actor):
    fields.create(aicha, "p", label="Membre", type="boolean")
    marie = parties.create(aicha, "p", MARIE | {"custom": {"membre": "non"}})
    assert last_changes(marie)["custom.membre"] == [None, False]
    assert parties.update(aicha, marie, {"custom": {"membre": False}}).version == 1


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"taille": "grande"}, ("custom.taille", "custom_number")),
        ({"poids": 3}, ("custom.poids", "custom_unknown")),
        ({"sigle": "SA"}, ("custom.sigle", "custom_unknown")),
        ("grande", ("custom", "shape")),
    ],
)
def test_values_that_fit_no_field_are_refused(aicha: Actor, values, problem):
    fields.create(aicha, "p", label="Taille", type="number")
    fields.create(aicha, "o", label="Sigle")
    with pytest.raises(Invalid) as refused:
        parties.create(aicha, "p", MARIE | {"custom": values})
    assert codes(refused) == {problem}


def test_what_is_required_is_asked_of_new_and_of_edited_records(aicha: Actor):
    marie = parties.create(aicha, "p", MARIE)
    fields.create(aicha, "p", label="Numéro", required=True)
    assert Party.objects.get(pk=marie.pk).version == 1, "records from before stay as they are"
    for refused_deed in (
        lambda: parties.create(aicha, "p", {"last_name": "Roy", "first_name": "Ann"}),
        lambda: parties.update(aicha, marie, {"notes": "Bonjour"}),
    ):
        with pytest.raises(Invalid) as refused:
            refused_deed()
        assert codes(refused) == {("custom.numero", "custom_required")}
        assert "Numéro" in refused.value.problems[0].message
    assert parties.update(aicha, marie, {"custom": {"numero": "12"}}).custom == {"numero": "12"}
    parties.create(aicha, "o", {"name": "Lac"})


def test_a_retired_field_keeps_its_values_and_gets_them_back(aicha: Actor):
    field = fields.create(aicha, "p", label="Devise", searchable=True, required=True)
    marie = parties.create(aicha, "p", MARIE | {"custom": {"devise": "Fluctuat"}})
    fields.retire(aicha, field)
    assert not Selection("p", "fluctuat").parties(aicha).exists()
    marie = parties.update(aicha, Party.objects.get(pk=marie.pk), {"notes": "Bonjour"})
    assert marie.custom == {"devise": "Fluctuat"}
    with pytest.raises(Invalid) as refused:
        parties.update(aicha, marie, {"custom": {"devise": "Autre"}})
    assert codes(refused) == {("custom.devise", "custom_unknown")}
    again = fields.create(aicha, "p", label="Devise")
    assert again.code == "devise_2"
    with pytest.raises(Invalid) as refused:
        fields.restore(aicha, field)
    assert codes(refused) == {("label", "field_label_taken")}
    fields.retire(aicha, again)
    fields.restore(aicha, field)
    assert Selection("p", "fluctuat").parties(aicha).get() == marie


def test_the_type_changes_only_while_there_is_no_value(aicha: Actor):
    field = fields.create(aicha, "p", label="Taille")
    field = fields.change(aicha, field, type="number")
    assert field.type == "number"
    parties.create(aicha, "p", MARIE | {"custom": {"taille": 3}})
    with pytest.raises(Invalid) as refused:
        fields.change(aicha, field, type="text", label="Hauteur")
    assert codes(refused) == {("type", "field_type_fixed")}
    field = fields.change(aicha, field, label="Hauteur")
    assert (field.label, field.code) == ("Hauteur", "taille")


def test_fields_are_put_in_order(aicha: Actor):
    one, two, three = (fields.create(aicha, "p", label=label) for label in ("Un", "Deux", "Trois"))
    other = fields.create(aicha, "o", label="Un")
    fields.move(aicha, three, up=True)
    assert [field.label for field in CustomField.objects.filter(kind="p")] == ["Un", "Trois", "Deux"]
    fields.move(aicha, one, up=True)
    fields.order(aicha, "p", [two.pk, other.pk])
    assert [field.label for field in CustomField.objects.filter(kind="p")] == ["Deux", "Un", "Trois"]


def test_choices_are_renamed_retired_and_removed(aicha: Actor):
    field = fields.create(aicha, "p", label="Couleur", searchable=True, **COLOURS)
    marie = parties.create(aicha, "p", MARIE | {"custom": {"couleur": "rouge"}})
    renamed = [{"code": "rouge", "label": "Écarlate", "retired": True}, *field.choices[1:]]
    field = fields.change(aicha, field, choices=renamed)
    assert Selection("p", "écarlate").parties(aicha).get() == marie
    marie = parties.update(aicha, Party.objects.get(pk=marie.pk), {"notes": "Toujours écarlate"})
    assert marie.custom == {"couleur": "rouge"}
    with pytest.raises(Invalid) as refused:
        parties.create(aicha, "p", MARIE | {"custom": {"couleur": "Écarlate"}})
    assert codes(refused) == {("custom.couleur", "custom_choice_retired")}
    with pytest.raises(Invalid) as refused:
        fields.change(aicha, field, choices=field.choices[1:])
    assert codes(refused) == {("choices", "field_choice_used")}
    assert "1" in refused.value.problems[0].message
    fields.change(aicha, field, choices=[field.choices[0], field.choices[2]])
    assert [choice["code"] for choice in CustomField.objects.get().choices if not choice.get("removed")] == [
        "rouge",
        "bleu",
    ]


@pytest.mark.parametrize(
    ("type", "value", "replaced"),
    [("choice", "Rouge", "bleu"), ("choices", ["Rouge", "Vert"], ["vert", "bleu"])],
)
def test_a_choice_in_use_is_replaced(aicha: Actor, type, value, replaced):
    field = fields.create(aicha, "p", label="Couleur", **COLOURS | {"type": type})
    marie = parties.create(aicha, "p", MARIE | {"custom": {"couleur": value}})
    before = marie.custom["couleur"]
    with pytest.raises(Invalid) as refused:
        fields.change(aicha, field, choices=field.choices[1:], replace={"rouge": "rouge"})
    assert codes(refused) == {("choices", "field_choice_replacement")}
    fields.change(aicha, field, choices=field.choices[1:], replace={"rouge": "bleu"})
    marie = Party.objects.get(pk=marie.pk)
    assert marie.custom["couleur"] == replaced
    assert marie.version == 2
    assert last_changes(marie) == {"custom.couleur": [before, replaced]}
    keys = set(CustomValue.objects.values_list("key", flat=True))
    assert keys == set(replaced if isinstance(replaced, list) else [replaced])


@pytest.fixture
def allergy(aicha: Actor) -> CustomField:
    return fields.create(aicha, "p", label="Allergies", sensitive=True, approved_by="Ana Costa, DPO")


def test_what_is_sensitive_is_as_if_it_were_not_there(aicha: Actor, bruno: Actor, allergy: CustomField):
    assert Entry.objects.get(deed=FIELD_CREATED).data["approved_by"] == "Ana Costa, DPO"
    marie = parties.create(aicha, "p", MARIE | {"custom": {"allergies": "Arachides"}})
    marie = parties.update(bruno, marie, {"notes": "Bonjour"})
    assert marie.custom == {"allergies": "Arachides"}
    for value in ("Noix", None):
        with pytest.raises(Invalid) as refused:
            parties.update(bruno, marie, {"custom": {"allergies": value}})
        assert codes(refused) == {("custom.allergies", "custom_unknown")}
    assert "arachides" not in Party.objects.get(pk=marie.pk).search_text


def test_what_is_sensitive_stays_so(aicha: Actor, allergy: CustomField):
    assert fields.change(aicha, allergy, sensitive=False).approved_by == ""
    field = fields.change(aicha, allergy, sensitive=True, approved_by="Ana")
    parties.create(aicha, "p", MARIE | {"custom": {"allergies": "Arachides"}})
    with pytest.raises(Invalid) as refused:
        fields.change(aicha, field, sensitive=False)
    assert codes(refused) == {("sensitive", "field_sensitive_fixed")}


def test_fields_are_of_one_account(aicha: Actor, dimitri: Actor):
    fields.create(aicha, "p", label="Taille", required=True)
    with inside(dimitri.account):
        assert not CustomField.objects.exists()
        ann = parties.create(dimitri, "p", {"last_name": "Roy", "first_name": "Ann"})
        with pytest.raises(Invalid) as refused:
            parties.update(dimitri, ann, {"custom": {"taille": "12"}})
    assert codes(refused) == {("custom.taille", "custom_unknown")}


def test_definitions_are_asked_for_once(aicha: Actor):
    for number in range(20):
        fields.create(aicha, "p", label=f"Champ {number}", type="number")
    values = {f"champ_{number}": number for number in range(20)}
    asked = queries(lambda: parties.create(aicha, "p", MARIE | {"custom": values}))
    assert sum('FROM "directory_customfield"' in sql for sql in asked) == 1
    assert sum('"directory_customvalue"' in sql for sql in asked) <= 1, "all values are written at once"
