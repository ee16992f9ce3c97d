"""Styles and a project for QGIS, generated from our own templates; QGIS itself is not needed."""

from claimatlas.qgis.layout import Extent
from claimatlas.qgis.project import BASEMAP_FILE, LAYERS_FILE, Frame, project_xml
from claimatlas.qgis.styles import IncidentStyle, claim_qml, incident_qml, place_qml, report_qml

__all__ = [
    "BASEMAP_FILE", "LAYERS_FILE", "Extent", "Frame", "IncidentStyle", "claim_qml", "incident_qml", "place_qml",
    "project_xml", "report_qml",
]  # fmt: skip
