"""The tool that extracts, compiles and checks the French."""

import gettext
from pathlib import Path

import pytest

from tools import messages

PAGE = """{% load i18n %}{% translate "Ready?" %}
{% blocktranslate trimmed count n=n %}
  {{ n }} card
{% plural %}
  {{ n }} cards
{% endblocktranslate %}"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room with a page and an inner room with a word of its own, which is the room's."""
    source = tmp_path / "src" / "entregent"
    room = source / "web"
    inner = room / "inner"
    (room / "templates").mkdir(parents=True)
    inner.mkdir()
    for folder in (room, inner):
        (folder / "__init__.py").touch()
    (inner / "views.py").write_text('name = _("Inner")')
    (room / "templates" / "page.html").write_text(PAGE)
    (room / "views.py").write_text('title = _("Hello %(name)s")')
    monkeypatch.setattr(messages, "SOURCE", source)
    return room


def translate(room: Path, **french: str) -> Path:
    """Write the French of the room's messages into its catalogue."""
    path = room / messages.CATALOGUE
    catalogue = messages.load(path)
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            message.string = french.get(key.split()[0].strip("?").lower(), message.string)
    messages.save(catalogue, path)
    return path


GOOD = {
    "ready": "Prêt\u202f?",
    "hello": "Bonjour %(name)s",
    "inner": "Intérieur",
    "%(n)s": ("Une fiche", "%(n)s fiches"),
}


def test_update_takes_inner_rooms_in_and_leaves_translations_alone(room: Path) -> None:
    messages.update(room)
    path = translate(room, **GOOD)
    before = path.read_text("utf-8")
    assert 'msgid "Inner"' in before
    assert "#: templates/page.html\n" in before
    messages.update(room)
    assert path.read_text("utf-8") == before


def test_check_names_what_is_missing(room: Path) -> None:
    messages.update(room)
    assert sorted(messages.faults(room)) == [
        "no French for 'Hello %(name)s'",
        "no French for 'Inner'",
        "no French for 'Ready?'",
        "no French for ('%(n)s card', '%(n)s cards')",
    ]
    translate(room, **GOOD)
    assert list(messages.faults(room)) == []


@pytest.mark.parametrize(
    ("french", "fault"),
    [
        ({"hello": "Bonjour"}, "placeholders"),
        ({"hello": "Bonjour %(nom)s"}, "placeholders"),
        ({"ready": "Prêt ?"}, "U+202F before ! and ?"),
        ({"ready": "Prêt\u00a0; oui"}, "U+202F before ;"),
        ({"ready": "Prêt : oui"}, "U+00A0 before :"),
        ({"ready": "« Prêt »"}, "U+00A0 inside « »"),
    ],
)
def test_check_reads_placeholders_and_typography(room: Path, french: dict[str, str], fault: str) -> None:
    messages.update(room)
    translate(room, **(GOOD | french))
    assert [found.partition(":")[0].startswith(fault.partition(":")[0]) for found in messages.faults(room)] == [True]


def test_compiled_words_are_read_by_gettext(room: Path) -> None:
    messages.update(room)
    path = translate(room, **GOOD)
    messages.compile_all()
    with path.with_suffix(".mo").open("rb") as stream:
        words = gettext.GNUTranslations(stream)
    assert words.gettext("Ready?") == "Prêt\u202f?"
    assert [words.ngettext("%(n)s card", "%(n)s cards", n) for n in (0, 1, 2)] == [
        "Une fiche",
        "Une fiche",
        "%(n)s fiches",
    ]


def test_two_rooms_may_not_say_one_message_differently(room: Path):
    other = room.parent / "api"
    other.mkdir()
    (other / "__init__.py").write_text('word = _("Ready?")')
    for place, french in ((room, "Prêt"), (other, "Paré")):
        messages.update(place)
        catalogue = messages.load(place / messages.CATALOGUE)
        catalogue["Ready?"].string = french
        messages.save(catalogue, place / messages.CATALOGUE)
    (clash,) = messages.clashes()
    assert "Ready?" in clash
