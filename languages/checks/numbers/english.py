"""Numbers in English."""

from decimal import Decimal

from .lexicon import Lexicon


_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
)

ENGLISH = Lexicon(
    groups=",",
    point=".",
    scales=[
        ("hundred thousand", 10**5),
        ("ten thousand", 10**4),
        ("hundred million", 10**8),
        ("thousand", 1000),
        ("million", 10**6),
        ("billion|bn", 10**9),
        ("trillion", 10**12),
        ("hundred", 100),
        ("m(?= (?:yuan|RMB))", 10**6),
    ],
    numerals={
        **{f"{word}(?:s|es)?": value for value, word in enumerate(_UNITS.split(), 1)},
        **{rf"{word}s?": value * 10 for value, word in enumerate(_TENS.split(), 2)},
        **{word: value for value, word in enumerate(_ORDINALS.split(), 1)},
        "once|single": 1,
        "(?:twice|both|pair|doubled?|couple)": 2,
        "(?:thrice|triple[ds]?|trio)": 3,
        "dozens?": 12,
        "decades?": 10,
        "twentieth": 20,
        "hundreds?|hundredth|centur(?:y|ies)|centenary|centennial": 100,
        "thousand": 1000,
        "million": 10**6,
        "billion": 10**9,
    },
    fractions={
        "half|halves": Decimal(50),
        "two[- ]thirds": Decimal(200) / 3,
        "(?:a|one)[- ]third": Decimal(100) / 3,
        "three[- ]quarters": Decimal(75),
        "(?:a|one)[- ]quarter": Decimal(25),
        "(?:a|one)[- ]fifth": Decimal(20),
        "two[- ]fifths": Decimal(40),
        "three[- ]fifths": Decimal(60),
        "four[- ]fifths": Decimal(80),
        "(?:a|one)[- ]tenth": Decimal(10),
    },
    months=[
        "January|Jan",
        "February|Feb",
        "March|Mar",
        "April|Apr",
        "May",
        "June|Jun",
        "July|Jul",
        "August|Aug",
        "September|Sept?",
        "October|Oct",
        "November|Nov",
        "December|Dec",
    ],
    more=r"(?:(?:more|greater|larger|higher) than|over|above|upwards? of|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|in excess of|at least|passed|topped|beyond)(?: (?:an?|the|some))?",
    about=r"(?:about|around|some|approximately|roughly|circa|c\.|approaching the region of|an estimated|estimated at)(?: (?:an?|the))?",
    nearly=r"(?:nearly|almost|close to|just under|just short of|under|approaching|nearing|not quite)(?: (?:an?|the))?",
    more_after=r"(?:\+|or (?:so )?more|and more|(?:and|or) (?:counting|upwards|over|above|older|up)\b|plus\b|(?:-| )?odd\b)",
    kinds={
        "points": r"percentage[- ]points?\b|per ?cent(?:age)? points?\b|pp\b",
        "score": r"points?\b",
        "percent": r"%|％|per ?cent\b|pc\b",
        "money": r"(?:yuan|RMB|CNY|renminbi|dollars?|euros?|kuai)\b",
        "mu": r"mu\b",
        "hectare": r"(?:ha|hectares?)\b",
        "sqm": r"(?:m²|m2\b|sq(?:uare)?\.? ?(?:m\b|metres?\b|meters?\b)|square[- ](?:met(?:re|er)s?)\b)",
        "calendar": r"(?:school |academic )year\b",
        "year": r"(?:school |academic )?years?\b(?! plan)",
        "month": r"months?\b",
        "week": r"weeks?\b",
        "day": r"days?\b",
        "hour": r"hours?\b",
        "minute": r"min(?:ute)?s?\b",
        "person": r"(?:(?!of|in|for|and|to|the|by|with|at|on|from|per)[a-z]+ )?(?:people|persons?(?!-)|pupils?|students?(?! (?:clubs?|societ))|teachers?|children|staff|individuals|participants|trainees|specialists|hosts)\b",
    },
    before={"money": r"RMB|CNY|[¥￥]|US\$|\$|€", "name": r"Nos?\.|№|#"},
    year_before=r"in|by|since|from|until|till|to|through|before|after|during|early|late|mid|spring|autumn|summer|winter|between|academic year|school year|\(",
    conjunction="and",
    part_of="of|out of|among|in",
    out_of=r"(?:in|out of)(?: every)?",
    ordinals=r"st|nd|rd|th|first|second|third|[a-z]+th",
    every="all|every|each|entire|whole|full|fully|entirely|completely|without exception|wholly",
    and_half=r"(?:[- ](?:years?|months?|hours?))?[- ]and[- ]a[- ]half",
    plans=r"Five[- ]Year(?:[- ]Plan)?",
)
