#!/usr/bin/env bash
# Run a server with the scheduler beside it; both end when either is told to, and the scheduler is started again if it fails.
#
#     scripts/with_scheduler.sh COMMAND ...
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

keep_scheduler() {
    local running=
    trap '[ -z "$running" ] || kill "$running" 2>/dev/null; exit 0' TERM INT
    while true; do
        .venv/bin/python manage.py run_scheduler &
        running=$!
        wait "$running"
        sleep 5 &
        wait $!
    done
}

keep_scheduler &
scheduler=$!
"$@" &
server=$!
# shellcheck disable=SC2064 # the ids are known now
trap "kill $server $scheduler 2>/dev/null" TERM INT
wait "$server"
status=$?
wait "$server" 2>/dev/null # a signal ended the first wait: the server is still finishing its answers
kill "$scheduler" 2>/dev/null
wait "$scheduler" 2>/dev/null
exit "$status"
