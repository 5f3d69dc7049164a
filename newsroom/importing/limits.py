"""How much one file may ask for. What a file holds is counted before it is parsed; time and memory are the child's.

A long feature with forty photographs of a telephone is below all of these; what was made to occupy a server is not.
"""

MB = 1024 * 1024

MAX_BYTES = 64 * MB  # of the file
MAX_UNPACKED = 256 * MB  # of what an archive says that it holds
MAX_MEMBERS = 2_000  # of an archive
MAX_XML = 24 * MB  # of one part
MAX_TAGS = 800_000  # of one part, those that close among them: some 200 bytes of memory for each element
MAX_MARKUP = 8 * MB  # of a page of HTML, pictures within it aside
MAX_TEXT = 4 * MB  # of a plain text
MAX_DEPTH = 100  # elements within elements that say something

MAX_PARAGRAPHS = 20_000  # those in cells and boxes among them
MAX_BLOCKS = 5_000
MAX_CHARACTERS = 300_000
MAX_PICTURES = 200
MAX_PICTURE = 20 * MB
MAX_ALL_PICTURES = 64 * MB
MAX_ALL_PIXELS = 300_000_000  # each is read to its end before it comes into the library: together some ten seconds

SECONDS = 5  # of the wall's clock, for the child
PROCESSOR = 4  # seconds, for the child
MEMORY = 320 * MB  # of addresses, for the child: about 40 are the interpreter's
