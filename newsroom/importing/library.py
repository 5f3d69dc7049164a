"""Pictures of a document in the library of the portal."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from wagtail.models import Collection

from core.files.pictures import check_picture
from core.models import PortalImage

from .document import Document, Finding, Outcome, Picture
from .met import Met
from .story import Fields


TITLE = 255  # characters


class Library:
    """What one import adds: `added` are the keys of its pictures, `files` the names of what it has stored."""

    def __init__(self, document: Document, user: object = None) -> None:
        self.document, self.user = document, user
        self.keys: dict[str, int] = {}
        self.findings: list[Finding] = []
        self.added: list[int] = []
        self.files: list[str] = []

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """If anything fails within, the files that were stored are taken away again."""
        try:
            yield
        except BaseException:
            for name in self.files:
                default_storage.delete(name)
            raise

    def add(self, pictures: Iterable[Picture], story: str) -> None:
        """Each file once. What is in the library already, byte for byte, is used again; what cannot be read to its end is
        left out, and that is noted."""
        for picture in pictures:
            if picture.file not in self.keys and self.is_whole(picture):
                self.keys[picture.file] = self._key(picture, story)

    def is_whole(self, picture: Picture) -> bool:
        try:
            check_picture(io.BytesIO(self.document.pictures[picture.file].content))
        except ValidationError as error:
            said = Finding(str(Met.DAMAGED_PICTURE), Outcome.DROPPED, " ".join(error.messages), 1, (picture.place,))
            self.findings.append(said)
            return False
        return True

    def _key(self, picture: Picture, story: str) -> int:
        file = self.document.pictures[picture.file]
        collection = Collection.get_first_root_node()
        digest = library_hash(file.content)
        found = PortalImage.objects.filter(file_hash=digest, collection=collection).first()
        if found:
            return int(found.pk)
        title = picture.caption or picture.alt or f"{story} {len(self.keys) + 1}"
        image = PortalImage(
            title=title[:TITLE], description=picture.alt[:TITLE], credit=picture.credit[:200], collection=collection
        )
        image.uploaded_by_user = self.user
        image.file = ImageFile(io.BytesIO(file.content), name=f"import-{file.name}")
        image._set_image_file_metadata()
        try:
            image.save()
        finally:
            if image.file._committed:  # stored, whatever came after
                self.files.append(image.file.name)
        self.added.append(image.pk)
        return int(image.pk)


def library_hash(content: bytes) -> str:
    """Wagtail's own of a picture."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def pictures_of(fields: Fields) -> list[Picture]:
    """Those that the story shows, in boxes as well."""
    found: list[Picture] = [fields.lead] if fields.lead else []
    for piece in fields.body:
        inner = getattr(piece.block, "blocks", [piece.block])
        found += [each for each in inner if isinstance(each, Picture)]
    return found
