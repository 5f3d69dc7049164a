"""The demo's data: JSON files in demo/data. A text there is {"zh": …, "en": …}, always with both."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any


DATA = Path(__file__).parent / "data"
NAMESPACE = uuid.UUID("4f1d7c1e-52a5-5c0b-9d0a-6b1f0c6f2a11")

Text = dict[str, str]


def load(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def load_stories() -> list[dict]:
    """Every story, in the order in which they are published: that of the file names."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / "stories").glob("*.json"))]


def zh(text: Text | None) -> str:
    """The Chinese of a text; empty if there is none."""
    return text["zh"] if text else ""


def joined(texts: list[Text]) -> Text:
    """Several texts as one, each on its own line."""
    return {code: "\n".join(text[code] for text in texts) for code in ("zh", "en")}


def texts_in(data: Any) -> Iterator[Text]:
    """Every text of a record, however deep."""
    if isinstance(data, dict) and set(data) == {"zh", "en"}:
        yield data
    elif isinstance(data, dict | list | tuple):
        for value in data.values() if isinstance(data, dict) else data:
            yield from texts_in(value)


def identifier(*path: str) -> str:
    """The same id for the same path at every seeding."""
    return str(uuid.uuid5(NAMESPACE, "/".join(path)))
