"""OpenCC's converters. Each takes a tenth of a second to load its dictionaries: once per process, and only here."""

from functools import cache

from opencc import OpenCC  # noqa: TID251 (here it is made)


@cache
def converter(configuration: str) -> OpenCC:
    """The converter of one of OpenCC's configurations: `s2t` simplified to traditional, `t2s` back.

    `convert` takes any string. Raises RuntimeError for a configuration that OpenCC does not have.
    """
    return OpenCC(configuration)
