"""Small files made to cost much: they cost their own process, and nobody waits (std E19)."""

import io
import time
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from entregent.accounts import jobs
from entregent.exchange import intake
from entregent.exchange.models import Import
from entregent.formats import apart, container
from entregent.formats.errors import Unreadable
from entregent.web.links import to


def far_cell(column: int, row: int) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("A")
        sheet.write_row(0, 0, ["Nom", "Prénom"])
        sheet.write_row(1, 0, ["Roy", "Ann"])
        sheet.write(row, column, "x")
    return buffer.getvalue()


def late_entities() -> bytes:
    """Entities behind a comment of two megabytes."""
    buffer = io.BytesIO()
    laughs = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    marks = f'<!--{" " * 2_000_000}--><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    xml = f'<?xml version="1.0"?>{marks}<worksheet>&l9;</worksheet>'
    with (
        zipfile.ZipFile(io.BytesIO(far_cell(2, 1))) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            made.writestr(name, xml if name.endswith("sheet1.xml") else source.read(name))
    return buffer.getvalue()


HOSTILE = {
    "xfd.xlsx": far_cell(16_383, 1),
    "far.xlsx": far_cell(16_383, 1_048_575),
    "entities.xlsx": late_entities(),
    "columns.csv": b"Nom;Pr\xc3\xa9nom" + b";" * 3_000_000 + b"\nRoy;Ann\n",
    "wide.csv": "\n".join([";".join(f"Colonne {i}" for i in range(20_000)), ";".join(["x"] * 20_000)]).encode(),
    "quotes.csv": b"Nom;Pr\xc3\xa9nom\n" + b'"a;""\n' * 200_000,
    "open.csv": b'Nom;Pr\xc3\xa9nom\n"' + b"a;b\n" * 300_000,
    "cards.vcf": b"BEGIN:VCARD\nN:Roy;Ann\n" + b"NOTE:x\n" * 20_000 + b"END:VCARD\n",
}
ORDINARY = "Nom;Prénom\nRoy;Ann\n".encode()


def test_eight_hostile_files_at_once_hold_up_nobody(bruno, browse, client):
    """The pages neither read nor draw them: what a request costs is what any upload costs."""
    browser = browse(bruno)
    browser.get(to(bruno, "imports:start"))  # what the first requests load is not theirs
    client.get("/readyz")

    def upload(name: str, content: bytes) -> float:
        began = time.process_time()
        answer = browser.post(
            to(bruno, "imports:start"), {"file": SimpleUploadedFile(name, content), "kind": "guess"}
        )
        assert (name, answer.status_code) == (name, 302)
        assert client.get("/readyz").status_code == 200
        return time.process_time() - began

    upload("first.csv", ORDINARY)
    most = max(1, 20 * upload("ordinary.csv", ORDINARY))  # what a slow machine takes, it takes for both
    for name, content in HOSTILE.items():
        assert upload(name, content) < most, name
    jobs.run_pending()
    states = dict(Import.objects.values_list("name", "state"))
    assert set(states.values()) <= {"draft", "failed", "checked"}
    assert (states["xfd.xlsx"], states["wide.csv"], states["entities.xlsx"]) == ("draft", "draft", "failed")
    for source in Import.objects.all():
        began = time.process_time()
        page = browser.get(to(bruno, "imports:page", source.pk))
        assert (source.name, page.status_code, len(page.content) < 4_000_000) == (source.name, 200, True)
        assert time.process_time() - began < most, source.name


def test_a_far_cell_leaves_the_columns_that_are_there(bruno, tmp_path):
    path = tmp_path / "xfd.xlsx"
    path.write_bytes(HOSTILE["xfd.xlsx"])
    source = intake.receive(bruno, path, path.name, "guess")
    assert (source.headers[:3], source.mapping[:2], source.seen["rows"][0][:2]) == (
        ["Nom", "Prénom", ""], ["last_name", "first_name"], ["Roy", "Ann"],
    )  # fmt: skip
    assert len(source.headers) <= 500


def grows():
    kept = []
    while True:
        kept.append(bytes(10_000_000))
        if not kept:
            yield


def turns():
    while True:
        pass
    yield


def fails():
    yield 1
    raise ValueError("ours")


@pytest.mark.parametrize("endless", [grows, turns])
def test_a_reader_beyond_its_limits_ends_alone(monkeypatch, endless):
    monkeypatch.setattr(apart, "SECONDS_TO_READ", 1)
    monkeypatch.setattr(apart, "MEMORY", 100_000_000)
    monkeypatch.setattr(apart, "WAIT", 40)
    began = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        list(apart.each(endless))
    assert caught.value.code == "too_heavy"
    assert time.monotonic() - began < 40  # it was ended by its limit, not given up


def test_entities_are_found_wherever_they_stand(tmp_path):
    path = tmp_path / "entities.xlsx"
    path.write_bytes(HOSTILE["entities.xlsx"])
    with pytest.raises(Unreadable) as caught:
        container.check(path)
    assert caught.value.code == "broken"


def test_what_a_reader_raises_is_raised_here():
    found = apart.each(fails)
    with pytest.raises(RuntimeError, match="ours"):
        list(found)
    assert list(apart.each(range, 1200)) == list(range(1200))
