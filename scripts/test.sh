#!/usr/bin/env bash
# The whole test suite: on SQLite, on PostgreSQL, and in a browser. What was left out, and why, is said last.
#
#     scripts/test.sh [all|browser] [PYTEST ARGUMENT ...]
#
# With CI=true nothing may be left out: no PostgreSQL or no Chromium is then a failure, and so is any skipped test
# (see conftest.py).
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

what=${1:-all}
shift || true
python=.venv/bin/python
database=${DATABASE_URL:-}
status=0
left_out=()

leave_out() {
    left_out+=("$1")
    if [ "${CI:-}" = true ]; then status=1; fi
}

run() { # LABEL COMMAND...: one run of pytest, or of something that ends in one
    printf '\n== %s\n' "$1"
    "${@:2}" || status=1
}

# shellcheck disable=SC2329  # called by run
on_postgres() {
    case $database in
    postgres*) DATABASE_URL=$database "$@" ;;
    *) scripts/with_postgres.sh "$@" ;;
    esac
}

has_postgres() {
    [[ $database == postgres* ]] || scripts/with_postgres.sh --find >/dev/null 2>&1
}

find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [ -n "$name" ] && command -v "$name"; then return; fi
    done
    return 1
}

unset DATABASE_URL
parallel=(-n auto --dist loadscope --no-loadscope-reorder) # what is costly, such as the seeded demo, is made once (see conftest.py)

if [ "$what" = all ]; then
    run "SQLite" "$python" -m pytest -m "not browser" "${parallel[@]}" "$@"
fi

# The browser asks for many things at once, which SQLite answers one writer at a time: PostgreSQL, if it is there. It
# waits a good deal, too, so the other tests on PostgreSQL run beside it.
chosen=()
if CHROMIUM=$(find_chromium); then
    export CHROMIUM
    chosen=(-m browser)
else
    leave_out "the browser tests: Chromium is not installed (apt-get install chromium, or set CHROMIUM)"
fi

if has_postgres; then
    if [ "$what" = all ]; then
        if [ ${#chosen[@]} -gt 0 ]; then chosen=(); else chosen=(-m "not browser"); fi
        run "PostgreSQL" on_postgres "$python" -m pytest "${chosen[@]}" "${parallel[@]}" "$@"
    elif [ ${#chosen[@]} -gt 0 ]; then
        run "Browser, PostgreSQL" on_postgres "$python" -m pytest "${chosen[@]}" "$@"
    fi
else
    if [ ${#chosen[@]} -gt 0 ]; then run "Browser, SQLite" "$python" -m pytest "${chosen[@]}" "$@"; fi
    if [ "$what" = all ]; then
        leave_out "the suite on PostgreSQL: no server programs (apt-get install postgresql) and no DATABASE_URL=postgres://…"
    fi
fi

for reason in "${left_out[@]}"; do
    echo "SKIPPED $reason"
done
exit "$status"
