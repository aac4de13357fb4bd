"""Add and edit records in pages (B1-B5, D1, D2): errors and conflicts lose nothing typed."""

import re

import pytest

from entregent.actions.bin import bin as bin_actions
from entregent.actions.parties import parties
from entregent.directory.models import Party
from entregent.web.links import to

EMPTY_ROWS = {
    f"{name}-{key}": value
    for name in ("emails", "phones", "websites", "addresses")
    for key, value in {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0"}.items()
}


def typed(**values):
    """What a browser sends of the form of a contact."""
    basis = {"last_name": "Martin", "first_name": "Paul", "language": "fr", "visibility": "everyone", "country": "FR"}
    return basis | EMPTY_ROWS | values


@pytest.fixture
def paul(bruno):
    return parties.create(
        bruno,
        "p",
        {
            "last_name": "Martin",
            "first_name": "Paul",
            "email": "paul@lac.example",
            "tags": ["presse"],
            "phones": [
                {"value": "06 45 12 98 03", "label": "mobile"},
                {"value": "04 75 87 81 00", "label": "bureau"},
            ],
        },
    )


def sent_form(client, url) -> dict:
    """The form's fields as a browser would send them, untouched."""
    form = client.get(url).context["form"]
    data = {"version": str(client.get(url).context.get("version", ""))}
    for one in (form, *(row for formset in form.sets.values() for row in formset)):
        for field in one:
            value = field.value()
            if value not in (None, False, "", []):
                data[field.html_name] = "on" if value is True else value
    for formset in form.sets.values():
        for field in formset.management_form:
            data[field.html_name] = field.value()
    return data


def test_three_fields_are_enough(browse, bruno):
    answer = browse(bruno).post(to(bruno, "contacts:new"), typed())
    party = Party.objects.get()
    assert answer.status_code == 302
    assert answer.url == to(bruno, "contacts:page", party.pk)
    assert (party.name, party.civility, party.visibility) == ("Paul Martin", "", "everyone")


def test_everything_else_is_possible(browse, bruno):
    answer = browse(bruno).post(
        to(bruno, "contacts:new"),
        typed(**{
            "organisation": "Mairie d’Aubenas", "function": "Maire", "civility": "M.", "birth_date": "1970-01-31",
            "email": "paul@lac.example", "phone": "06 45 12 98 03", "phone_label": "mobile", "website": "lac.example",
            "street": "1, rue du Lac\r\nBP 4", "postal_code": "07200", "city": "Aubenas",
            "vat_number": "FR44732829320", "tags": ["presse", "élus"], "notes": "Une\r\nnote", "code": "A1",
            "emails-0-value": "p.martin@lac.example", "emails-0-label": "bureau",
            "addresses-0-city": "Montréal", "addresses-0-country": "CA", "addresses-0-postal_code": "H2X 1Y4",
        }),
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    party = Party.objects.get(kind="p")
    assert (party.organisation_name, party.function, party.city) == ("Mairie d’Aubenas", "Maire", "Aubenas")
    assert list(party.channels.filter(kind="email").values_list("value", "label", "rank")) == [
        ("paul@lac.example", "", 0),
        ("p.martin@lac.example", "bureau", 1),
    ]
    assert list(party.addresses.values_list("city", "country", "street")) == [
        ("Aubenas", "FR", "1, rue du Lac\nBP 4"),
        ("Montréal", "CA", ""),
    ]
    assert sorted(party.tag_names) == ["presse", "élus"]


def test_an_emptied_organisation_closes_the_position(browse, bruno):
    party = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Zoé", "organisation_name": "Mairie"})
    url = to(bruno, "contacts:edit", party.pk)
    data = sent_form(browse(bruno), url) | {"organisation": ""}
    assert browse(bruno).post(url, data).status_code == 302
    assert (Party.objects.get(pk=party.pk).organisation_name, party.positions.get().main) == ("", False)


def test_an_organisation_may_be_called_by_a_number(browse, bruno):
    sent = typed(organisation="360360360", function="Élue")
    assert browse(bruno).post(to(bruno, "contacts:new"), sent).status_code == 302
    assert Party.objects.get(kind="p").organisation_name == "360360360"


def test_save_and_create_another(browse, bruno):
    page = browse(bruno).get(to(bruno, "contacts:new")).content.decode()
    assert "Enregistrer et créer un autre" in page
    answer = browse(bruno).post(to(bruno, "contacts:new"), typed(then="another"))
    assert answer.url == to(bruno, "contacts:new")


def test_errors_keep_what_was_typed(browse, bruno):
    wrong = typed(last_name="", email="paul@@lac", organisation="Toute nouvelle", notes="Longue <b>note</b>")
    answer = browse(bruno).post(to(bruno, "contacts:new"), wrong | {"phones-0-value": "pas un numéro"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert not Party.objects.exists()
    assert 'value="paul@@lac"' in html
    assert '<option value="Toute nouvelle" selected>' in html
    assert "Longue &lt;b&gt;note&lt;/b&gt;" in html
    assert 'value="pas un numéro"' in html
    assert set(answer.context["form"].errors) == {"last_name", "email"}
    assert answer.context["form"].sets["phones"].errors[0]


def test_an_email_in_use_leads_to_its_holder(browse, bruno, paul):
    answer = browse(bruno).post(to(bruno, "contacts:new"), typed(email="PAUL@lac.example", first_name="Autre"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="{to(bruno, "contacts:page", paul.pk)}">Ouvrir la fiche\u00a0: Paul Martin</a>' in html
    assert "fusionner" not in html
    assert 'name="email_shared"' in html


def test_the_holder_in_the_bin_is_named_too(browse, bruno, paul):
    bin_actions.delete(bruno, [paul])
    html = browse(bruno).post(to(bruno, "contacts:new"), typed(email="paul@lac.example")).content.decode()
    assert f'<a href="{to(bruno, "bin:list")}">' in html


def test_a_hidden_holder_stays_hidden(browse, bruno, aicha, paul):
    parties.update(bruno, paul, {"visibility": {"mode": "creator"}})
    answer = browse(aicha).post(
        to(aicha, "contacts:new"), typed(email="paul@lac.example", first_name="X", last_name="Y")
    )
    assert answer.status_code == 422
    assert "Paul Martin" not in answer.content.decode()


def test_a_shared_mailbox_is_ticked_recorded_and_shown(browse, bruno, paul):
    client = browse(bruno)
    shared = {"email_shared": "on", "email": "mairie@lac.example"}
    for name in ("Un", "Deux"):
        assert client.post(to(bruno, "contacts:new"), typed(last_name=name, **shared)).status_code == 302
    party = Party.objects.get(last_name="Deux")
    assert "adresse partagée" in client.get(to(bruno, "contacts:page", party.pk)).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last_name", "a" * 10_000),
        ("notes", "a" * 50_000),
        ("city", "b" * 500),
        ("tags", "c" * 100),
        ("code", "d" * 90),
    ],
)
def test_what_is_too_long_is_refused_and_kept(browse, bruno, field, value):
    answer = browse(bruno).post(to(bruno, "contacts:new"), typed(**{field: value, "street": "1"}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert value in answer.content.decode()


def test_control_characters_do_no_harm(browse, bruno):
    for text in ("Mar\x00tin", "Mar\x1btin", "Mar\u202etin"):
        answer = browse(bruno).post(to(bruno, "contacts:new"), typed(last_name=text))
        assert answer.status_code in (302, 422)
    assert not Party.objects.filter(last_name__contains="\x1b").exists()


def test_scripts_in_every_field_are_only_text(browse, bruno):
    wicked = '"><script>alert(1)</script>'
    fields = (
        "last_name first_name organisation function email phone website street postal_code city province vat_number "
        "code notes"
    ).split()
    answer = browse(bruno).post(to(bruno, "contacts:new"), typed(**dict.fromkeys(fields, wicked), tags=[wicked]))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<script>alert(1)" not in html


def test_one_more_row_keeps_everything(browse, bruno):
    answer = browse(bruno).post(to(bruno, "contacts:new"), typed(more="phones", last_name="", notes="x"))
    assert answer.status_code in (200, 422)
    assert not Party.objects.exists()
    assert len(answer.context["form"].sets["phones"].forms) == 2


def test_a_reader_may_not_add_nor_change(browse, chloe, paul):
    client = browse(chloe)
    for url in (to(chloe, "contacts:new"), to(chloe, "organisations:new"), to(chloe, "contacts:edit", paul.pk)):
        assert client.get(url).status_code == 403
        assert client.post(url, typed()).status_code == 403


def test_saving_untouched_changes_nothing(browse, bruno, paul):
    client, url = browse(bruno), to(bruno, "contacts:edit", paul.pk)
    answer = client.post(url, sent_form(client, url))
    assert answer.status_code == 302
    assert Party.objects.get(pk=paul.pk).version == 1


def test_changing_one_field_leaves_the_rest(browse, bruno, paul):
    client, url = browse(bruno), to(bruno, "contacts:edit", paul.pk)
    answer = client.post(url, sent_form(client, url) | {"first_name": "Pauline"})
    assert answer.url == to(bruno, "contacts:page", paul.pk)
    party = Party.objects.get(pk=paul.pk)
    assert (party.name, party.email) == ("Pauline Martin", "paul@lac.example")
    assert list(party.channels.filter(kind="phone").values_list("value", "label")) == [
        ("06 45 12 98 03", "mobile"),
        ("04 75 87 81 00", "bureau"),
    ]


def test_who_may_see_it_is_chosen(browse, bruno, chloe, paul):
    client, url = browse(bruno), to(bruno, "contacts:edit", paul.pk)
    shared = {"visibility": "shared", "users": [chloe.user_id]}
    assert client.post(url, sent_form(client, url) | shared).status_code == 302
    assert Party.objects.visible_to(chloe).filter(pk=paul.pk).exists()
    nobody = client.post(url, {**sent_form(client, url), "visibility": "shared", "users": []})
    assert nobody.status_code == 422
    assert "visibility" in nobody.context["form"].errors


@pytest.fixture
def conflict(browse, bruno, aicha, paul):
    """Bruno's form is open; Aïcha saves a first name and a function… then Bruno sends his."""
    client, url = browse(bruno), to(bruno, "contacts:edit", paul.pk)
    sent = sent_form(client, url)
    parties.update(aicha, paul, {"first_name": "Paulin", "vat_number": "FR44732829320"})
    answer = client.post(url, sent | {"first_name": "Paulo", "notes": "Ma note"})
    return client, url, answer


def hidden(html: str) -> dict:
    """What the conflict's page sends back, as it stands."""
    body = html.split('<form method="post" class="stack"')[1].split("</form>")[0]
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]+>", body):
        name = re.search(r'name="([^"]+)"', tag)[1]
        value = re.search(r'value="([^"]*)"', tag)
        if "radio" not in tag or "checked" in tag:
            fields.setdefault(name, []).append(value[1] if value else "")
    return fields


def test_the_second_saver_sees_field_by_field_what_the_first_changed(conflict, paul):
    _client, _url, answer = conflict
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Aïcha Benali a modifié cette fiche pendant que vous la modifiiez" in html
    choices = {one["field"]: (one["mine"], one["theirs"], one["prefer"]) for one in answer.context["choices"]}
    assert choices == {"first_name": ("Paulo", "Paulin", "mine"), "vat_number": ("", "FR44732829320", "theirs")}
    assert Party.objects.get(pk=paul.pk).first_name == "Paulin"


def test_the_second_saver_chooses_and_loses_nothing(conflict, paul):
    client, url, answer = conflict
    assert client.post(url, hidden(answer.content.decode())).status_code == 302
    party = Party.objects.get(pk=paul.pk)
    assert (party.first_name, party.vat_number, party.notes) == ("Paulo", "FR44732829320", "Ma note")


def test_the_second_saver_may_keep_what_the_first_wrote(conflict, paul):
    client, url, answer = conflict
    client.post(url, hidden(answer.content.decode()) | {"keep-first_name": ["theirs"]})
    party = Party.objects.get(pk=paul.pk)
    assert (party.first_name, party.vat_number, party.notes) == ("Paulin", "FR44732829320", "Ma note")


def test_a_third_saver_meanwhile_is_a_conflict_again(conflict, aicha, paul):
    client, url, answer = conflict
    parties.update(aicha, Party.objects.get(pk=paul.pk), {"notes": "La sienne"})
    again = client.post(url, hidden(answer.content.decode()))
    assert again.status_code == 409
    assert [choice["field"] for choice in again.context["choices"]] == ["notes"]
    assert client.post(url, hidden(again.content.decode())).status_code == 302
    party = Party.objects.get(pk=paul.pk)
    assert (party.first_name, party.vat_number, party.notes) == ("Paulo", "FR44732829320", "Ma note")


def test_a_change_that_this_form_does_not_hold_is_no_conflict(browse, bruno, aicha, paul):
    client, url = browse(bruno), to(bruno, "contacts:edit", paul.pk)
    sent = sent_form(client, url)
    bin_actions.delete(aicha, [paul])
    bin_actions.restore(aicha, [paul])
    assert client.post(url, sent | {"first_name": "Paulo"}).status_code == 302
    assert Party.objects.get(pk=paul.pk).first_name == "Paulo"


def test_an_organisation_is_added_and_changed(browse, bruno):
    client = browse(bruno)
    data = EMPTY_ROWS | {"name": "Ville de Lac", "siret": "73282932000074", "visibility": "everyone", "country": "FR"}
    assert client.post(to(bruno, "organisations:new"), data).status_code == 302
    party = Party.objects.get()
    assert (party.kind, party.siren) == ("o", "732829320")
    url = to(bruno, "organisations:edit", party.pk)
    assert client.post(url, sent_form(client, url) | {"name": "Ville du Lac"}).status_code == 302
    assert Party.objects.get().name == "Ville du Lac"


@pytest.mark.parametrize("odd", ["²", "٣", "-1", "9" * 40, "x", ""])
def test_odd_numbers_in_the_form_are_no_crash(browse, bruno, paul, odd):
    client, url = browse(bruno), to(bruno, "contacts:edit", paul.pk)
    assert client.get(to(bruno, "contacts:new") + f"?organisation={odd}").status_code == 200
    sent = sent_form(client, url)
    for change in ({"version": odd}, {"organisation": odd}, {"more": "phones", "phones-TOTAL_FORMS": odd}):
        assert client.post(url, sent | change).status_code in (200, 302, 409, 422)


def test_languages_are_named_in_the_readers_own(browse, bruno):
    page = lambda: browse(bruno).get("/lac/contacts/ajouter/").content.decode()  # noqa: E731
    assert ">Anglais</option>" in page()
    browse(bruno).post("/langue/", {"language": "en"})
    assert ">English</option>" in page()
    assert ">Anglais</option>" not in page()


@pytest.mark.parametrize(("country", "incomplete"), [("BE", False), ("FR", True)])
def test_a_number_is_measured_by_the_country_of_the_address(browse, bruno, country, incomplete):
    client = browse(bruno)
    sent = typed(phone="02 123 45 67", street="Rue Haute 1", city="Bruxelles", country=country)
    html = client.post(to(bruno, "contacts:new"), sent, follow=True).text
    assert ("semble incomplet" in html) is incomplete
    url = to(bruno, "contacts:edit", Party.objects.get().pk)
    changed = sent_form(client, url) | {"phone": "02 123 45 68"}
    assert ("semble incomplet" in client.post(url, changed, follow=True).text) is incomplete


def test_an_incomplete_number_is_kept_and_said(browse, bruno):
    client = browse(bruno)
    html = client.post(to(bruno, "contacts:new"), typed(phone="04 75 87"), follow=True).text
    assert "Le numéro «\u00a004 75 87\u00a0» semble incomplet" in html
    party = Party.objects.get()
    assert party.phone == "04 75 87"
    url = to(bruno, "contacts:edit", party.pk)
    assert "semble incomplet" not in client.post(url, sent_form(client, url), follow=True).text  # nothing changed
