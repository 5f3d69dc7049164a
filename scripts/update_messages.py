"""`make messages`: take new messages from the code into every catalogue, then make zh_Hant from zh_Hans."""

from catalogues import LANGUAGES, catalogue, extract
from fill_zh_hant import fill


if __name__ == "__main__":
    extract()
    fill()
    for language in LANGUAGES:
        print(catalogue(language).relative_to(catalogue(language).parents[3]))
