"""The second opinion: what a dependency parse reads beside the patterns."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from paths import DATA

from syriamap.cli.app import main
from syriamap.errors import ExtractionError
from syriamap.extraction import Draft, Extractor, document_from_text
from syriamap.extraction.lexicon.verb_frames import read_frames
from syriamap.extraction.parse import dependency as parse
from syriamap.extraction.reading.intake import read_sources
from syriamap.extraction.reading.opinions import Opinions
from syriamap.extraction.review.draft_files import claims_from_drafts, drafts_csv
from syriamap.theater.folder import Theater, read_theater

FRIDAY = date(2024, 12, 6)
INSTALLED = all(importlib.util.find_spec(name) for name in ("spacy", parse.MODEL))
with_model = pytest.mark.skipif(
    not INSTALLED and not os.environ.get("SYRIAMAP_REQUIRE_NLP"),
    reason="the extra `nlp` is not installed; .ci/run installs it and runs this",
)


@pytest.fixture(scope="module")
def theater() -> Theater:
    return read_theater()


@pytest.fixture(scope="module")
def patterns(theater: Theater) -> Extractor:
    return Extractor(theater)


@pytest.fixture(scope="module")
def both(theater: Theater) -> Extractor:
    return Extractor(theater, "both")


@pytest.fixture(scope="module")
def alone(theater: Theater) -> Extractor:
    return Extractor(theater, "nlp")


def claims(extractor: Extractor, text: str) -> list[Draft]:
    drafts = extractor.drafts(document_from_text(text), FRIDAY)[0]
    return [one for one in drafts if one.relation != "none"]


def triples(extractor: Extractor, text: str) -> set[tuple[str, str, str]]:
    return {(one.actor, one.relation, one.place) for one in claims(extractor, text)}


# --- with parses written by hand, so that the default install runs them --------------------------


def by_hand(theater: Theater, text: str, written: str) -> list[Draft]:
    """Drafts of a sentence whose parse is given as "word/tag/relation/head" from 0."""
    rows = [word.rsplit("/", 3) for word in written.split()]

    def parser(words: Sequence[str]) -> list[tuple[str, str, int]]:
        assert list(words) == [row[0] for row in rows]
        return [(tag, dep, int(head)) for _, tag, dep, head in rows]

    extractor = Extractor(theater)
    extractor.engines = Opinions("both", extractor.lexicon, parser)
    return claims(extractor, text)


TAKEN = "Rebels captured Hama."


def test_agreement_raises_confidence(theater: Theater) -> None:
    text = "The SDF made advances, and its capture of Manbij was a surprise."
    (alone,) = claims(Extractor(theater), text)
    (draft,) = by_hand(
        theater, text,
        "The/DT/det/1 SDF/NNP/nsubj/2 made/VBD/ROOT/2 advances/NNS/dobj/2 ,/,/punct/2 and/CC/cc/2"
        " its/PRP$/poss/7 capture/NN/nsubj/10 of/IN/prep/7 London/NNP/pobj/8 was/VBD/conj/2"
        " a/DT/det/12 surprise/NN/attr/10 ././punct/2",
    )  # fmt: skip
    assert (alone.confidence, alone.engine) == ("low", "patterns")
    assert (draft.confidence, draft.engine) == ("medium", "patterns+nlp")


def test_another_reading_lowers_confidence_and_is_told(theater: Theater) -> None:
    text = "Rebels, the army said, captured Hama."
    (alone,) = claims(Extractor(theater), text)
    drafts = by_hand(
        theater, text,
        "Rebels/NNS/dep/6 ,/,/punct/6 the/DT/det/3 army/NN/nsubj/6 said/VBD/parataxis/6"
        " ,/,/punct/6 captured/VBD/ROOT/6 London/NNP/dobj/6 ././punct/6",
    )  # fmt: skip
    kept = next(one for one in drafts if one.engine == "patterns")
    proposed = next(one for one in drafts if one.engine == "nlp")
    assert kept.actor == alone.actor != proposed.actor
    assert (alone.confidence, kept.confidence, proposed.confidence) == ("high", "medium", "low")
    assert (alone.proposal, kept.proposal, proposed.proposal) == (False, True, True)
    assert f'the parse reads: {proposed.actor} captured by "captured"' in kept.why
    assert f'the patterns read: {kept.actor} captured by "captured"' in proposed.why


def test_a_subject_that_is_nobody_is_told(theater: Theater) -> None:
    (draft,) = by_hand(
        theater, "A convoy that rebels ambushed reached Hama.",
        "A/DT/det/1 convoy/NN/nsubj/5 that/WDT/dobj/4 rebels/NNS/nsubj/4 ambushed/VBD/relcl/1"
        " reached/VBD/ROOT/5 London/NNP/dobj/5 ././punct/5",
    )  # fmt: skip
    assert draft.engine == "patterns"
    assert 'the parse reads: "convoy", which is no actor' in draft.why
    assert draft.confidence != "high"


def test_what_the_parse_does_not_hold_for_real_is_less_sure(theater: Theater) -> None:
    real = "Rebels/NNS/nsubj/1 captured/VBD/ROOT/1 London/NNP/dobj/1 ././punct/1"
    (sure,) = by_hand(theater, TAKEN, real)
    (unsure,) = by_hand(theater, TAKEN, real.replace("././punct", "././neg"))
    assert (sure.confidence, sure.engine, sure.proposal) == ("high", "patterns+nlp", False)
    assert unsure.proposal
    assert (unsure.confidence, unsure.certainty) == ("medium", "asserted")
    assert "the parse reads: negated" in unsure.why


def test_what_only_the_parse_reads_is_a_proposal_and_no_fact_where_it_is_denied(
    theater: Theater,
) -> None:
    text = "Rebels captured weapons while the road to Hama was open."
    written = (
        "Rebels/NNS/nsubj/1 captured/VBD/ROOT/1 weapons/NNS/{}/1 while/IN/mark/8 the/DT/det/5"
        " road/NN/nsubj/8 to/IN/prep/5 London/NNP/dobj/1 was/VBD/advcl/1 open/JJ/acomp/8"
        " ././punct/1"
    )
    assert not claims(Extractor(theater), text)
    (draft,) = by_hand(theater, text, written.format("npadvmod"))
    assert (draft.engine, draft.confidence, draft.certainty) == ("nlp", "low", "asserted")
    assert "only the parse reads this" in draft.why
    (draft,) = by_hand(theater, text, written.format("neg"))
    assert (draft.engine, draft.confidence, draft.certainty) == ("nlp", "low", "denied")


# --- what is asked for ----------------------------------------------------------------------------


def test_the_default_loads_no_parser(tmp_path: Path) -> None:
    article = tmp_path / "text.txt"
    article.write_text("Syria. " + TAKEN, encoding="utf-8")
    code = (
        "import sys\n"
        "from syriamap.extraction.reading.intake import read_sources\n"
        "from syriamap.theater.folder import read_theater\n"
        f"(source,) = read_sources([{str(article)!r}], read_theater())\n"
        "assert any(one.relation == 'captured' for one in source.drafts)\n"
        "print(sorted({'spacy', 'thinc', 'torch', 'justext', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_the_extra_the_error_names_the_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "text.txt"
    article.write_text(TAKEN, encoding="utf-8")
    monkeypatch.setattr(parse, "find_spec", lambda name: None)
    parse.load_parser.cache_clear()
    with pytest.raises(SystemExit) as stopped:
        main(["extract", str(article), "--engine", "both"])
    assert stopped.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "pip install" in line
    assert "[nlp]" in line


def test_another_model_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / f"{parse.MODEL}-3.8.0"
    folder.mkdir()
    (folder / "meta.json").write_text("{}", encoding="utf-8")
    spec = importlib.util.spec_from_file_location(
        parse.MODEL, tmp_path / "__init__.py", submodule_search_locations=[str(tmp_path)]
    )
    monkeypatch.setattr(parse, "find_spec", lambda name: spec)
    parse.load_parser.cache_clear()
    with pytest.raises(ExtractionError, match="is not the model"):
        parse.load_parser()


def test_an_engine_that_does_not_exist(theater: Theater) -> None:
    with pytest.raises(ExtractionError, match="patterns, nlp, both"):
        Extractor(theater, "magic")


# --- with the model -------------------------------------------------------------------------------


@with_model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels captured Hama, Salamiyah and Rastan.",
         {("opposition", "captured", place) for place in ("Hama", "Salamiyah", "Rastan")}),
        ("Hama was captured by the insurgents.", {("opposition", "captured", "Hama")}),
        ("The SDF, which had entered Manbij in the morning, left the town.",
         {("sdf", "contested", "Manbij"), ("sdf", "withdrew", "Manbij")}),
        ("Manbij, which the SDF captured in 2016, is quiet.", {("sdf", "captured", "Manbij")}),
        ("Syrian troops pulled out of Daraa and Suwayda.",
         {("government", "withdrew", "Daraa"), ("government", "withdrew", "Suwayda")}),
        ("Militants led by HTS entered Aleppo and seized Hama.",
         {("hts", "contested", "Aleppo"), ("hts", "captured", "Hama")}),
        ("Hama, held by the rebels, was quiet.", {("opposition", "controls", "Hama")}),
        ("Hama fell to the rebels.", {("opposition", "captured", "Hama")}),
        ("The army expelled ISIS from Palmyra.",
         {("government", "captured", "Palmyra"), ("isis", "lost", "Palmyra")}),
        ("Palmyra is under the control of the army.", {("government", "controls", "Palmyra")}),
        ("Russian jets hit the rebel-held city of Idlib.",
         {("russia", "struck", "Idlib"), ("opposition", "controls", "Idlib")}),
    ],
)  # fmt: skip
def test_the_parse_alone_reads(
    alone: Extractor, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert triples(alone, text) == expected


@with_model
@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Rebels did not enter Hama.", "denied"),
        ("Rebels could capture Hama within days.", "hypothetical"),
        ("If rebels capture Homs, the road is open.", "hypothetical"),
        ("The army denied that rebels had captured Hama.", "denied"),
        ("Rebels tried to enter Hama.", "hypothetical"),
    ],
)
def test_the_parse_alone_takes_nothing_denied_for_a_fact(
    alone: Extractor, text: str, certainty: str
) -> None:
    found = claims(alone, text)
    assert {one.certainty for one in found} == {certainty}


NEWS = (
    "Syria, Dec. 5 - Rebels led by HTS seized Suran and Tayyibat al-Imam, a monitor said. The army "
    "denied that they had entered Hama. A convoy that insurgents ambushed outside Aleppo reached "
    "Qumhana. Turkish-backed factions, who had taken Tal Rifaat, pushed on toward Manbij; Kurdish "
    "forces pulled out of the town. Fighting raged. Russian warplanes bombed Saraqib, from which "
    "the militants had withdrawn, and if Homs falls, they could march on Damascus. They took it."
)


def without_opinion(drafts: list[Draft]) -> list[tuple[object, ...]]:
    return [
        (one.start, one.actor, one.relation, one.against, one.certainty, one.event_date,
         one.asserted_by, one.place_id, one.lat, one.frame, one.trigger)
        for one in drafts if one.engine != "nlp"
    ]  # fmt: skip


@with_model
def test_beside_the_parse_the_patterns_read_what_they_read_alone(
    patterns: Extractor, both: Extractor
) -> None:
    assert without_opinion(claims(both, NEWS)) == without_opinion(claims(patterns, NEWS))
    assert {one.engine for one in claims(both, NEWS)} >= {"patterns", "patterns+nlp"}


@with_model
def test_the_same_text_gives_the_same_drafts(theater: Theater, both: Extractor) -> None:
    assert claims(both, NEWS) == claims(Extractor(theater, "both"), NEWS)


@with_model
def test_nothing_that_only_the_parse_reads_is_accepted_unseen(
    theater: Theater, tmp_path: Path
) -> None:
    path = tmp_path / "text.txt"
    examples = (frame.example for frame in read_frames())
    path.write_text(f"Syria. {NEWS}\n\n" + "\n\n".join(examples), encoding="utf-8")
    (source,) = read_sources([str(path)], theater, FRIDAY, engine="nlp")
    assert {one.engine for one in source.drafts if one.relation != "none"} == {"nlp"}
    assert claims_from_drafts([source]).count("\n") == drafts_csv([source]).count("\n") == 1
    (source,) = read_sources([str(path)], theater, FRIDAY, engine="both")
    (alone,) = read_sources([str(path)], theater, FRIDAY)
    unseen = claims_from_drafts([source]).splitlines()
    assert set(unseen) <= set(claims_from_drafts([alone]).splitlines())
    assert len(unseen) > len(read_frames())
    assert any(one.proposal and one.engine == "patterns" for one in source.drafts)


words = st.sampled_from(
    [*NEWS.split(), "Hama", "which", "the city", "by", "-held", "it", "not", ",", "“", "km", "\n\n"]
)


@with_model
@given(text=st.lists(words | st.text(max_size=6), max_size=60).map(" ".join))
def test_any_text_is_read(both: Extractor, text: str) -> None:
    raw = "Syria. " + text
    drafts, _ = both.drafts(document_from_text(raw), FRIDAY)
    assert all(raw[one.start : one.end] == one.place for one in drafts)


LABELLED = DATA / "second_opinion.jsonl"
CHECKED = DATA / "extraction_sentences.jsonl"


def is_told(draft: Draft, labels: list[dict[str, str]]) -> bool:
    family = {"hts": "opposition", "sna": "opposition"}
    return any(
        family.get(draft.actor, draft.actor) == family.get(one["actor"], one["actor"])
        and draft.relation in {one["relation"], *one.get("relation_alt", ())}
        and draft.place == one["place"]
        for one in labels
    )


@with_model
def test_agreement_is_right_where_neighbors_mislead_and_disagreement_is_not(
    both: Extractor,
) -> None:
    agreed: list[bool] = []
    disputed: list[bool] = []
    for line in LABELLED.read_text("utf-8").splitlines():
        row = json.loads(line)
        for draft in claims(both, row["text"]):
            if draft.engine != "nlp":
                (disputed if draft.proposal else agreed).append(is_told(draft, row["labels"]))
    assert len(agreed) > 50
    assert sum(agreed) / len(agreed) > 0.85
    assert len(disputed) >= 5
    assert sum(disputed) / len(disputed) < 0.2


@with_model
def test_no_sentence_that_was_checked_by_hand_is_disputed(both: Extractor) -> None:
    agreed = 0
    for line in CHECKED.read_text("utf-8").splitlines():
        row = json.loads(line)
        drafts = [one for one in claims(both, row["text"]) if one.engine != "nlp"]
        agreed += sum(one.engine == "patterns+nlp" for one in drafts)
        assert not [one for one in drafts if one.proposal], row["text"]
    assert agreed > 150
