"""Proof that a wording of the Chinese was exported from here: a signature that goes out with each segment.

A file that comes back late translates a wording that may stand nowhere any more. Whoever sends it could make one up, with
a hash that fits, and have it shown to others as what the Chinese once was. The signature is made with the site's secret
key: nothing has to be stored when somebody downloads a file, and files are known again after a restored backup. Earlier
keys (SECRET_KEY_FALLBACKS) hold.
"""

from django.core.signing import BadSignature, Signer


_SALT = "languages.exchange.wordings"


def proof(original: str, path: str, digest: str) -> str:
    """The signature of a wording: the name of its original in files, its place and its hash."""
    return Signer(salt=_SALT).signature(_named(original, path, digest))


def is_proven(original: str, path: str, digest: str, proof: str) -> bool:
    """Whether this site made the proof, for exactly this wording at this place."""
    signer = Signer(salt=_SALT)
    try:
        signer.unsign(f"{_named(original, path, digest)}{signer.sep}{proof}")
    except BadSignature:
        return False
    return True


def _named(original: str, path: str, digest: str) -> str:
    return f"{original}\n{path}\n{digest}"
