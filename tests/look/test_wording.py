"""The words of pages and figures: the same keys and the same places for values in every language."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from syriamap.errors import PageError
from syriamap.look.kinds import KINDS, SITE_KINDS
from syriamap.look.wording import LANGUAGES, word_tables
from syriamap.webmap import PageOptions
from syriamap.webmap.inline import SCRIPTS

CARDINALS = {"en": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}


def leaves(table, prefix=""):
    """Every phrase under its dotted key; the plural forms of one phrase are one."""
    found = {}
    for key, value in table.items():
        if isinstance(value, dict) and "other" in value and prefix.startswith(("page", "heading")):
            found[f"{prefix}{key}"] = value
        elif isinstance(value, dict):
            found |= leaves(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = value
    return found


def test_languages_have_the_same_keys():
    first = set(leaves(word_tables("en")))
    for language in LANGUAGES:
        assert set(leaves(word_tables(language))) == first


def test_phrases_take_the_same_values():
    for key, text in leaves(word_tables("en")).items():
        other = leaves(word_tables("ar"))[key]
        if isinstance(text, str):
            assert sorted(re.findall(r"{(\w+)}", text)) == sorted(re.findall(r"{(\w+)}", other)), (
                key
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_language(language):
    counted = {k: v for k, v in leaves(word_tables(language)).items() if isinstance(v, dict)}
    assert counted
    for key, forms in counted.items():
        assert set(forms) | {"zero"} == CARDINALS[language] | {"zero"}, key


def test_arabic_is_written_in_arabic():
    for key, text in leaves(word_tables("ar")).items():
        for phrase in text.values() if isinstance(text, dict) else [text]:
            if isinstance(phrase, str) and not key.startswith("language."):
                bare = re.sub(r"{\w+}|[\W\d_]", "", phrase)
                assert not bare or re.search("[\u0621-\u064a]", bare), key


def test_every_kind_of_place_has_a_word():
    for language in LANGUAGES:
        assert set(KINDS) <= set(word_tables(language)["kinds"])


def test_every_kind_of_site_has_an_icon_on_the_page():
    code = (resources.files("syriamap.webmap") / "assets" / "js" / "symbols.js").read_text("utf-8")
    listed = re.search(r"const ICONS = \{(.*?)\n  \};", code, re.DOTALL)
    assert listed
    icons = set(re.findall(r"^    (\w+):", listed[1], re.MULTILINE))
    assert icons - {"struck", "advanced_toward"} == set(SITE_KINDS)


def test_every_phrase_of_the_page_is_used_and_every_phrase_used_is_there():
    folder = resources.files("syriamap.webmap") / "assets" / "js"
    code = "".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    phrases = set(word_tables("en")["page"]) - {"no_script"}
    composed = {"zoom_in", "zoom_out"}
    assert not {key for key in phrases if not re.search(rf'"{key}"', code)} - composed
    asked = set(re.findall(r'words\.(?:page|phrase|count)\("(\w+)"', code))
    assert asked - {"zoom_"} <= phrases


def test_a_page_in_no_language_is_refused():
    with pytest.raises(PageError, match="there are: en, ar"):
        PageOptions(language="fr")
