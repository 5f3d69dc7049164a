# ruff: noqa: S608 (the names of tables are our own)
"""On SQLite what is searched is stored once: in the full-text table, and not in the library's table of entries too.

The library's triggers copy an entry's texts into the full-text table, which keeps them as well: of 100,000 stories that
were gigabytes. Ours move them: an entry whose texts are in the full-text table has none (NULL, and '' for the title, which
cannot be NULL). A write of the library always gives texts, so a text that is NULL is our own doing.
"""

from django.db import migrations


ENTRIES, TEXTS = "wagtailsearch_indexentry", "wagtailsearch_indexentry_fts"
EMPTIED = f"UPDATE {ENTRIES} SET title = '', body = NULL, autocomplete = NULL"
IN_TEXTS = "(title, body, autocomplete, rowid) VALUES (NEW.title, NEW.body, NEW.autocomplete, NEW.id)"
OURS = [
    f"""CREATE TRIGGER insert_{TEXTS} AFTER INSERT ON {ENTRIES} BEGIN
        INSERT INTO {TEXTS}{IN_TEXTS};
        {EMPTIED} WHERE id = NEW.id;
    END""",
    f"""CREATE TRIGGER update_{TEXTS} AFTER UPDATE OF title, body, autocomplete ON {ENTRIES}
    WHEN NEW.body IS NOT NULL OR NEW.autocomplete IS NOT NULL BEGIN
        DELETE FROM {TEXTS} WHERE rowid = NEW.id;
        INSERT INTO {TEXTS}{IN_TEXTS};
        {EMPTIED} WHERE id = NEW.id;
    END""",
]
STOCK = [
    f"CREATE TRIGGER insert_{TEXTS} AFTER INSERT ON {ENTRIES} BEGIN INSERT INTO {TEXTS}{IN_TEXTS}; END",
    f"""CREATE TRIGGER update_{TEXTS} AFTER UPDATE ON {ENTRIES} BEGIN
        UPDATE {TEXTS} SET title = NEW.title, body = NEW.body, autocomplete = NEW.autocomplete WHERE rowid = NEW.id;
    END""",
]
NAMES = ("title", "body", "autocomplete")


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "sqlite":
        for statement in statements:
            schema_editor.execute(statement)


def without_triggers():
    return [f"DROP TRIGGER IF EXISTS {act}_{TEXTS}" for act in ("insert", "update")]


def move(apps, schema_editor):
    run(schema_editor, [*without_triggers(), EMPTIED, *OURS])


def copy_back(apps, schema_editor):
    read = ", ".join(f"{name} = COALESCE(text.{name}, '')" for name in NAMES)
    back = f"UPDATE {ENTRIES} SET {read} FROM {TEXTS} text WHERE text.rowid = {ENTRIES}.id"
    run(schema_editor, [*without_triggers(), back, *STOCK])


class Migration(migrations.Migration):
    dependencies = [("core", "0016_newest_drafts"), ("wagtailsearch", "0010_add_text_fields")]

    operations = [migrations.RunPython(move, copy_back)]
