"""Hidden things appear in no page, file, suggestion or API response (B3, X12).

Pages and operations are found in the URL configuration and the OpenAPI description. Each is requested before and
after something is hidden, and must answer the same. Searches for words of hidden records must answer like searches
for words that don't occur.
"""

import io
import re
from urllib.parse import urlencode

import pytest

from entregent.accounts import jobs
from entregent.directory.models import Party, Position
from entregent.exchange import intake
from entregent.runs import cycle

from .asking import ADDRESSES, asked, differing, tell_tales, text_of
from .conftest import read_by_programs
from .doors import Address
from .hidden import CARD, TRACES

QUESTIONS = [
    "q=zorglub",
    "q=0199007788",
    "tag=zorglubien",
    "city=Zorglubville",
    "function=Zorglubiste",
    "had_function=Zorglubiste",
    "holder=:Zorglubiste",
    "custom.allergies=zorglub",
    'f=and(or(function:Zorglubiste,tag:zorglubesque),not(city:"Zorglubville"))',
    'f=not(or(function:Zorglubiste,holder:":Zorglubiste",custom.allergies:zorglub))',
    'f=or(custom.allergies:zorglub,custom.allergies:"*")',
]


def test_no_page_changes_when_something_hidden_comes(paths, pages, hide):
    before = asked(pages, paths)
    assert sum(answer.startswith("200") for answer in before.values()) > 20
    hide()
    assert differing(before, asked(pages, paths)) == {}


def test_no_answer_of_the_api_changes_when_something_hidden_comes(samples, program, hide):
    paths = read_by_programs(samples)
    before = asked(program, paths)
    assert sum(answer.startswith("200") for answer in before.values()) > 8
    hide()
    assert differing(before, asked(program, paths)) == {}


def test_nothing_tells_that_someone_belongs_to_a_hidden_organisation(samples, paths, pages, program, hide, attach):
    hidden = hide()
    attach(hidden[3])
    answers = asked(pages, paths) | asked(program, read_by_programs(samples))
    assert tell_tales(answers) == {}
    ids = "|".join(str(party.pk) for party in hidden)
    link = re.compile(rf"(?:contacts|organismes|organisations)/(?:{ids})\b(?!-)")
    assert {path: link.findall(answer) for path, answer in answers.items() if link.search(answer)} == {}


def test_searching_by_hidden_words_is_like_searching_for_what_nobody_wrote(
    paths, pages, program, hide, attach, sample
):
    attach(hide()[3])
    told = {}
    read = ["/api/v1/contacts", "/api/v1/organisations", "/api/v1/positions", "/api/v1/tags"]
    for path, question in sample.pairs([*searched(paths), *read], QUESTIONS, each=3):
        get = program if path.startswith("/api") else pages
        unwritten = re.sub("zorglub", "wxwxwxw", question.replace("7788", "4433"), flags=re.IGNORECASE)
        ours, theirs = asked(get, [f"{path}?{question}", f"{path}?{unwritten}"]).values()
        told |= differing({f"{path}?{question}": _unworded(ours)}, {f"{path}?{question}": _unworded(theirs)})
    assert told == {}


def searched(paths: list[str]) -> list[str]:
    """The addresses that take questions: settings and the page of one record do not."""
    bare = sorted({path.partition("?")[0] for path in paths})
    return [path for path in bare if not re.search(r"/parametres/|/\d+/|/ajouter/", path)]


def _unworded(text: str) -> str:
    """The answer without the question that it repeats."""
    return re.sub(r"zorglub|wxwxwxw|7788|4433", "…", text, flags=re.IGNORECASE)


@pytest.mark.parametrize("names", [("organisation",), ("contact", "ids", "id")])
def test_a_hidden_record_filters_as_one_that_does_not_exist(paths, pages, program, hide, attach, names, sample):
    hidden = hide()
    attach(hidden[3])
    read = ["/api/v1/contacts", "/api/v1/positions"]
    for path, pk in sample.pairs([*searched(paths), *read], [hidden[0].pk, hidden[3].pk], each=1):
        get = program if path.startswith("/api") else pages
        ours, nobody = (f"{path}?{urlencode(dict.fromkeys(names, one))}" for one in (pk, 987654))
        answers = {path: re.sub(rf"(?<!\d){pk}(?!\d)", "987654", text)
                   for path, text in asked(get, [ours, nobody]).items()}  # fmt: skip
        assert differing({ours: answers[ours]}, {ours: answers[nobody]}) == {}


def _of_party(address: Address, kind: str) -> bool:
    rooms = {"p": ("contacts",), "o": ("organisations",)}
    named = {"p": ("positions:new", "saisir:delete_contact"), "o": ("saisir:delete_organisation",)}
    return "pk" in address.words and (address.room in rooms[kind] or address.name in named[kind])


def test_a_hidden_record_has_no_page_and_takes_no_form(samples, pages, browse, bruno, hide, attach):
    hidden = hide()
    attach(hidden[3])
    client, versions = browse(bruno), dict(Party.objects.values_list("pk", "version"))
    for party in hidden:
        for address in (address for address in ADDRESSES if _of_party(address, party.kind)):
            path = address_of(address, samples, party.pk)
            assert pages(path).status_code == 404, path
            assert client.post(path, {"last_name": "Vu", "name": "Vu"}).status_code in (404, 405), path
    for place in Position.objects.filter(organisation__in=hidden) | Position.objects.filter(contact__in=hidden):
        for address in (one for one in ADDRESSES if one.room == "positions" and one.name != "positions:new"):
            path = address_of(address, samples, place.pk)
            assert client.post(path, {"function": "Vu"}).status_code == 404, path
    assert dict(Party.objects.values_list("pk", "version")) == versions


def address_of(address: Address, samples: dict[str, object], pk: int) -> str:
    return address.path(account=samples["account"], pk=pk)


def test_an_address_in_use_is_refused_without_saying_by_whom(browse, bruno, samples, hide):
    hide()
    client = browse(bruno)
    path = next(address for address in ADDRESSES if address.name == "contacts:new").path(account=samples["account"])
    card = {"last_name": "Roy", "first_name": "Léa", "email": CARD["emails"][0]["value"]}
    answer = client.post(path, card).content.decode()
    assert not TRACES.search(answer.replace(card["email"], ""))
    assert not Party.objects.filter(first_name="Léa").exists()


def test_an_import_says_nothing_of_hidden_records(browse, bruno, hide, samples):
    hidden, email = hide(), CARD["emails"][0]["value"]
    before = Party.objects.in_bulk([party.pk for party in hidden])
    rows = f"Nom;Prénom;Email;Organisme\nRoy;Léa;{email};Zorglubland\n".encode()
    source = intake.receive(bruno, io.BytesIO(rows), "gens.csv", "contacts")
    client, words = browse(bruno), {**samples, "pk": source.pk}
    said = []
    for start in (cycle.start_check, cycle.start_run):
        start(bruno, source)
        jobs.run_pending()
        said += [text_of(client.get(address.path(**{word: words[word] for word in address.words})))
                 for address in ADDRESSES if address.name in ("imports:page", "imports:rejects")]  # fmt: skip
    assert [remark.problems[0]["code"] for remark in source.remarks.all()] == ["email_taken_hidden"]
    assert not [text for text in said if TRACES.search(re.sub(f"{email}|zorglubland", "", text, flags=re.IGNORECASE))]
    assert {pk: party.version for pk, party in Party.objects.in_bulk(list(before)).items()} == {
        pk: party.version for pk, party in before.items()
    }
