"""Which code, templates, catalogues and static files make the pages."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings


SUFFIXES = {".py", ".html", ".txt", ".xml", ".css", ".js", ".svg", ".mo", ".tsv", ".json"}
APART = {"tests", "migrations", "var", "node_modules", "docs", "scripts"}


@cache
def version() -> str:
    """A word for the whole of them: the same on every machine that has the same files. Read once."""
    digest = blake2b(digest_size=8)
    root = Path(settings.BASE_DIR)
    for path in sorted(_files(root)):
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(blake2b(path.read_bytes(), digest_size=8).digest())
    return digest.hexdigest()


def _files(root: Path) -> list[Path]:
    folders = [
        folder for folder in root.iterdir() if folder.is_dir() and folder.name not in APART and folder.name[0] != "."
    ]
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix in SUFFIXES]
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return [
        path
        for path in [*found, root / "requirements.txt", *([manifest] if manifest.exists() else [])]
        if not APART & set(path.relative_to(root).parts[1:])
    ]
