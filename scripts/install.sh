#!/usr/bin/env bash
# Create .venv if there is none that works, and install a file of requirements into it:
#
#     scripts/install.sh PYTHON REQUIREMENTS
set -euo pipefail
cd "$(dirname "$0")/.."

if ! "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed, and '$1' is not. Name another one: make PYTHON=/path/to/python3.11 …" >&2
    exit 1
fi
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    "$1" -m venv --clear .venv
fi
echo "Installing $2 …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$2"
