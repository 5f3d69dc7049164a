"""Load the demo: real facts of autumn 2023, a few stories, pictures and accounts."""

import io
import os
from typing import Any

from django.conf import ENVIRONMENT_VARIABLE, settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core.languages import source_columns
from core.publishing.acts import bypass_review, together
from demo import (
    accounts,
    bodies,
    desk,
    documents,
    english,
    figures,
    glossary,
    images,
    programmes,
    schools,
    stories,
    tree,
)
from demo.indexing import indexed_at_the_end
from newsroom.record import sealing


DEMO_SETTINGS = {"dev", "local", "test"}


class Command(BaseCommand):
    help = "Load the demo's facts, stories, pictures and accounts. What is there already is left as it is."

    def handle(self, *_args: Any, **_options: Any) -> None:
        refuse_in_production()
        with source_columns():
            with indexed_at_the_end():
                drawn = images.make_pictures()
            with bypass_review("the demo"), together(), indexed_at_the_end():
                seed()
            seal_if_new()
        self.stdout.write(f"The demo is loaded ({drawn} new pictures).")


def seal_if_new() -> None:
    """A demo from before there was a record is recorded as it is; of a new one, what no act made: its sections."""
    if settings.KEEPS_RECORD and not sealing.sealed():
        sealing.seal_existing("the demo")


def is_for_trying_out() -> bool:
    """Whether the settings in use are those of a developer or of the demo."""
    name = os.environ.get(ENVIRONMENT_VARIABLE, "").rpartition(".")[2]
    return name != "production" and (settings.DEBUG or name in DEMO_SETTINGS)


def refuse_in_production() -> None:
    """Everybody knows the demo's accounts. Raises CommandError unless the settings are for trying out."""
    if not is_for_trying_out():
        raise CommandError("seed_demo makes accounts with known passwords: it does not run under production settings.")


def seed() -> None:
    """In the order in which things refer to each other."""
    home_is_new = tree.add_sections()
    call_command("sync_roles", verbosity=0, stdout=io.StringIO())  # its table names sections of the tree
    new_accounts = accounts.add_accounts()
    tree.add_settings()
    bodies.add_bodies()
    bodies.appoint_leads(schools.add_schools())
    figures.add_figures()
    bodies.add_honours()
    figures.add_observations()
    programmes.add_programmes()
    documents.add_documents()
    stories.add_stories()
    tree.add_about()
    glossary.add_glossary()
    if home_is_new:
        tree.publish_home()
    english.add_other_languages()
    if {accounts.TRANSLATOR, accounts.PUBLISHER} <= new_accounts:
        desk.add_work()
