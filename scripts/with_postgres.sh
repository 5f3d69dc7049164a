#!/usr/bin/env bash
# Run a command with a PostgreSQL server of its own, made for it and thrown away after it:
#
#     scripts/with_postgres.sh COMMAND [ARGUMENT ...]
#     scripts/with_postgres.sh --find          prints the folder of the server programs, or fails
#
# The server listens on a free port of 127.0.0.1, its files are in a temporary folder, and DATABASE_URL points to it.
# PostgreSQL refuses to run as root, so for root it runs as the user `postgres`. The exit code is the command's.
set -euo pipefail

find_programs() {
    local folder
    if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then
        dirname "$(readlink -f "$(command -v initdb)")"
        return
    fi
    folder=$(find /usr/lib/postgresql /usr/local/pgsql /opt/homebrew/opt /usr/local/opt \
        -maxdepth 3 -name initdb 2>/dev/null | sort -V | tail -n 1)
    [ -n "$folder" ] && dirname "$folder"
}

if ! programs=$(find_programs); then
    echo "with_postgres.sh: no PostgreSQL server programs (initdb, pg_ctl) on this machine" >&2
    exit 127
fi
if [ "${1:-}" = "--find" ]; then
    echo "$programs"
    exit 0
fi
if [ $# -eq 0 ]; then
    echo "usage: $0 COMMAND [ARGUMENT ...]" >&2
    exit 2
fi

as_owner=()
if [ "$(id -u)" -eq 0 ]; then
    owner=postgres
    id -u "$owner" >/dev/null 2>&1 || owner=nobody
    as_owner=(runuser -u "$owner" --)
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/eduportal-pg.XXXXXX")
started=""

server() { # a server program, as the owner, from a folder that the owner may enter
    (cd "$folder" && exec "${as_owner[@]}" env LC_ALL=C.UTF-8 "$programs/$1" "${@:2}")
}

# shellcheck disable=SC2329  # called by the trap
clean_up() {
    trap '' INT TERM HUP
    if [ -n "$started" ]; then
        server pg_ctl stop --silent --pgdata="$folder/data" --mode=immediate >/dev/null 2>&1 || true
    fi
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

free_port() {
    "${PYTHON:-python3}" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && printf '%s' "$password" >"$folder/password")
if [ ${#as_owner[@]} -gt 0 ]; then
    chown -R "$owner" "$folder"
fi
server initdb --pgdata="$folder/data" --username=eduportal --pwfile="$folder/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 || {
    cat "$folder/initdb.log" >&2
    exit 1
}

# Nothing here has to survive a crash, so nothing is flushed to disk.
settings="-c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c synchronous_commit=off
 -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=128MB -c max_connections=100
 -c checkpoint_timeout=1h -c jit=off -c timezone=UTC"
for _ in 1 2 3; do # the free port may be taken before the server has it
    port=$(free_port)
    started=maybe
    if server pg_ctl start --silent --wait --pgdata="$folder/data" --log="$folder/server.log" \
        --options="-p $port ${settings//$'\n'/}" >/dev/null 2>&1; then
        started=yes
        break
    fi
done
if [ "$started" != yes ]; then
    cat "$folder/server.log" >&2
    exit 1
fi

PGPASSWORD=$password server createdb --host=127.0.0.1 --port="$port" --username=eduportal eduportal
export DATABASE_URL="postgres://eduportal:$password@127.0.0.1:$port/eduportal"
status=0
"$@" || status=$?
exit "$status"
