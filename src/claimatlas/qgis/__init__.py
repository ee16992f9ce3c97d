"""Styles and a project for QGIS, generated from our own templates; QGIS itself is not needed."""

from claimatlas.qgis.styles import IncidentStyle, claim_qml, incident_qml, place_qml, report_qml

__all__ = ["IncidentStyle", "claim_qml", "incident_qml", "place_qml", "report_qml"]
