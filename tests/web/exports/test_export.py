"""The export page and its files."""

from entregent.actions.parties import parties


def make(by):
    parties.create(by, "p", {"last_name": "Roy", "first_name": "Ann", "tags": ["Presse"]})
    parties.create(by, "p", {"last_name": "Cyr", "first_name": "Max"})
    parties.create(by, "o", {"name": "Radio Rivage"})


def test_the_page_offers_each_format_with_the_filters(browse, bruno):
    make(bruno)
    text = browse(bruno).get("/lac/export/?tag=presse").content.decode()
    assert "1 contact" in text
    for format in ("csv", "xlsx", "vcf"):
        assert f"tag=presse&amp;kind=contacts&amp;format={format}" in text


def test_a_file_streams_what_the_filters_keep(browse, bruno):
    make(bruno)
    answer = browse(bruno).get("/lac/export/?tag=presse&format=csv")
    assert answer.streaming
    assert answer["Content-Disposition"] == 'attachment; filename="contacts-lac.csv"'
    text = answer.getvalue().decode()
    assert "Roy" in text
    assert "Cyr" not in text


def test_ticked_rows_and_organisations(browse, bruno):
    make(bruno)
    client = browse(bruno)
    assert "Radio Rivage" in client.get("/lac/export/?kind=organisations&format=vcf").getvalue().decode()
    ann = parties.create(bruno, "p", {"last_name": "Seule", "first_name": "Eve"})
    lines = client.get(f"/lac/export/?id={ann.pk}&format=csv").getvalue().decode().splitlines()
    assert len(lines) == 2


def test_a_filter_that_can_t_be_read_lets_nothing_out(browse, bruno):
    make(bruno)
    answer = browse(bruno).get("/lac/export/?active=zz&format=csv")
    assert (answer.status_code, "Répondez par oui ou par non" in answer.text) == (422, True)
    assert "attachment" not in answer.headers.get("Content-Disposition", "")


def test_a_reader_is_refused(browse, chloe):
    assert browse(chloe).get("/lac/export/?format=csv").status_code == 403
    assert browse(chloe).get("/lac/export/").status_code == 403
