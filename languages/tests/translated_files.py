"""What a translator's program does with a file, for tests."""

import polib
from lxml import etree


def filled(content, **texts):
    """The file with its texts filled in by path, as a translator's program does."""
    if not content.startswith(b"<"):
        file = polib.pofile(content.decode())
        for entry in file:
            path = entry.msgctxt.split(":", 2)[2].rpartition("@")[0]
            if path in texts:
                entry.msgstr = texts[path]
        return str(file).encode()
    root = etree.fromstring(content)
    for unit in root.iter("{*}trans-unit", "{*}unit"):
        path = unit.get("name") or unit.get("id")
        if path in texts:
            source = next(unit.iter("{*}source"))
            target = next(unit.iter("{*}target"), None)
            if target is None:
                target = etree.Element(source.tag.replace("source", "target"))
                source.addnext(target)
            target.text = texts[path]
    return etree.tostring(root, encoding="UTF-8")
