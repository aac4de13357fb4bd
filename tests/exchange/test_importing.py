"""Import (E6): created and recognised records, rejected rows, and recovery from a crash."""

from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils.translation import override

from entregent.accounts import jobs
from entregent.accounts.actor import Actor
from entregent.accounts.models import Job, Membership
from entregent.accounts.permissions import Can
from entregent.actions.members.members import change_member
from entregent.actions.members.roles import create_role
from entregent.actions.parties import parties
from entregent.directory.models import Channel, Party, Position, Tag
from entregent.exchange import importing, intake, questions, reporting
from entregent.exchange.models import Import, Reject
from entregent.formats import apart
from entregent.journal.changes import Reader
from entregent.journal.models import About, Entry
from entregent.runs import cycle

HEADERS = "Nom;Prénom;Email;Téléphone;Société;Fonction;Ville;Tags"
REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def file_of(tmp_path: Path, *rows: str, headers: str = HEADERS, name: str = "gens.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([headers, *rows]) + "\n", encoding="utf-8")
    return path


def bring_in(by: Actor, path: Path, kind: str = "contacts", on_duplicate: str = "complete") -> Import:
    source = intake.receive(by, path, path.name, kind)
    if source.headers:
        intake.map_columns(source, source.mapping, source.constants, on_duplicate)
    cycle.start_run(by, source)
    jobs.run_pending()
    source.refresh_from_db()
    return source


def check(by: Actor, path: Path) -> Import:
    source = intake.receive(by, path, path.name, "contacts")
    cycle.start_check(by, source)
    jobs.run_pending()
    source.refresh_from_db()
    return source


def told(source: Import, about: str = "value") -> list[tuple[int, str]]:
    with override("fr"):
        return [(remark.line, reporting.why(source, remark)) for remark in source.remarks.filter(about=about)]


def counts(source: Import) -> dict[str, int]:
    return {outcome: count for outcome, count in source.counts.items() if outcome != "notes"}


def people() -> list[Party]:
    return list(Party.objects.filter(kind="p").order_by("sort_name"))


def test_it_creates_people_with_all_that_hangs_on_them(bruno, tmp_path):
    source = bring_in(
        bruno,
        file_of(tmp_path, "Gagné;Éloïse;eloise@v3r.example;04 75 87 81 00;Ville de Privas;Élue;Privas;élus, presse"),
    )
    assert source.state == Import.State.DONE
    assert counts(source) == {"created": 1}
    (eloise,) = people()
    assert (eloise.name, eloise.email, eloise.organisation_name, eloise.function, eloise.city) == (
        "Éloïse Gagné", "eloise@v3r.example", "Ville de Privas", "Élue", "Privas",
    )  # fmt: skip
    assert set(eloise.tag_names) == {"presse", "élus"}
    assert Channel.objects.get(party=eloise, kind="phone").key == "+33475878100"


def test_each_record_is_told_in_one_entry_of_the_journal(bruno, tmp_path):
    source = bring_in(bruno, file_of(tmp_path, "A;Léa;;;Org;;;", "B;Max;;;Org;;;"))
    entry = Entry.objects.get()
    assert entry == source.entry
    assert (entry.deed, entry.door, entry.by_name) == ("imported", "import", "Bruno Lefèvre")
    told = set(About.objects.filter(entry=entry).values_list("shown_as", "deed"))
    assert told == {("Léa A", "created"), ("Max B", "created"), ("Org", "created")}


def test_a_check_writes_nothing_and_says_the_same(bruno, tmp_path):
    path = file_of(tmp_path, "A;Léa;lea@x.example;;Org;;;", ";;;01 99 00 11 22;;;;", "A;Léa;lea@x.example;;Org;;;")
    checked = check(bruno, path)
    assert checked.state == Import.State.CHECKED
    assert (Party.objects.count(), Tag.objects.count(), Entry.objects.count()) == (0, 0, 0)
    assert counts(checked) == counts(bring_in(bruno, path)) == {"created": 1, "rejected": 1, "unchanged": 1}


def test_a_check_foresees_second_places_and_shared_mailboxes_across_steps(bruno, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "STEP", 1)
    path = file_of(
        tmp_path,
        "A;Léa;lea@x.example;;Un;Chef;;",
        "A;Léa;lea@x.example;;Deux;Chef;;",
        "B;Max;lea@x.example;;;;;",
        "A;Léa;lea@x.example;;Un;Chef;;",
    )
    assert counts(check(bruno, path)) == counts(bring_in(bruno, path)) == {"created": 2, "updated": 1, "unchanged": 1}


def test_the_same_file_twice_changes_nothing(bruno, tmp_path):
    """std C30."""
    rows = (
        "A;Léa;lea@x.example;01 99 00 11 22;Org;Chef;Lyon;a,b",
        "B;Max;;;Org;;;",
        "C;Zoé;;06 39 98 00 01;;;;",
        "D;Nu;;;;;;",
    )
    path = file_of(tmp_path, *rows)
    bring_in(bruno, path)
    before = list(Party.objects.order_by("pk").values_list("pk", "version"))
    assert counts(bring_in(bruno, path)) == {"unchanged": 4}
    assert list(Party.objects.order_by("pk").values_list("pk", "version")) == before


@pytest.mark.parametrize(
    ("on_duplicate", "expected", "phone", "count"),
    [
        ("skip", {"duplicate": 1}, "", 1),
        ("complete", {"updated": 1}, "01 99 00 11 22", 1),
        ("replace", {"updated": 1}, "01 99 00 11 22", 1),
        ("create", {"created": 1}, "", 2),
    ],
)
def test_the_same_email_is_handled_as_chosen(bruno, tmp_path, on_duplicate, expected, phone, count):
    lea = parties.create(
        bruno, "p", {"last_name": "A", "first_name": "Léa", "email": "LEA@x.example", "notes": "hier"}
    )
    headers = "Nom;Prénom;Email;Téléphone;Notes"
    path = file_of(tmp_path, "A;Léa;lea@X.example;01 99 00 11 22;demain", headers=headers)
    assert counts(bring_in(bruno, path, on_duplicate=on_duplicate)) == expected
    lea.refresh_from_db()
    assert (lea.phone, len(people())) == (phone, count)
    assert lea.notes == ("demain" if on_duplicate == "replace" else "hier")


def test_a_shared_mailbox_keeps_both_people(bruno, tmp_path):
    """std B26: nobody is folded into someone else for an address."""
    source = bring_in(bruno, file_of(tmp_path, "A;Léa;mairie@x.example;;;;;", "B;Max;mairie@x.example;;;;;"))
    assert [(person.name, person.email, person.notes) for person in people()] == [
        ("Léa A", "mairie@x.example", ""), ("Max B", "", "Email : mairie@x.example"),
    ]  # fmt: skip
    assert told(source) == [
        (3, "Email\u00a0: Léa A a déjà cette adresse et la garde\u00a0: elle a été ajoutée aux notes ici.")
    ]


def test_a_place_in_a_hidden_organisation_is_told_on_it_alone(bruno, tmp_path):
    """B3: the person's journal does not name an organisation that its reader may not see."""
    secret = parties.create(bruno, "o", {"name": "Secrète", "visibility": {"mode": "creator"}})
    parties.create(bruno, "p", {"last_name": "A", "first_name": "Léa", "email": "lea@x.example"})
    source = bring_in(bruno, file_of(tmp_path, "A;Léa;lea@x.example;;Secrète;Chef;;"))
    told = About.objects.filter(entry=source.entry)
    assert [about.changes for about in told.filter(party__kind="p")] == [{}]
    assert told.get(party=secret).changes == {"position": ["", {"id": people()[0].pk, "name": "Chef, Léa A"}]}


def test_swapped_names_with_the_same_email_are_one_person(bruno, tmp_path):
    bring_in(bruno, file_of(tmp_path, "Durand;Léa;lea@x.example;;;;;", "Léa;Durand;lea@x.example;;Org;;;"))
    (lea,) = people()
    assert lea.organisation_name == "Org"


def test_namesakes_are_two_people_and_a_code_tells_towns_apart(bruno, tmp_path):
    """std F7: many a town has its namesake, and many a person."""
    headers = "Code de la commune;Libellé de la commune;Nom;Prénom;Fonction"
    path = file_of(
        tmp_path, "01001;Saint-Paul;PETIT;Michel;Maire", "02001;Saint-Paul;PETIT;Michel;Maire", headers=headers
    )
    bring_in(bruno, path)
    assert len(people()) == 2
    assert set(Party.objects.filter(kind="o").values_list("name", "code")) == {
        ("Saint-Paul", "01001"), ("Saint-Paul", "02001"),
    }  # fmt: skip
    assert counts(bring_in(bruno, path)) == {"unchanged": 2}


def test_a_second_place_of_the_same_person_is_added(bruno, tmp_path):
    bring_in(
        bruno, file_of(tmp_path, "A;Léa;lea@x.example;;Un;Présidente;;", "A;Léa;lea@x.example;;Deux;Trésorière;;")
    )
    (lea,) = people()
    places = Position.objects.filter(contact=lea).values_list("organisation__name", "main")
    assert sorted(places) == [("Deux", False), ("Un", True)]


def test_a_bad_row_goes_back_with_its_reason_and_the_rest_comes_in(bruno, tmp_path):
    source = bring_in(bruno, file_of(tmp_path, "A;Léa;lea@@x.example;;;;;", "B;Max;;;;;;", ";;;01 99 00 11 22;;;;"))
    assert counts(source) == {"created": 2, "rejected": 1}
    (only,) = source.rejects.all()
    assert (only.line, only.cells[3]) == (4, "01 99 00 11 22")
    assert reporting.wrong_cells(source, only) == [0, 1]


def test_mended_rows_come_back_in(bruno, tmp_path):
    source = bring_in(bruno, file_of(tmp_path, ";;;01 99 00 11 22;;;;"))
    text = b"".join(reporting.as_csv(reporting.rejects(source))).decode("utf-8-sig").replace(";;;01", "A;Léa;;01")
    mended = tmp_path / "gens.rejets.csv"
    mended.write_text(text, encoding="utf-8")
    assert counts(bring_in(bruno, mended)) == {"created": 1}
    assert people()[0].phone == "01 99 00 11 22"


def test_an_address_of_a_hidden_record_names_nobody(aicha, bruno, tmp_path):
    """B3, std B25."""
    hidden = {"last_name": "Secret", "first_name": "Paul", "email": "p@x.example", "visibility": {"mode": "creator"}}
    parties.create(aicha, "p", hidden)
    source = bring_in(bruno, file_of(tmp_path, "A;Léa;p@x.example;;;;;"))
    assert counts(source) == {"created": 1}
    (reason,) = told(source)
    assert "Secret" not in reason[1]
    assert "que vous ne pouvez pas voir" in reason[1]
    assert people()[0].notes == "Email : p@x.example"


def test_a_row_without_a_person_gives_its_organisation(bruno, tmp_path):
    source = bring_in(bruno, file_of(tmp_path, "Poste vacant;;accueil@x.example;;Mairie;;Lyon;"))
    organisation = Party.objects.get()
    assert (organisation.kind, organisation.name, organisation.email) == ("o", "Mairie", "accueil@x.example")
    assert counts(source) == {"created": 1}


def test_organisations_come_in(bruno, tmp_path):
    path = file_of(tmp_path, "Coop;732829320;Crest", headers="Nom;SIREN;Ville")
    assert counts(bring_in(bruno, path, "organisations")) == {"created": 1}
    assert Party.objects.get().siren == "732829320"
    assert counts(bring_in(bruno, path, "organisations")) == {"unchanged": 1}


def test_a_reader_is_refused_and_nothing_is_kept(chloe, tmp_path):
    with pytest.raises(PermissionDenied):
        intake.receive(chloe, file_of(tmp_path, "A;Léa;;;;;;"), "gens.csv", "contacts")
    assert not Import.objects.exists()


def steps_of(source: Import):
    return cycle.work(Job.objects.filter(kind="import.run", payload__import=source.pk).latest("id"))


def start(by: Actor, path: Path) -> Import:
    source = intake.receive(by, path, path.name, "contacts")
    cycle.start_run(by, source)
    return source


def test_a_worker_killed_between_steps_loses_and_doubles_nothing(bruno, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "STEP", 2)
    source = start(bruno, file_of(tmp_path, *(f"N{i};Léa;n{i}@x.example;;;;;" for i in range(7))))
    first = steps_of(source)
    next(first)
    next(first)
    first.close()
    for _ in steps_of(source):
        pass
    source.refresh_from_db()
    assert (source.state, source.rows_done, counts(source)) == ("done", 7, {"created": 7})
    assert len(people()) == 7


@pytest.mark.parametrize("turns", [1, 7])
def test_a_run_whose_step_another_worker_did_first_goes_on(bruno, tmp_path, monkeypatch, turns):
    """Also when that was the last step, after which nothing is left but to say that it is done."""
    monkeypatch.setattr(importing, "STEP", 1)
    source = start(bruno, file_of(tmp_path, *(f"N{i};Léa;n{i}@x.example;;;;;" for i in range(7))))
    job = jobs.claim("slow")
    late = []

    def overtake() -> None:
        late.append(1)
        if len(late) == turns:
            Import.objects.filter(pk=source.pk).update(turn=F("turn") + 1)

    monkeypatch.setattr(cycle, "_do", overtaken(cycle._do, overtake))
    jobs.perform(job, "slow", Event())
    jobs.run_pending()
    source.refresh_from_db()
    assert (source.state, source.rows_done, Job.objects.get(pk=job.pk).state) == ("done", 7, "done")
    assert len(people()) == 7


def overtaken(do, overtake):
    """Return a ``_do`` after whose steps another worker may have taken a turn."""

    def done(*args):
        stop = do(*args)
        overtake()
        return stop

    return done


def test_a_file_read_again_is_read_so_by_the_worker_that_takes_over(bruno, tmp_path):
    """Although the first one saved what it read, and died before it ended the reading."""
    path = tmp_path / "gens.csv"
    path.write_bytes("Nom;Prénom\nRoy;Zoé\n".encode())
    source = intake.receive(bruno, path, path.name, "contacts")
    importing.IMPORT.reread_later(bruno, source, {"encoding": "cp1252"})
    job = jobs.claim("dead")
    run = Import.objects.get(pk=source.pk)
    for _ in importing.IMPORT.read(bruno, run):
        pass
    for _ in cycle.work(job):
        pass
    source.refresh_from_db()
    assert (source.state, source.format["encoding"]) == ("draft", "cp1252")


def test_a_check_whose_worker_was_killed_begins_anew(bruno, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "STEP", 2)
    path = file_of(tmp_path, *(f"N{i};Léa;n{i}@x.example;;;;;" for i in range(5)))
    source = intake.receive(bruno, path, path.name, "contacts")
    job = cycle.start_check(bruno, source)
    killed = cycle.work(job)
    next(killed)
    next(killed)
    killed.close()
    for _ in cycle.work(job):
        pass
    source.refresh_from_db()
    assert (source.state, source.rows_done, counts(source)) == ("checked", 5, {"created": 5})


def test_a_place_read_in_a_file_is_named_to_those_who_see_its_organisation(aicha, bruno, tmp_path):
    bring_in(bruno, file_of(tmp_path, "Maire;Ana;a@x.example;;Die;Maire;;"))
    bring_in(bruno, file_of(tmp_path, "Maire;Ana;a@x.example;;Chorale;Alto;;"))
    changes = About.objects.filter(party=people()[0]).latest("id").changes
    assert Reader(aicha, [changes]).known(changes) == {"position": [[], ["Alto, Chorale"]]}
    parties.update(bruno, Party.objects.get(name="Chorale"), {"visibility": {"mode": "creator"}})
    assert Reader(aicha, [changes]).known(changes) == {}
    assert Reader(bruno, [changes]).words(changes)[0].new == "Alto, Chorale"


def test_a_step_that_fails_leaves_nothing_of_itself(bruno, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "STEP", 2)
    source = start(bruno, file_of(tmp_path, *(f"N{i};Léa;n{i}@x.example;;;;;" for i in range(4))))
    run = steps_of(source)
    next(run)

    def full_disk(*_args):
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(cycle, "_advance", full_disk)
        with pytest.raises(OSError, match="space"):
            next(run)
    assert (len(people()), About.objects.count()) == (2, 2)
    for _ in steps_of(source):
        pass
    assert (len(people()), About.objects.count()) == (4, 4)


def test_two_workers_on_one_import_double_nothing(bruno, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "STEP", 2)
    source = start(bruno, file_of(tmp_path, *(f"N{i};Léa;;06 39 98 00 0{i};;;;" for i in range(6))))
    one, other = steps_of(source), steps_of(source)
    for worker in (one, other, one, other, one, one):
        with suppress(jobs.Overtaken):
            next(worker, None)
    source.refresh_from_db()
    assert (source.rows_done, len(people())) == (6, 6)


def test_stopping_keeps_what_is_in_and_going_on_brings_the_rest(bruno, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "STEP", 2)
    source = start(bruno, file_of(tmp_path, *(f"N{i};Léa;n{i}@x.example;;;;;" for i in range(5))))
    cycle.ask_stop(source)
    jobs.run_pending()
    source.refresh_from_db()
    assert (source.state, len(people())) == ("stopped", 2)
    assert cycle.resume(bruno, source)
    jobs.run_pending()
    source.refresh_from_db()
    assert (source.state, len(people())) == ("done", 5)


def test_a_broken_quote_spoils_its_row_alone(bruno, tmp_path):
    good = [f"N{number};Léa;;;;;;" for number in range(40)]
    source = start(bruno, file_of(tmp_path, *good, 'B;"Max;;;;;;', "C;Zoé;;;;;;"))
    jobs.run_pending()
    source.refresh_from_db()
    assert (source.state, counts(source)) == ("done", {"created": 41, "rejected": 1})
    reject = source.rejects.get()
    assert (reject.line, reject.cells, reject.problems[0]["code"]) == (42, ['B;"Max;;;;;;'], "broken_quote")


def test_starting_twice_runs_once(bruno, tmp_path):
    source = start(bruno, file_of(tmp_path, "A;Léa;;;;;;"))
    assert cycle.start_run(bruno, source) is None
    assert Job.objects.count() == 1


def test_whoever_has_left_imports_nothing_more(bruno, tmp_path):
    source = start(bruno, file_of(tmp_path, "A;Léa;;;;;;"))
    type(source).by.field.related_model.objects.filter(pk=bruno.user_id).update(is_active=False)
    jobs.run_pending()
    assert not Party.objects.exists()
    assert "no longer a member" in Job.objects.get().error


def test_whoever_may_write_no_more_imports_nothing_more(aicha, bruno, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "STEP", 1)
    source = start(bruno, file_of(tmp_path, "A;Léa;a@x.example;;;;;", "B;Max;b@x.example;;;;;"))
    steps = steps_of(source)
    next(steps)
    importer = create_role(aicha, "Importe", [Can.READ_CONTACTS, Can.IMPORT])
    change_member(aicha, Membership.objects.get(pk=bruno.membership_id), importer, [])
    steps.close()
    with pytest.raises(PermissionDenied):
        next(steps_of(source))
    assert [person.name for person in people()] == ["Léa A"]


def test_columns_are_remembered(bruno, tmp_path):
    path = file_of(tmp_path, "A;Léa;x", headers="Nom;Prénom;Chose")
    source = intake.receive(bruno, path, path.name, "contacts")
    intake.map_columns(source, ["last_name", "first_name", "tags"], {}, "complete")
    again = intake.receive(bruno, path, path.name, "contacts")
    assert again.mapping == ["last_name", "first_name", "tags"]


@pytest.mark.parametrize(
    ("name", "people_count", "function"), [("prada.csv", 1668, "PRADA"), ("maires.csv", 34919, "Maire")]
)
def test_real_files_load_wholly_without_help(bruno, name, people_count, function, sample, tmp_path):
    """What a person who never saw the program would bring: every row comes in, sensibly mapped."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"the real file {name} is not beside this checkout (../shared/data)")
    path, rows = (path, None) if name == "prada.csv" else sample.rows(path, tmp_path, one_in=12)
    source = bring_in(bruno, path)
    assert Reject.objects.count() == 0
    assert source.rows_done == sum(counts(source).values()) == (rows or source.rows_done)
    found = Party.objects.filter(kind="p").count()
    assert found == people_count if path.parent == REAL else rows - 2 <= found <= rows  # two mayors are there twice
    assert Party.objects.filter(kind="p").exclude(organisation=None).count() == found
    assert not Party.objects.filter(kind="p").exclude(function=function).exists()


def test_names_in_capitals_are_tidied_only_when_asked(bruno, tmp_path):
    """std F1: names are kept as typed; title case is offered."""
    path = file_of(tmp_path, "D'USTON DE VILLEREGLAN;MARIE;;;;;;", "BOULON;Daniel;;;;;;")
    source = intake.receive(bruno, path, path.name, "contacts")
    capitals = questions.doubts(source, intake.sample(source)).capitals
    assert capitals == ("D'USTON DE VILLEREGLAN", "d'Uston de Villereglan")
    intake.map_columns(source, source.mapping, {}, "complete", tidy_names=True)
    cycle.start_run(bruno, source)
    jobs.run_pending()
    assert [person.name for person in people()] == ["Daniel Boulon", "Marie d'Uston de Villereglan"]
    assert counts(bring_in(bruno, path)) == {"unchanged": 2}


def test_a_vcard_that_has_to_be_mended_goes_back_as_a_row(bruno, tmp_path):
    path = tmp_path / "carte.vcf"
    path.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nTEL:04 75 87 81 00\r\nEND:VCARD\r\n")
    source = bring_in(bruno, path)
    assert counts(source) == {"rejected": 1}
    mended = tmp_path / "rejets.csv"
    text = b"".join(reporting.as_csv(reporting.rejects(source))).decode("utf-8-sig")
    header, row, *rest = text.splitlines()
    mended.write_text("\n".join([header, f"Dupont;Maman{row[1:]}", *rest]), encoding="utf-8")
    assert counts(bring_in(bruno, mended)) == {"created": 1}
    assert (people()[0].name, people()[0].phone) == ("Maman Dupont", "04 75 87 81 00")


@pytest.mark.parametrize("lines", ["N:Roy;Zoé;;;\r\nFN:Zoé Roy", "FN:Le Lac\r\nORG:Le Lac\r\nX-ABShowAs:COMPANY"])
def test_what_a_vcard_has_besides_is_kept(bruno, tmp_path, lines):
    path = tmp_path / "carte.vcf"
    path.write_text(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\n{lines}\r\nEMAIL:a@lac.example\r\nX-MASTODON:@lac\r\nEND:VCARD\r\n"
    )
    assert counts(bring_in(bruno, path)) == {"created": 1}
    assert Party.objects.get().extra == {"vcard": ["X-MASTODON:@lac"]}


@pytest.mark.parametrize("step", [1, 1000])
@pytest.mark.parametrize("lines", ["N:Roy;Zoé;;;Jr.\r\nFN:Zoé Roy", "FN:Le Lac\r\nORG:Le Lac\r\nX-ABShowAs:COMPANY"])
def test_what_a_vcard_has_besides_is_kept_on_completion(bruno, tmp_path, monkeypatch, lines, step):
    """std C17: of people and organisations, in one file or in several, and once."""
    monkeypatch.setattr(importing, "STEP", step)
    path = tmp_path / "carte.vcf"
    cards = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\n{lines}\r\nEMAIL:a@lac.example\r\n{more}\r\nEND:VCARD\r\n"
        for more in ("X-MASTODON:@lac", "X-PEERTUBE:lac", "X-MASTODON:@lac")
    ]
    path.write_text(cards[0])
    bring_in(bruno, path)
    path.write_text("".join(cards))
    assert counts(check(bruno, path)) == counts(bring_in(bruno, path)) == {"unchanged": 2, "updated": 1}
    assert Party.objects.get().extra["vcard"][-2:] == ["X-MASTODON:@lac", "X-PEERTUBE:lac"]
    assert counts(bring_in(bruno, path)) == {"unchanged": 3}


def test_a_late_click_neither_checks_nor_forgets_what_runs(bruno, tmp_path):
    path = file_of(tmp_path, "Gagné;Éloïse;eloise@v3r.example;;;;;")
    source = intake.receive(bruno, path, path.name, "contacts")
    stale = Import.objects.get(pk=source.pk)
    cycle.start_run(bruno, source)
    assert cycle.start_check(bruno, stale) is None
    assert cycle.discard(stale) is False
    jobs.run_pending()
    source.refresh_from_db()
    assert (source.state, counts(source), source.entry_id is not None) == ("done", {"created": 1}, True)
    assert source.file.exists()
    draft = intake.receive(bruno, path, path.name, "contacts")
    assert cycle.discard(draft) is True
    assert not draft.file.exists()


@pytest.mark.parametrize("name", ["gens.csv", "gens.vcf"])
def test_while_a_reader_skips_its_job_is_kept(bruno, tmp_path, monkeypatch, name):
    """What waits for rows renews the lease, and is no row."""
    path = file_of(tmp_path, *(f"N{i};Léa;n{i}@x.example;;;;;" for i in range(3)), name=name)
    if name.endswith("vcf"):
        path.write_text("".join(f"BEGIN:VCARD\nVERSION:3.0\nN:N{i};Léa;;;\nEND:VCARD\n" for i in range(3)))
    each = apart.each

    def slow(*args):
        for found in each(*args):
            yield None
            yield found

    source = start(bruno, path)
    monkeypatch.setattr(apart, "each", slow)
    monkeypatch.setattr(importing, "STEP", 2)
    assert list(steps_of(source)).count(False) >= 6  # reading through, and again to write
    source.refresh_from_db()
    assert (source.state, source.rows_done, len(people())) == ("done", 3, 3)
