"""How an answer may be compressed for who asked: the header Accept-Encoding (RFC 9110, 12.5.3)."""

from django.http import HttpRequest


ENCODINGS = ("br", "gzip")  # the best first


def preferred(request: HttpRequest) -> str:
    """'br', 'gzip', or '' for neither. Of what the reader takes, the reader's order counts little: the smaller one."""
    taken = dict(map(_weight, request.headers.get("Accept-Encoding", "").lower().split(",")))
    return next((each for each in ENCODINGS if taken.get(each, taken.get("*", 0.0)) > 0), "")


def _weight(part: str) -> tuple[str, float]:
    """('gzip;q=0.5') -> ('gzip', 0.5); what cannot be read is not taken."""
    name, _, parameter = part.partition(";")
    key, _, value = parameter.partition("=")
    if not parameter.strip():
        return name.strip(), 1.0
    try:
        return name.strip(), float(value) if key.strip() == "q" else 0.0
    except ValueError:
        return name.strip(), 0.0
