from typing import Any

from wagtail.fields import StreamField


class ContentField(StreamField):
    """A StreamField whose blocks stay out of migrations.

    The column is JSON whatever the blocks are, so a new block needs no migration. The price: a data migration
    that rewrites blocks must name its block definitions itself (docs/adr/0003).
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
