"""Bodies: from the demo's blocks to what a StreamField stores, with ids that never change."""

import json
from typing import Any

from metrics.models import Metric, Observation
from news.models import ProgrammePage, StoryPage
from schools.models import SchoolPage

from . import documents, images
from .marks import as_rich_text
from .records import Text, identifier, zh


TARGETS = {
    "figure": (Observation, "key"),
    "metric": (Metric, "key"),
    "school": (SchoolPage, "key"),
    "programme": (ProgrammePage, "key"),
    "story": (StoryPage, "slug"),
}


def find(kind: str, key: str) -> int:
    """The primary key of what a block or a link names. Raises DoesNotExist."""
    model, name = TARGETS[kind]
    return model.objects.values_list("pk", flat=True).get(**{name: key})


def stream(owner: str, items: list[dict]) -> str:
    """The stored form of a body; `owner` names whose it is and makes its ids unique."""
    return json.dumps([_block(f"{owner}/{item['id']}", item) for item in items])


def _block(place: str, item: dict) -> dict[str, Any]:
    return {"type": item["type"], "value": BUILDERS[item["type"]](place, item), "id": identifier(place)}


def _plain(*names: str) -> Any:
    return lambda _place, item: {name: zh(item.get(name)) for name in names}


def _text(place: str, item: dict) -> str:
    return _paragraphs(place, item["paragraphs"], "li" if item.get("list") else "p")


def _paragraphs(place: str, texts: list[Text], tag: str = "p") -> str:
    done = [
        f'<{tag} data-block-key="{identifier(place, str(number))[:5]}">{as_rich_text(text["zh"], find)}</{tag}>'
        for number, text in enumerate(texts)
    ]
    return f"<ul>{''.join(done)}</ul>" if tag == "li" else "".join(done)


def _aside(place: str, item: dict) -> dict[str, str]:
    return {"heading": zh(item["heading"]), "text": _paragraphs(place, item["paragraphs"])}


def _image(_place: str, item: dict) -> dict[str, Any]:
    picture = images.find(item["image"]).pk
    wide = item.get("wide", False)
    return {"image": picture, "caption": zh(item["caption"]), "credit": "", "alt": zh(item.get("alt")), "wide": wide}


def _gallery(place: str, item: dict) -> dict[str, Any]:
    pictures = [
        {"type": "item", "value": _image(place, picture), "id": identifier(place, picture["image"])}
        for picture in item["images"]
    ]
    return {"heading": zh(item.get("heading")), "images": pictures}


def _chosen(name: str, kind: str) -> Any:
    """A heading over a list of chosen things."""

    def build(place: str, item: dict) -> dict[str, Any]:
        chosen = [{"type": "item", "value": find(kind, key), "id": identifier(place, key)} for key in item[name]]
        return {"heading": zh(item.get("heading")), name: chosen}

    return build


def _table(_place: str, item: dict) -> dict[str, Any]:
    table = {
        "columns": [{"type": "text", "heading": zh(column)} for column in item["columns"]],
        "rows": [{"values": [zh(cell) for cell in row]} for row in item["rows"]],
        "caption": "",
    }
    return {"caption": zh(item["caption"]), "table": table, "note": zh(item.get("note"))}


BUILDERS = {
    "text": _text,
    "heading": _plain("heading", "subheading"),
    "quote": _plain("quote", "attribution"),
    "part": _plain("name", "description"),
    "target": _plain("promise", "due"),
    "aside": _aside,
    "image": _image,
    "gallery": _gallery,
    "table": _table,
    "figures": _chosen("figures", "figure"),
    "schools": _chosen("schools", "school"),
    "stories": _chosen("stories", "story"),
    "programme": lambda _place, item: {"programme": find("programme", item["programme"])},
    "programmes": _chosen("programmes", "programme"),
    "lead": lambda _place, item: {"story": find("story", item["story"]), "beside": item["beside"]},
    "latest": lambda _place, item: {"heading": zh(item.get("heading")), "topic": None, "count": item["count"]},
    "chart": lambda _place, item: {"metric": find("metric", item["metric"]), "caption": zh(item.get("caption"))},
    "document": lambda _place, item: {"document": documents.find(item["document"]).pk, "title": zh(item["title"])},
}
