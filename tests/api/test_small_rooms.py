"""The small resources: `/tags`, `/entries`, `/me`."""

from entregent.actions.parties import parties
from entregent.actions.tags import tagging
from entregent.journal.models import Entry


def test_tags_in_use_are_listed_in_order(api, bruno, aicha):
    ann = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann", "tags": ["Zèbre", "Élus", "Eau"]})
    parties.create(
        aicha, "p", {"last_name": "X", "first_name": "Y", "tags": ["Secret"], "visibility": {"mode": "creator"}}
    )
    program = api(bruno)
    first = program.get("tags?limit=2").json()
    assert [tag["name"] for tag in first["items"]] == ["Eau", "Élus"]
    assert first["count"] == 3
    assert [tag["name"] for tag in program.get(f"tags?limit=2&cursor={first['next']}").json()["items"]] == ["Zèbre"]
    assert [tag["name"] for tag in program.get("tags?q=elu").json()["items"]] == ["Élus"]
    tagging.untag(bruno, [ann], ["Zèbre"])
    assert program.get("tags").json()["count"] == 2


def test_the_journal_is_filtered_and_read_one_by_one(api, bruno, aicha):
    ann = parties.create(bruno, "p", {"last_name": "Roy", "first_name": "Ann"})
    tagging.tag(aicha, [ann], ["Eau"])
    program = api(bruno)
    assert [item["deed"] for item in program.get("entries").json()["items"]] == ["tagged", "created"]
    assert [item["deed"] for item in program.get("entries?deed=created").json()["items"]] == ["created"]
    (item,) = program.get(f"entries?author={aicha.user_id}").json()["items"]
    assert item["sentence"].startswith("Aïcha Benali")
    assert "Ann Roy" in item["sentence"]
    assert item["about"][0]["changes"] == {"tags": [[], ["Eau"]]}
    assert program.get(f"entries/{item['id']}").json() == item
    assert program.get("entries?since=2999-01-01").json()["items"] == []
    assert program.get("entries?deed=danced").status_code == 422
    assert program.get("entries?page=2").status_code == 422


def test_an_entry_about_hidden_records_is_not_there(api, bruno, aicha):
    parties.create(aicha, "p", {"last_name": "X", "first_name": "Y", "visibility": {"mode": "creator"}})
    hidden = Entry.objects.get()
    assert api(aicha).get(f"entries/{hidden.pk}").status_code == 200
    assert api(bruno).get(f"entries/{hidden.pk}").status_code == 404
    assert api(bruno).get("entries").json()["items"] == []


def test_me_says_whom_the_token_speaks_for(api, bruno):
    me = api(bruno).get("me").json()
    assert (me["email"], me["account"]["slug"]) == ("bruno@lac.example", "lac")
    assert "contact.write" in me["permissions"]
    assert "contact.purge" not in me["permissions"]
