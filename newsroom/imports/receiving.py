"""The form of an import as it comes in. Django takes 2.5 MB of text in a form (DATA_UPLOAD_MAX_MEMORY_SIZE), and gives none of it
back if it is more; a page that is pasted may have as much as one that is uploaded."""

from collections.abc import Iterable
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import FIELD, FILE, ChunkIter, LazyStream, MultiPartParser, Parser, exhaust
from django.utils.datastructures import MultiValueDict
from django.utils.encoding import force_str

from ..importing.limits import MAX_BYTES, MAX_MARKUP, MAX_TEXT


MOST = MAX_MARKUP + MAX_TEXT  # bytes of all fields together: what was pasted, with its format and without
PARTS = 20  # fields and files; the form has four


class RoomyForm(FileUploadHandler):
    """Reads all of a form itself, as the first of the upload handlers of a request; files go to the disk."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],  # noqa: N803 (as Django calls it)
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict]:
        self._parser = MultiPartParser(META, input_data, [self], encoding)
        self._encoding = encoding or "utf-8"
        self._left = MOST
        chunks = ChunkIter(input_data, self.chunk_size)
        self._post, self._files = QueryDict(mutable=True, encoding=self._encoding), MultiValueDict()
        try:
            for number, part in enumerate(Parser(LazyStream(chunks), boundary)):
                if number > PARTS:
                    raise TooManyFieldsSent
                self._take(*part)
        except BaseException:
            for files in self._files.values():
                files.close()
            raise
        finally:
            exhaust(chunks)  # whoever sends it hears the answer only then
        self._post._mutable = False
        return self._post, self._files

    def _take(self, kind: str, headers: dict[str, Any], content: LazyStream) -> None:
        _value, said = headers.get("content-disposition", ("", {}))
        name = self._text(said.get("name", b"")).strip()
        if kind == FIELD and name:
            data = content.read(size=self._left + 1)
            self._left -= len(data)
            if self._left < 0:
                raise RequestDataTooBig
            self._post.appendlist(name, self._text(data))
        elif kind == FILE and name:
            called = self._parser.sanitize_file_name(self._text(said["filename"]))
            if called:
                self._files.appendlist(name, _on_disk(called, content))
        exhaust(content)

    def _text(self, data: bytes) -> str:
        return force_str(data, self._encoding, errors="replace")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def _on_disk(name: str, content: Iterable[bytes]) -> TemporaryUploadedFile:
    """Of what is too large, only so much that it is seen to be."""
    file = TemporaryUploadedFile(name, "", 0, None)
    for chunk in content:
        if file.size <= MAX_BYTES:
            file.write(chunk)
            file.size += len(chunk)
    file.seek(0)
    return file
