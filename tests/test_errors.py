"""The tree of errors and how complaints read."""

from __future__ import annotations

import pytest

from syriamap.errors import ClaimsError, Complaint, SyriamapError, complaint_list


def test_a_complaint_says_where_and_what() -> None:
    assert str(Complaint("a.csv", 3, "actor", "x", "is no actor")) == (
        "row 3, column actor: 'x' is no actor"
    )
    assert str(Complaint("a.csv", 3, "", "", "is short")) == "row 3: is short"
    assert str(Complaint("a.csv", 0, "", "", "is gone")) == "file: is gone"


def test_an_error_carries_all_its_complaints() -> None:
    complaints = [Complaint("b.csv", 2, "", "", "x"), Complaint("a.csv", 9, "", "", "y")]
    with pytest.raises(SyriamapError) as caught:
        raise ClaimsError(complaints)
    assert isinstance(caught.value, ClaimsError)
    assert caught.value.complaints == tuple(complaints)
    assert str(caught.value).splitlines() == [
        "b.csv: 1 complaint", "  row 2: x", "a.csv: 1 complaint", "  row 9: y"
    ]  # fmt: skip


def test_nothing_to_complain_of() -> None:
    assert complaint_list([]) == ""
