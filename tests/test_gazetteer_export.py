import csv
import json

from claimatlas.gazetteer.exporting import export_gazetteer
from gazetteer_factory import make_gazetteer


def test_exports_are_what_they_claim_to_be() -> None:
    entries = make_gazetteer().entries
    linked = json.loads(export_gazetteer(entries, "lpf"))
    feature = linked["features"][0]
    assert {"@id", "type", "properties", "names", "when", "geometry"} <= set(feature)
    assert feature["properties"]["fclasses"] == ["P"]
    assert all(name["citations"] for name in feature["names"])
    flat = json.loads(export_gazetteer(entries, "geojson"))
    assert all(not isinstance(value, dict | list) for f in flat["features"] for value in f["properties"].values())
    rows = list(csv.DictReader(export_gazetteer(entries, "csv").decode("utf-8").splitlines()))
    assert rows[3]["id"] == "ca:hajin"
    assert rows[0]["names"] == "Halab"
    assert export_gazetteer(entries, "lpf") == export_gazetteer(entries, "lpf")
