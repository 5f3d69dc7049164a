"""A page as it is kept: compressed, with its headers, and with what it was made of."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from ..encodings import preferred


TEXT = (
    "text/",
    "application/json",
    "application/atom+xml",
    "application/xml",
    "application/manifest+json",
    "image/svg",
)
BROTLI_QUALITY = 5  # about as quick as gzip, and a fifth smaller
OURS = {"content-length", "content-encoding", "etag"}  # headers that each answer gets anew


@dataclass(frozen=True)
class Entry:
    """`stamp` is the content stamp before it was made, `until` the second (since 1970) from which it may be different
    although nothing was written, `parameters` what of the query it depends on."""

    stamp: str
    until: float
    parameters: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    etag: str
    length: int
    br: bytes
    gzip: bytes

    @classmethod
    def of(cls, response: HttpResponse, stamp: str, until: float, parameters: tuple[str, ...]) -> "Entry":
        body = response.content
        return cls(
            stamp=stamp,
            until=until,
            parameters=parameters,
            headers=tuple((name, value) for name, value in response.items() if name.lower() not in OURS),
            etag=etag(body),
            length=len(body),
            br=brotli.compress(body, quality=BROTLI_QUALITY),
            gzip=gzip.compress(body, mtime=0),
        )

    @property
    def size(self) -> int:
        """Bytes in memory, nearly."""
        return len(self.br) + len(self.gzip) + sum(len(name) + len(value) for name, value in self.headers) + 500

    def is_current(self, stamp: str, now: float) -> bool:
        return self.stamp == stamp and now < self.until

    def response(self, request: HttpRequest) -> HttpResponse:
        """The answer to one reader: in an encoding that the reader takes, or 304."""
        encoding = preferred(request)
        body = {"br": self.br, "gzip": self.gzip}.get(encoding)
        response = HttpResponse(gzip.decompress(self.gzip) if body is None else body, headers=dict(self.headers))
        if body is not None:
            response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["ETag"] = self.etag
        patch_vary_headers(response, ["Accept-Encoding"])
        response.kept = self.stamp, self.until
        return get_conditional_response(request, etag=self.etag, response=response)


def etag(body: bytes) -> str:
    """A weak one: the same for every encoding."""
    return f'W/"{blake2b(body, digest_size=12).hexdigest()}"'


def is_text(response: HttpResponse, kinds: Iterable[str] = TEXT) -> bool:
    return response.headers.get("Content-Type", "").startswith(tuple(kinds))
