"""Which characters belong to a script: the inside of a class of a regular expression. From Blocks.txt of Unicode."""

HAN_CHARACTERS = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
CJK = rf"{HAN_CHARACTERS}\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uac00-\ud7af"
# Beside these no space is needed between words: Chinese, kana, Hangul, and their punctuation.
WIDE = rf"{CJK}\u3001-\u303f\u30fb\uff01-\uff60"
# Letters change their form beside a joiner: Arabic and its relatives, the scripts of India, Mongolian.
JOINING = (
    r"\u0600-\u061b\u061d-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff\u1820-\u18aa\ufb50-\ufdcf"
    r"\ufdf0-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
MONGOLIAN = r"\u1820-\u18aa"
# Scripts without spaces, in which U+200B says where a line may be broken: Thai, Lao, Myanmar, Khmer, Tai.
UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aad\uaa60-\uaadf"
RIGHT_TO_LEFT = (
    r"\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
LANGUAGE_MARKS = r"\u16a0-\u16f8"  # runes: in the search index they say of which language or kind something is
JAMO = r"\u1100-\u115e\u1161-\u11ff\ua960-\ua97c\ud7b0-\ud7fb"
# Emoji that Unicode counts among punctuation and letters, and the planes kept for them.
PICTURES = r"\u203c\u2049\u2139\u3030\u303d\U0001f000-\U0001faff"
