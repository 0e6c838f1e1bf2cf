"""spaCy's English tokenizer with words as the English treebanks of Universal Dependencies have them.

Their words are those of the later Penn treebanks (Warner et al. 2012, "English Web Treebank": Addendum to the PTB II
guidelines): hyphens part words but not prefixes, and a slash parts words. Only designations ("F-16", "COVID-19") stay
whole, against them: the part before the figure is no name by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from spacy.attrs import ORTH
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, CURRENCY, HYPHENS
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without types
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# Short titles of newsrooms (Associated Press Stylebook, "military titles", "titles") and others that spaCy cuts off their stop.
SHORTENED = (
    *"Capt. Brig. Cmdr. Cpl. Lt. Maj. Pfc. Pvt. Sgt. Insp. Supt. Det. Pres. Amb. Atty. Drs.".split(),
    *"al. Ft. Sts. Hwy. ext. LTD. INC. CORP.".split(),
)
JOINED = ("and / or", "wan na", "du n no", "out ta", "lot ta", "a lot")
# As the guidelines list them, without those that the treebanks mostly part from their word all the same.
PREFIXES = """agro ante anti arch bi bio co counter cross cyber de e ex extra inter intra macro mega micro mid mini multi neo
    non over para peri post pre pro pseudo psycho re semi socio sub super tri ultra un uni""".split()
# Runs of a mark are one word ("!!", "===="), which spaCy cuts into marks.
RUNS = rf"(?:[!?]{{2,}}|\.{{2,}}[!?]*|{'|'.join(re.escape(mark) + '{2,}' for mark in ',$=*#~_<>+-')})"
AFTER_TIME = r"(?<=\d)(?:[ap]m|[AP]M)"
# Numbers of telephones, dates in figures, decades, hashtags.
WHOLE = re.compile(
    r"(?:\+?\d{1,2}-)?\d{3}-\d{3}-\d{4}|\d{3}-(?!\d\d00)\d{4}|\d{4}-\d\d-\d\d|\d{1,2}-\d{1,2}-\d\d(?:\d\d)?|(?:\d\d)?\d0['’]s|#[A-Za-z]\w+"
)


def english() -> Language:
    """The tokenizer alone, as a pipeline."""
    return English(create_tokenizer=_tokenizer)


def _tokenizer(nlp: Language) -> Tokenizer:
    # spaCy's own is never made: reading its exceptions twice would cost a third of a second at the start.
    spacys = nlp.Defaults
    own = _exceptions(spacys.tokenizer_exceptions or {})
    return Tokenizer(
        nlp.vocab,
        rules=(spacys.tokenizer_exceptions or {}) | {form: [{ORTH: piece} for piece in pieces] for form, pieces in own},
        prefix_search=compile_prefix_regex([RUNS, *(spacys.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([RUNS, AFTER_TIME, *(spacys.suffixes or ())]).search,
        infix_finditer=compile_infix_regex(_infixes(spacys.infixes or ())).finditer,
        token_match=WHOLE.fullmatch,
        url_match=spacys.url_match,
    )


def _exceptions(spacys: Mapping[str, Sequence[Mapping[int, str]]]) -> Iterator[tuple[str, list[str]]]:
    """What is written, and its words: spaCy's exceptions with an apostrophe in capitals too, and ours."""
    for form, pieces in spacys.items():
        if ("'" in form or "’" in form) and form.upper() not in spacys:
            yield form.upper(), [piece[ORTH].upper() for piece in pieces]
    yield from ((short, [short]) for short in SHORTENED)
    for words in (*JOINED, *map(str.capitalize, JOINED)):
        yield words.replace(" ", ""), words.split()


def _infixes(spacys: Iterable[Any]) -> list[str]:
    """spaCy's, with other rules where there is a hyphen."""
    lengths = sorted({len(prefix) for prefix in PREFIXES})
    unless = "".join(rf"(?<!\b(?i:{'|'.join(p for p in PREFIXES if len(p) == size)})-)" for size in lengths)
    return [
        RUNS,
        *(pattern for pattern in spacys if HYPHENS not in pattern),
        rf"(?<=[{ALPHA}0-9])(?:{HYPHENS}){unless}(?=[{ALPHA}])",
        rf"(?<=[0-9])-(?=(?:{CURRENCY})[0-9])",
        rf"(?<=[0-9]-)(?:{CURRENCY})(?=[0-9])",
        rf"(?<=[{ALPHA_LOWER}])(?:[?!;](?=[{ALPHA}])|,(?=[0-9])|\((?=[{ALPHA}]))",
    ]
