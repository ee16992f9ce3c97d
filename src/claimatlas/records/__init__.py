"""Incidents, claims, reports and places as flat records, and the words and colours that all outputs show them in."""
