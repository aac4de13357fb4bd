"""`/actions`: the tools of the toolbox."""

import pytest

from entregent.directory.models import Party


def test_what_one_may_run_is_listed(api, bruno, aicha, reading):
    codes = {name: {item["code"] for item in api(actor).get("actions").json()["items"]}
             for name, actor in (("bruno", bruno), ("aicha", aicha), ("chloe", reading))}  # fmt: skip
    assert {"tag", "deactivate", "delete"} <= codes["bruno"]
    assert "purge" in codes["aicha"] - codes["bruno"]
    assert not codes["chloe"]


def test_an_action_runs_on_contacts_and_organisations(api, bruno, ann, radio):
    done = api(bruno).post(
        "actions/tag", {"contacts": [ann.pk], "organisations": [radio.pk], "data": {"names": ["Presse", "Eau"]}}
    )
    assert done.status_code == 200, done.content
    assert (done.json()["contacts"], done.json()["organisations"]) == ([ann.pk], [radio.pk])
    assert Party.objects.get(pk=radio.pk).tag_names == ["Eau", "Presse"]
    undo = done.json()["undo"]
    api(bruno).post(f"actions/{undo['code']}", {"contacts": [ann.pk], "data": undo["data"]})
    assert Party.objects.get(pk=ann.pk).tag_names == []


def test_what_needs_nothing_is_counted(api, bruno, ann):
    assert api(bruno).post("actions/deactivate", {"contacts": [ann.pk]}).json()["contacts"] == [ann.pk]
    again = api(bruno).post("actions/deactivate", {"contacts": [ann.pk]}).json()
    assert (again["contacts"], again["same"], again["undo"]) == ([], 1, None)


def test_from_the_bin_a_record_is_restored(api, bruno, ann):
    api(bruno).post("actions/delete", {"contacts": [ann.pk]})
    assert Party.objects.get(pk=ann.pk).in_bin
    assert api(bruno).post("actions/restore", {"contacts": [ann.pk]}).json()["contacts"] == [ann.pk]


@pytest.mark.parametrize(
    ("code", "body", "status"),
    [
        ("dance", {"contacts": ["ann"]}, 404),
        ("edit", {"contacts": ["ann"]}, 404),
        ("tag", {"contacts": [10**9], "data": {"names": "x"}}, 404),
        ("tag", {"contacts": ["ann"]}, 422),
        ("tag", {"contacts": ["ann"], "data": {"names": "x", "colour": "red"}}, 422),
        ("tag", {"contacts": [], "data": {"names": "x"}}, 422),
        ("tag", {"contacts": ["ann"], "participants": [1], "data": {"names": "x"}}, 422),
        ("attach", {"organisations": ["radio"], "data": {"organisation_name": "x"}}, 422),
        ("purge", {"contacts": ["ann"]}, 403),
    ],
)
def test_what_can_t_be_run_is_refused(api, bruno, ann, radio, code, body, status):
    ids = {"ann": ann.pk, "radio": radio.pk}
    body = {name: [ids.get(word, word) for word in value] if isinstance(value, list) else value
            for name, value in body.items()}  # fmt: skip
    answer = api(bruno).post(f"actions/{code}", body)
    assert answer.status_code == status, answer.content
    assert Party.objects.get(pk=ann.pk).version == 1
