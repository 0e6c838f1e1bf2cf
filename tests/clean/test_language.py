"""Which language a text is in; short English texts full of foreign names stay English."""

from __future__ import annotations

import pytest

from communique.clean.language import detect

TEXTS = {
    "English": [
        "The Polish Sejm in Warsaw passes a bill of Jan Kowalczyk, Szymon Wiśniewski and Władysław Dąbrowski-Zając that lets "
        "prosecutors question Zbigniew Mazur.",
        "Malagasy president Rakoto Andriamanana dissolves the government of Tiana Ravelomanantsoa after protests in "
        "Antananarivo, Antsirabe and Toamasina over power cuts.",
    ],
    "Spanish": [
        "El presidente de Chile, Ramón Soto, viajó el lunes a Lima para reunirse con su homóloga peruana y firmar un acuerdo."
    ],
    "German": [
        "Der Bundeskanzler traf am Montag in Berlin den französischen Präsidenten, um über neue Hilfen für Nepal zu sprechen."
    ],
    "Polish": ["Prezydent Polski spotkał się w poniedziałek w Warszawie z premierem Węgier, aby rozmawiać o granicy i pomocy."],
}


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in TEXTS.items() for text in texts])
def test_languages_are_told_by_more_than_names(language: str, text: str) -> None:
    assert detect(text) == language
