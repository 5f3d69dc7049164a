"""What is measured: one module for each table. Each has `measure(bench)`, which gives a Section."""

from collections.abc import Callable

from ..portal import Bench
from ..report import Section
from . import autosaving, desk, growth, memory, pages, publishing


SECTIONS: dict[str, Callable[[Bench], Section]] = {
    "pages": pages.measure,
    "memory": memory.measure,
    "publish": publishing.measure,
    "desk": desk.measure,
    "autosave": autosaving.measure,
    "growth": growth.measure,  # last: it fills the database
}
