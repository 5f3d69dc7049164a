"""Files that the demo's stories offer: tables of its own facts, as CSV that spreadsheets open."""

from collections.abc import Iterable, Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from core.languages import reading
from core.open_data.spreadsheets import Table, csv_bytes
from metrics.models import Observation
from schools.models import SchoolPage


FOLDER = "documents"
FIGURES_HEAD = (
    "键 Key",
    "指标",
    "Metric",
    "数值",
    "Value",
    "对象",
    "Subject",
    "时期",
    "Period",
    "来源行号 Line",
    "说明",
    "Note",
)
SCHOOLS_HEAD = ("键 Key", "校名", "Name", "学段", "Stage", "变化", "Change")


def find(key: str) -> AbstractDocument | None:
    return get_document_model().objects.filter(file=_name(key)).first()


def add_documents() -> None:
    """Save the files that are missing."""
    for key, (title, head, rows) in TABLES.items():
        if find(key) is None:
            default_storage.delete(_name(key))  # left over from an earlier database
            content = ContentFile(csv_bytes(Table(key, head, list(rows()))), name=f"demo-{key}.csv")
            document = get_document_model()(title=title, file=content)
            document._set_document_file_metadata()
            document.save()


def _name(key: str) -> str:
    return f"{FOLDER}/demo-{key}.csv"


def _figures() -> Iterator[tuple[str, ...]]:
    for figure in Observation.objects.with_context().order_by("metric__order", "dimension__order", "pk"):
        chinese, english = _in_both(
            figure, lambda f: (f.metric.name, f.display(), str(f.subject), f.period.label, f.note)
        )
        yield (figure.key, *_side_by_side(chinese[:4], english[:4]), figure.source_place, chinese[4], english[4])


def _schools() -> Iterator[tuple[str, ...]]:
    for school in SchoolPage.objects.order_by("path"):
        chinese, english = _in_both(
            school, lambda s: (s.title, str(s.get_stage_display()), str(s.get_status_display()) if s.status else "")
        )
        yield (school.key, *_side_by_side(chinese, english))


def _in_both(obj, texts) -> list[tuple[str, ...]]:
    found = []
    for code in ("zh-hans", "en"):
        with reading(code):
            found.append(texts(obj))
    return found


def _side_by_side(chinese: Iterable[str], english: Iterable[str]) -> list[str]:
    return [text for pair in zip(chinese, english, strict=True) for text in pair]


TABLES = {
    "figures": ("数据表：本站引用的全部数字", FIGURES_HEAD, _figures),
    "schools": ("学校名单", SCHOOLS_HEAD, _schools),
}
