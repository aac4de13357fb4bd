"""Imports and syncs of a database from before the common life cycle can be resumed."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

BEFORE = "0004_import_into_list"
OPENING = """
import django; django.setup()
import io, json
from entregent.accounts import jobs
from entregent.accounts.actor import actor_in
from entregent.accounts.models import Account, Job, User
from entregent.accounts.opening import add_member, open_account, open_reference
from entregent.accounts.scope import inside
from entregent.directory.models import Party
from entregent.exchange import importing, intake
from entregent.exchange.models import Import, Sync
from entregent.exchange.reference import syncing
from entregent.exchange.reference.syncing import SYNC
from entregent.runs import cycle
importing.STEP, syncing.WRITE = 2, 1
"""
BUILD = """
def person(account, email):
    user = User.objects.create_user(email, "une-phrase-assez-longue")
    add_member(account, user, "administrator")
    return actor_in(account.slug, user.pk)

def receive(name):
    rows = "".join(f"{name}{i};Léa;{name}{i}@x.example\\n" for i in range(5))
    return intake.receive(by, io.BytesIO(f"Nom;Prénom;Email\\n{rows}".encode()), f"{name}.csv", "contacts")

def compared(name, rows):
    found = SYNC.receive(keeper, io.BytesIO(f"Code;Nom\\n{rows}".encode()), name, "organisations")
    cycle.start_check(keeper, found, complete=False)
    jobs.run_pending()
    found.refresh_from_db()
    return found

by = person(open_account("lac", "Lac"), "aicha@lac.example")
keeper = person(open_reference("Le service"), "sonia@service.example")
with inside(keeper.account):
    applied = compared("applied", "M1;Un\\nM2;Deux\\n")
    cycle.start_run(keeper, applied)
    jobs.run_pending()
    broken = compared("broken", "M3;Trois\\nM4;Quatre\\n")
    steps = cycle.work(cycle.start_run(keeper, broken))
    next(steps)
    steps.close()
    Job.objects.filter(kind="sync.run").delete()
    Sync.objects.filter(pk=broken.pk).update(state="done", error={"code": "stumbled", "params": {}})
    compared("checked", "M5;Cinq\\n")
    compared("refused", "M6;Six\\nM6;Six\\n")
with inside(by.account):
    cycle.start_run(by, receive("done"))
    stopped = receive("stopped")
    cycle.start_run(by, stopped)
    cycle.ask_stop(stopped)
    jobs.run_pending()
    cycle.start_check(by, receive("checked"))
    jobs.run_pending()
    receive("draft")
    steps = cycle.work(cycle.start_run(by, receive("running")))  # its worker dies after a step
    next(steps)
    steps.close()
"""
GO_ON = """
by, keeper = (actor_in(slug, User.objects.get(email=email).pk) for slug, email in
              [("lac", "aicha@lac.example"), ("service", "sonia@service.example")])
found = {}
with inside(by.account):
    one = lambda name: Import.objects.get(name=f"{name}.csv")
    found["states"] = {run.name: run.state for run in Import.objects.all()}
    draft = one("draft")
    found["said"] = [cycle.resume(by, one("stopped")) is not None, cycle.start_run(by, one("checked")) is not None,
                     cycle.discard(draft), draft.file.exists(), cycle.start_run(by, one("done")) is not None]
    jobs.run_pending()
    found["imports"] = {run.name: [run.state, run.rows_done, run.counts] for run in Import.objects.all()}
    found["people"] = Party.objects.count()
with inside(keeper.account):
    one = lambda name: Sync.objects.get(name=name)
    found["error"] = SYNC.error(one("broken"))
    assert cycle.start_undo(keeper, one("broken")) and cycle.start_undo(keeper, one("applied"))
    assert cycle.start_run(keeper, one("checked")) and cycle.discard(one("refused"))
    jobs.run_pending()
    found["syncs"] = {run.name: run.state for run in Sync.objects.all()}
    found["bodies"] = list(Party.objects.filter(binned_at=None).values_list("code", flat=True))
print(json.dumps(found))
"""


def test_drafts_stopped_running_and_finished_runs_go_on(tmp_path: Path):
    environment = {
        **os.environ,
        "ENTREGENT_DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "entregent.config.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
    }
    environment.pop("ENTREGENT_DATABASE_URL", None)

    def python(*words: str) -> str:
        done = subprocess.run([sys.executable, *words], env=environment, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    python("-m", "django", "migrate")
    python("-c", OPENING + BUILD)
    python("-m", "django", "migrate", "exchange", BEFORE)
    with sqlite3.connect(tmp_path / "data" / "entregent.sqlite3") as database:
        columns = {row[1] for row in database.execute("PRAGMA table_info(exchange_sync)")}
    assert not columns & {"turn", "stop_asked"}
    python("-m", "django", "migrate")
    found = json.loads(python("-c", OPENING + GO_ON))
    assert found["states"] == {
        "done.csv": "done", "stopped.csv": "stopped", "checked.csv": "checked", "draft.csv": "draft",
        "running.csv": "running",
    }  # fmt: skip
    assert found["said"] == [True, True, True, False, False]
    whole = ["done", 5, {"created": 5, "notes": {}}]
    assert found["imports"] == dict.fromkeys(["done.csv", "stopped.csv", "checked.csv", "running.csv"], whole)
    assert found["people"] == 20
    assert found["error"]
    assert found["syncs"] == {"applied": "undone", "broken": "undone", "checked": "done"}
    assert found["bodies"] == ["M5"]
