"""The columns of the event data sets of others that a desk can take in, in their order and with the kinds of their values.

Sources: ICEWS, header of the event file of 2018 (andybega/icews); POLECAT, header of the tab files (doi:10.7910/DVN/AJGVIT);
GDELT 2.0 event table, whose columns linwoodc3/gdeltPyR lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

Kind = Literal["text", "whole", "number", "day"]

_DAYS = {"Event Date", "SQLDATE"}
_NUMBERS = {
    *("Intensity", "Latitude", "Longitude", "FractionDate", "GoldsteinScale", "AvgTone"),
    *(f"{of}Geo_{axis}" for of in ("Actor1", "Actor2", "Action") for axis in ("Lat", "Long")),
}
_WHOLE = {
    *("Story ID", "Sentence Number", "GLOBALEVENTID", "MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions"),
    *("NumSources", "NumArticles", "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type", "DATEADDED"),
}


def _kinds(names: Iterable[str]) -> Mapping[str, Kind]:
    kinds: dict[str, Kind] = {}
    for name in names:
        kinds[name] = "day" if name in _DAYS else "number" if name in _NUMBERS else "whole" if name in _WHOLE else "text"
    return kinds


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


_SIDE = "Code,Name,CountryCode,KnownGroupCode,EthnicCode,Religion1Code,Religion2Code,Type1Code,Type2Code,Type3Code"
_GEO = "Type,FullName,CountryCode,ADM1Code,ADM2Code,Lat,Long,FeatureID"
ICEWS = _kinds(
    _listed(
        "Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target Name,"
        "Target Sectors, Target Country, Story ID, Sentence Number, Publisher, City, District, Province, Country, Latitude,"
        "Longitude"
    )
)
POLECAT = _kinds(
    _listed(
        "Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW,"
        "Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name,"
        "Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name Raw,"
        "Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID,"
        "Raw Placename, Feature Type, Source, Publication Date, Story People, Story Organizations, Story Locations,"
        "Language, Version"
    )
)
GDELT = _kinds(
    [
        *_listed("GLOBALEVENTID, SQLDATE, MonthYear, Year, FractionDate"),
        *(f"Actor{n}{column}" for n in (1, 2) for column in _listed(_SIDE)),
        *_listed("IsRootEvent, EventCode, EventBaseCode, EventRootCode, QuadClass, GoldsteinScale, NumMentions, NumSources"),
        *_listed("NumArticles, AvgTone"),
        *(f"{of}Geo_{column}" for of in ("Actor1", "Actor2", "Action") for column in _listed(_GEO)),
        *_listed("DATEADDED, SOURCEURL"),
    ]
)
DATASETS: Mapping[str, Mapping[str, Kind]] = {"icews": ICEWS, "polecat": POLECAT, "gdelt": GDELT}


def table_of(dataset: str) -> str:
    """The table of a desk that a data set comes to."""
    return f"imported_{dataset}"


def column_of(name: str) -> str:
    """What a column is called there: Delta tables allow no spaces in names."""
    return name.lower().replace(" ", "_")
