"""Whom "it", "the group" and "the military" mean, told over several sentences."""

from __future__ import annotations

import pytest

from claimatlas.model import OUTLET
from claimatlas.reference import Reference
from factories import statements


def claimants(text: str, reference: Reference, publisher: str | None = None) -> list[str]:
    return [statement.claimant for statement in statements(text, reference, publisher) if statement.figures]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("SOHR said four people were killed in Homs. The monitoring group said two were wounded in Hama.", "SOHR"),
        ("A monitoring group said two were wounded in Hama. SOHR said four people were killed in Homs.", "SOHR"),
        ("SANA said four people were killed in Homs. It said two more were wounded in Hama.", "SANA"),
        ("Activists said four people were killed in Homs. Two were wounded in Hama.", OUTLET),
    ],
)
def test_a_pronoun_means_the_last_one_named(text: str, last: str, reference: Reference) -> None:
    assert claimants(text, reference)[-1] == last


def test_a_monitor_named_later_is_meant_by_the_lead(reference: Reference) -> None:
    text = "Four people were killed in Homs, a monitoring group said. SOHR said two were wounded in Hama."
    assert set(claimants(text, reference)) == {"SOHR"}


def test_what_somebody_says_on_their_own_site_the_outlet_says(reference: Reference) -> None:
    text = "SOHR said four people were killed in Homs. The group said two were wounded in Hama."
    assert set(claimants(text, reference, "www.syriahr.com")) == {OUTLET}
