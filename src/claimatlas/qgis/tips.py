"""What QGIS shows under the pointer: the sentence, the figures, and who says what."""

from __future__ import annotations

from claimatlas.qgis.expressions import CLAIM_FIGURES, COARSE, DAYS, column, escaped, shown
from claimatlas.qgis.xml import quoted

CLAIMS_LAYER_ID = "claims_table"
"""The layer of claims in our project, where map tips look for it."""


def incident_tip() -> str:
    """The tip of an incident: what is said, and each claim with its quote."""
    published = "coalesce(', ' || format_date(\"published\", 'd MMM yyyy'), '')"
    claim = (
        f"'<li><b>' || {escaped(column('claimant'))} || '</b> ' || {escaped(column('stance'))}"
        f" || coalesce(' – ' || {CLAIM_FIGURES}, '')"
        f" || '<br><q dir=\"auto\">' || {escaped(column('quote'))} || '</q>'"
        f" || ' <i>' || {escaped(column('publisher'))} || {published} || '</i></li>'"
    )
    # The layer has this id in the project, is called `claims` as a file, and `incidents — claims` when added from the
    # GeoPackage by hand. Without it the claimants must do.
    claims = f"'<li>' || {escaped(column('claimants'))} || '</li>'"
    for layer in ("incidents — claims", "claims", CLAIMS_LAYER_ID):
        listed = (
            f"aggregate(layer:={quoted(layer)}, aggregate:='concatenate', expression:={claim}, "
            "filter:=\"incident_id\" = attribute(@parent, 'incident_id'), concatenator:='')"
        )
        claims = f"try({listed}, {claims})"
    where = escaped('coalesce("place", "governorate", \'place unknown\')')
    radius = f"if({COARSE}, ' (somewhere within ' || round(\"radius_m\" / 1000.0) || ' km)', '')"
    return (
        f"<b><bdi>{shown('headline')}</bdi></b>"
        f"<p>[% {DAYS} %]<br>[% {where} || {radius} %] <span dir='rtl'>{shown('place_ar')}</span><br>"
        f"Said to have done it: {shown('actor_label')}"
        "[% if(\"denied\", ' – denied by the accused', '') %]<br>"
        f"<i>{shown('grading')}: {shown('grade_reason')}</i></p>"
        f"<ul>[% {claims} %]</ul>"
    )


def claim_tip() -> str:
    """The tip of a claim: who says what, in which words."""
    return (
        f"<b>{shown('claimant')}</b> [% \"stance\" %][% coalesce(' – ' || {CLAIM_FIGURES}, '') %]"
        f"<p><q dir='auto'>{shown('quote')}</q></p>"
        f"<i>{shown('publisher')}[% coalesce(', ' || format_date(\"published\", 'd MMM yyyy'), '') %]</i>"
    )
