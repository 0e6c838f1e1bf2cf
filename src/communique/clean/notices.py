"""What a report's text tells besides the report: notices of correction, exchange tickers, the outlet it appeared in first."""

from __future__ import annotations

import re

from communique.clean.dates import DATE
from communique.clean.features import unquoted, word_class

_WORK = r"(?:article|story|piece|page|post|item|report|text|column|copy|interview)"
_DATE = re.sub(r"\?P<\w+>", "?:", DATE)
_CHANGED = r"(?:amended|corrected|updated|changed|edited|modified|revised|clarified|altered)"
_WHY = r"(?:to (?:correct|clarify|make clear|remove|reflect|fix|show|say)\b|(?:since|after) (?:it was )?(?:first )?publi)"
_LABELLED = re.compile(
    r"\W{0,3}(?:(?:corrections?|clarifications?|errat(?:um|a)|corrigend(?:um|a))"
    rf"(?:,? \(?(?:of |on )?{_DATE}\)?)?(?::| [–—-]) .*[.!]\W*|\((?:corrects|clarifies)\b[^()]*\)\W*)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:earlier|previous|prior|original|former|first) "
    r"(?:version|edition|headline|caption|photo|picture|image|map|chart)s? "
    rf"(?:of|on|with|in|to|for) (?:this|our) {_WORK}\b"
    rf"|\bthis {_WORK} (?:has been|was) (?:since )?{_CHANGED} (?:on {_DATE} )?{_WHY}",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r".*\bcontributed (?:to this (?:report|story|article)|reporting)\b(?:(?: from| in)? [A-Z][^.]{1,40})?\.?\W*"
)
_HINTS = ("corr", "clarif", "errat", "this ", "our ")

_EXCHANGE = (
    r"NYSE|NYSEARCA|N[Aa][Ss][Dd][Aa][Qq]|AMEX|LSE|LON|AIM|TSXV?|CSE|TSE|TYO|ASX|NZX|HKG|HKEX|SEHK|SGX|NSE|BSE|PSX|DSE|JSE|NGX|EGX|"
    r"FRA|ETR|EPA|AMS|EBR|BIT|BME|SIX|SWX|STO|CPH|HEL|OSL|WSE|MOEX|MCX|KRX|KOSPI|SHA|SHE|SSE|SZSE|TPE|TWSE|IDX|PSE|SET|KLSE|"
    r"ADX|DFM|TASI|TADAWUL|QSE|B3|BVMF|BMV|OTC(?:MKTS|QB|QX)?"
)
_TICKER = re.compile(
    r"[(<\[](?:(?P<code>[A-Z0-9]{2,6}[a-z]?\.(?:[A-Z]{2,3}|[NOLTF]))"
    rf"|(?P<exchange>{_EXCHANGE}) ?: ?(?P<symbol>[A-Z0-9.]{{1,6}}))[)>\]]"
)
_OUTLET = r"(?:[Tt]he )?(?P<outlet>[A-Z][\w’'&-]*(?: (?:(?:of|and|the|de|la|el|for) )?[A-Z][\w’'&-]*){0,4})"
_ORIGIN = re.compile(
    r"\b(?:(?:first|originally|previously) (?:published|appeared|ran)|(?:published|appeared|ran) (?:first|originally)"
    r"|republished|reprinted|syndicated|by (?:special )?arrangement|with (?:the )?permission)"
    rf" (?:by|in|on|at|from|with|of) {_OUTLET}"
)


def corrects(line: str) -> bool:
    """Whether a line is an outlet's notice that it has corrected this report, in one of the wordings that outlets share.

    What is quoted doesn't count: a speaker's correction is news.
    """
    lower = line.lower()
    if not any(hint in lower for hint in _HINTS):
        return False
    return _LABELLED.fullmatch(line) is not None or _TOLD.search(unquoted(line)) is not None


def credits_staff(line: str) -> bool:
    """Whether a line says who contributed to this report."""
    return "contributed " in line and _CONTRIBUTED.fullmatch(unquoted(line)) is not None


def tickers(text: str) -> tuple[str, ...]:
    """The exchange tickers in brackets, as they stand: `GAZP.MM` (Reuters' codes), `NYSE:F` (exchange and symbol)."""
    if "." not in text and ":" not in text:
        return ()
    found = (m["code"] or f"{m['exchange']}:{m['symbol']}" for m in _TICKER.finditer(text))
    return tuple(dict.fromkeys(found))


def origin(line: str) -> str | None:
    """The outlet that a line says a report appeared in first ("This story originally appeared in The Lagona Ledger")."""
    match = _ORIGIN.search(line[:1].lower() + line[1:])
    if match is None or any(word_class(w.lower()) in {"month", "weekday"} for w in match["outlet"].split()):
        return None
    return match["outlet"]
