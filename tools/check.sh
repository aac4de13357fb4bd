#!/bin/sh
# All that can be said of the code without running it; every check speaks, even when one before it failed.
failed=0
say() {
    printf '%-28s' "$1"
    shift
    if output=$("$@" 2>&1); then echo ok; else
        echo FAILED
        printf '%s\n' "$output"
        failed=1
    fi
}
say "format (ruff)" ruff format --check --quiet .
say "lint (ruff)" ruff check .
say "floors (import-linter)" lint-imports
say "types (mypy)" mypy
say "templates (djlint)" djlint --lint --quiet src
say "messages" python tools/messages.py check
say "relations point down" python -m pytest -q -p no:cacheprovider tests/laws/test_relations.py
exit $failed
