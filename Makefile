# What a developer types. `make help` lists it; `make check` is every rule and every test.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install run dev migrate seed messages format lint types imports rules catalogues test functional screenshots bench audit fuzz check check-numbers check-seed
.PHONY: runtime compiled migrated seeded collected

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
export PYTHON
APPS := core schools metrics news search api languages newsroom demo
BIN := .venv/bin
LOCAL := DJANGO_SETTINGS_MODULE=eduportal.settings.local $(BIN)/python manage.py
TESTING := DJANGO_SETTINGS_MODULE=eduportal.settings.test $(BIN)/python manage.py
# The steps below run only when what they depend on has changed since they last succeeded.
IF_CHANGED := @$(PYTHON) scripts/if_changed.py
DATABASE := --env DATABASE_URL $(if $(DATABASE_URL),,--needs var/db.sqlite3)

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

install: ## Create .venv with everything a developer needs
	$(IF_CHANGED) .venv/installed requirements*.txt --needs $(BIN)/pytest -- scripts/install.sh "$(PYTHON)" requirements-dev.txt

runtime:
	$(IF_CHANGED) .venv/runtime requirements.txt --needs $(BIN)/gunicorn -- scripts/install.sh "$(PYTHON)" requirements.txt

compiled:
	@$(BIN)/python scripts/compile_messages.py

migrated: runtime
	$(IF_CHANGED) var/stamps/migrated '*/migrations/*.py' '*/publishing/*mending*.py' core/searching core/text requirements.txt $(DATABASE) -- $(MAKE) migrate

seeded: migrated compiled
	$(IF_CHANGED) var/stamps/seeded $(APPS) var/stamps/migrated --env DATABASE_URL --env DEMO_PASSWORD -- $(MAKE) seed

collected: runtime
	$(IF_CHANGED) var/stamps/collected static $(APPS:=/static) eduportal/settings requirements.txt \
	  --needs var/static/staticfiles.json -- env $(LOCAL) collectstatic --noinput --verbosity 0

run: runtime compiled migrated seeded collected ## Install, load the demo, serve http://127.0.0.1:8000/ as production would (PORT=…)
	@echo "Serving http://127.0.0.1:$(PORT)/ (Ctrl-C stops it)"
	@DJANGO_SETTINGS_MODULE=eduportal.settings.local exec scripts/with_scheduler.sh $(BIN)/gunicorn eduportal.wsgi:application \
	  --bind 127.0.0.1:$(PORT) --worker-class gthread --workers 2 --threads 8 --timeout 60 --preload --no-control-socket \
	  --config python:eduportal.serving

dev: runtime compiled migrated seeded ## The same with DEBUG and a server that reloads
	@DJANGO_SETTINGS_MODULE=eduportal.settings.dev exec scripts/with_scheduler.sh $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

migrate: runtime ## Bring the database up to date
	@$(LOCAL) migrate --noinput
	-@$(LOCAL) mend_stored --safe --verbosity 0 # what was stored before the code had a rule for it; never keeps the portal down
	@$(LOCAL) update_index --verbosity 0 # what is searched may have changed with the code

seed: runtime compiled ## Load roles and the demo again (it changes nothing that is already right)
	@$(LOCAL) sync_roles --verbosity 0
	@$(LOCAL) seed_demo
	@$(LOCAL) sync_roles # again: some rights hang on pages that the demo makes

messages: install ## Update the catalogues in locale/ from the code (needs gettext)
	@$(BIN)/python scripts/update_messages.py

format: install ## Format code and templates
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/djhtml --tabwidth 2 templates

lint: install ## Check the format and style of code and templates
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/djhtml --tabwidth 2 --check templates
	@$(BIN)/curlylint --parse-only templates
	@$(BIN)/python scripts/check_templates.py
	@$(BIN)/python scripts/check_modules.py

types: install ## Check types
	@$(BIN)/mypy

imports: install ## Check that imports between the apps point down
	@$(BIN)/lint-imports

rules: install ## Check migrations and the project's own system checks
	@$(TESTING) makemigrations --check --dry-run
	@$(TESTING) check --fail-level WARNING

catalogues: install ## Check that the catalogues are current and complete (needs gettext)
	@$(BIN)/python scripts/check_messages.py

test: install compiled ## Every test: on SQLite, on PostgreSQL, in a browser (ARGS=… for pytest)
	@scripts/test.sh all $(ARGS)

screenshots: install compiled ## Take the pictures of docs/ again (needs Chromium; ARGS=pages or ARGS=guide for some)
	@$(BIN)/python scripts/screenshots.py $(ARGS)

bench: install compiled ## Measure the portal, up to 100,000 stories, into docs/benchmarks.md (ARGS="--quick --only …")
	@$(BIN)/python -m scripts.bench $(ARGS)

audit: install compiled ## Check HTML, speed and accessibility of the public pages (needs Node, Java, Chromium)
	@$(BIN)/python scripts/audit.py

fuzz: install compiled ## Try what reads text with many more made-up examples (FUZZ=… times as many, 20; takes many minutes)
	@FUZZ=$(or $(FUZZ),20) $(BIN)/python -m pytest -m hypothesis -n auto --dist loadfile $(ARGS)

check-numbers: install compiled ## Measure the check of numbers in translations on the corpus
	@$(BIN)/python scripts/check_numbers.py

check-seed: install compiled ## Say what the checks of texts find in a file (SEED=article.txt PUBLISHED=2023-10-20 SCHOOLS=甲小学,乙小学)
	@$(BIN)/python scripts/check_seed.py "$(SEED)" "$(PUBLISHED)" "$(SCHOOLS)"

functional: install compiled ## The browser tests alone
	@scripts/test.sh browser $(ARGS)

check: lint types imports rules catalogues test ## Everything above that can fail
