"""Benchmarks a large account and a small one among a hundred others: `python -m bench.accounts FILE`."""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
django.setup()

from bench.accounts_filling import SMALL, small  # noqa: E402
from bench.browser import Browser  # noqa: E402
from bench.filling import EMAIL, SLUG, actor  # noqa: E402
from bench.pages import Pages, written  # noqa: E402


def main(target: Path) -> None:
    figures = []
    for name, slug, email in (("the large account", SLUG, EMAIL), ("a small account", *small(SMALL // 2))):
        figures += written(Pages(Browser.signed_in(email), actor(slug, email), f" — {name}").daily())
    target.write_text(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
