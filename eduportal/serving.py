"""What gunicorn does besides answering: `--config python:eduportal.serving`."""

from typing import Any


def post_worker_init(_worker: Any) -> None:
    """A new process makes the pages that are asked for most, while it answers already."""
    from core.publishing.warming import warm_in_background

    warm_in_background()
