"""A program beside the one that is killed: queues imports, actions on many and their undoing, and waits for each.

``make`` migrates, opens the account and prints a token; ``work`` goes on until the file ``stop`` is there, then
prints what must be found, as JSON. The work itself is done by the worker of the other program.
"""

# ruff: noqa: E402  Django must be set up before models are imported
import json
import os
import sys
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "entregent.config.settings"
import django

django.setup()

from entregent.accounts.actor import Actor, actor_in
from entregent.accounts.models import Job, Membership, Token, User
from entregent.accounts.opening import add_member, open_account
from entregent.accounts.scope import inside
from entregent.actions.bulk import chosen_sets, jobs
from entregent.cli.commands.migrate import bring_up_to_date
from entregent.directory.selections.selections import Selection
from entregent.exchange import intake
from entregent.runs import cycle

ROWS = 400
PATIENCE = 240


def make() -> None:
    bring_up_to_date(copy=False)
    account = open_account("lac", "Lac")
    user = User.objects.create_user("aicha@lac.example", "une-phrase-assez-longue")
    add_member(account, user, "administrator")
    with inside(account):
        token, secret = Token.draft(account=account, membership=Membership.objects.get(user=user), name="soak")
        token.save()
    print(secret)


def wait(problems: list[str], what: str, ready) -> bool:
    """Wait until ``ready``; what takes too long is a problem."""
    limit = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > limit:
            problems.append(f"{what} is stuck")
            return False
        time.sleep(0.2)
    return True


def import_file(by: Actor, batch: int, problems: list[str]) -> None:
    """Import a file of its own."""
    path = Path(f"I{batch}.csv")
    rows = (f"I{batch}-{row};Léa;i{batch}-{row}@x.example" for row in range(ROWS))
    path.write_text("\n".join(["Nom;Prénom;Email", *rows]) + "\n", encoding="utf-8")
    source = intake.receive(by, path, path.name, "contacts")
    cycle.start_run(by, source)
    wait(problems, f"import {batch}", lambda: state(source) in ("done", "failed"))
    if state(source) != "done":
        problems.append(f"import {batch} is {source.state}: {source.error}")


def state(run) -> str:
    run.refresh_from_db()
    return run.state


def finished(job: Job) -> bool:
    job.refresh_from_db()
    return job.state in ("done", "failed")


def work() -> None:
    by = actor_in("lac", User.objects.get().pk)
    told: dict = {"kept": [], "tagged": [], "problems": []}
    problems, batch = told["problems"], 0
    with inside(by.account):
        while not Path("stop").exists() and not problems:
            batch += 1
            import_file(by, batch, problems)
            told["kept"].append(batch)
            chosen = chosen_sets.fix(by, Selection.read("p", {"q": f"I{batch}-"}))
            job = jobs.start_on(by, "tag", chosen, {"names": ["soak"]})
            wait(problems, f"tagging {batch}", lambda job=job: finished(job))
            if batch % 2:
                told["tagged"].append(batch)
            else:
                back = jobs.start_undo(by, job)
                wait(problems, f"untagging {batch}", lambda job=back: finished(job))
    print(json.dumps(told))


{"make": make, "work": work}[sys.argv[1]]()
