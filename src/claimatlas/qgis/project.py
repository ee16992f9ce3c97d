"""A QGIS project of an output folder: grouped, styled, labelled, related, ready for time and for printing.

All sources are relative, so that the folder can be moved. Layers of incidents are views of one table: by actor and by
grading, so that each can be switched on its own. Incidents without a date belong to no step of an animation, so they
have layers of their own, which time does not touch.
"""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from claimatlas.model import Grading
from claimatlas.qgis.basemap import BasemapLayer, basemap_settings
from claimatlas.qgis.forms import field_settings
from claimatlas.qgis.labels import incident_labels, place_labels
from claimatlas.qgis.layout import Extent, LegendEntry, Page, layout_element
from claimatlas.qgis.renderers import (
    Category,
    actor_categories,
    categorized,
    claim_renderer,
    grading_categories,
    incident_marker,
    place_renderer,
    several_actors_marker,
    single_symbol,
)
from claimatlas.qgis.styles import (
    IncidentStyle,
    claim_settings,
    display_expression,
    incident_qml,
    incident_settings,
    incident_symbology,
    place_settings,
)
from claimatlas.qgis.tips import CLAIMS_LAYER_ID
from claimatlas.qgis.xml import QGIS_VERSION, document, element, options, quoted
from claimatlas.records.columns import REPORT_COLUMNS
from claimatlas.records.labels import ACTOR_LABELS, GRADING_LABELS, NO_ACTOR_LABEL, SEVERAL_ACTORS_LABEL
from claimatlas.records.palette import (
    ACTOR_COLORS,
    ACTOR_SHAPES,
    CIRCLE,
    GRADING_COLORS,
    GRADING_SHAPES,
    NO_ACTOR_COLOR,
)
from claimatlas.records.tables import LIST_SEPARATOR, Record
from claimatlas.records.wording import count_of

LAYERS_FILE = "incidents.gpkg"
BASEMAP_FILE = "basemap.gpkg"

# Publishers named on the printed page; more would not fit.
MOST_PUBLISHERS = 12
LONGEST_PUBLISHER = 40

# QGIS gives a layer another id when its own has ten characters or fewer.
EVERYTHING_ID = "incidents_all"

_DATED = '"date_start" IS NOT NULL'
_UNDATED = '"date_start" IS NULL'

READING_NOTE = (
    "Each mark is a reported incident, not a verified one; its colour is the actor named by the reports, its size the "
    "highest claim of killed. A dashed dark rim: the attribution is contested. A hollow mark with a dashed ring: only "
    "the area within the ring is known. Outlines are generalised and no statement on boundaries."
)


@dataclass(frozen=True, slots=True)
class ProjectLayer:
    """A layer of the project.

    Attributes:
        id: Identifier within the project.
        name: What people read.
        table: Its table.
        geometry: QGIS's word: Point, Line, Polygon or No geometry.
        parts: Renderer, labels, fields, form, tip and time.
        file: The GeoPackage that holds the table.
        subset: SQL condition on the rows.
        labels: Whether its labels are shown.
        counted: Whether the tree shows the number of rows.
        shown: Whether it is switched on at first.
        styles: Further styles to choose from, by name.
    """

    id: str
    name: str
    table: str
    geometry: str
    parts: Sequence[Element]
    file: str = LAYERS_FILE
    subset: str = ""
    labels: bool = False
    counted: bool = False
    shown: bool = True
    styles: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The layer's source, relative to the project."""
        subset = f"|subset={self.subset}" if self.subset else ""
        return f"./{self.file}|layername={self.table}{subset}"


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the layer tree.

    Attributes:
        name: What people read.
        nodes: Groups and layers in it, from the top down.
        shown: Whether it is switched on at first.
        exclusive: Of its nodes one is shown at a time.
    """

    name: str
    nodes: Sequence[Group | ProjectLayer]
    shown: bool = True
    exclusive: bool = False

    @property
    def layers(self) -> list[ProjectLayer]:
        """Its layers and those of the groups in it, from the top down."""
        return [layer for node in self.nodes for layer in (node.layers if isinstance(node, Group) else (node,))]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the project looks at.

    Attributes:
        crs: Identifier of the project's coordinate system; its unit is the metre.
        extent: The rectangle shown, in that system.
    """

    crs: str
    extent: Extent


def project_xml(
    tables: Mapping[str, Sequence[Record]], basemap: Sequence[BasemapLayer], frame: Frame, last_day: str
) -> str:
    """The project as the text of a `.qgs` file.

    Args:
        tables: Records of `incidents`, `claims`, `reports` and `places`.
        basemap: The tables of `basemap.gpkg`.
        frame: Coordinate system and extent.
        last_day: The day the newest report came out, ISO.
    """
    incidents = tables["incidents"]
    by_actor = actor_layers(incidents)
    everything, claims, reports, places = _all_incidents(), _claims_layer(), _reports_layer(), _places_layer()
    shown_as = Group("Incidents", [
        Group("By attributed actor", by_actor),
        Group("By grading", grading_layers(incidents), shown=False),
        everything,
    ], exclusive=True)  # fmt: skip
    ground = Group("Basemap", [_basemap_layer(layer) for layer in reversed(basemap)])
    tree = Group("", [shown_as, claims, places, reports, ground])
    # Marks without a date look like the others.
    legend = [LegendEntry(layer.id, layer.name) for layer in by_actor if layer.subset != _UNDATED]
    of_incidents = [everything, *(layer for layer in shown_as.layers if layer is not everything)]
    layers = [*of_incidents, claims, reports, places, *ground.layers]
    relations = [
        _relation(_claims_relation(layer.id), "Claims", layer.id, claims.id, "incident_id") for layer in of_incidents
    ]
    relations.append(_relation("report_claims", "Claims of the report", reports.id, claims.id, "report_id"))
    days = _days(incidents)
    return document(
        element(
            "qgis",
            {"version": QGIS_VERSION, "projectname": "claimatlas"},
            element("title", text="claimatlas: reported incidents"),
            element("projectCrs", None, _crs(frame.crs)),
            _tree_element(tree, drawing_order(layers, incidents)),
            element("relations", None, *relations),
            _canvas(frame),
            element("projectlayers", None, *(_layer_element(layer) for layer in layers)),
            _properties(days),
            element("visibility-presets"),
            _metadata(),
            element("Layouts", None, layout_element(_page(tables, days, legend, frame, last_day))),
            _view_settings(frame),
            _time_settings(days),
        )
    )


def _page(
    tables: Mapping[str, Sequence[Record]],
    days: Days | None,
    legend: Sequence[LegendEntry],
    frame: Frame,
    last_day: str,
) -> Page:
    """The page to print."""
    return Page(
        title="Reported incidents of civilian harm",
        subtitle=_subtitle(tables["incidents"], days),
        notes=READING_NOTE,
        sources=sources_text(tables["reports"]),
        date=f"Newest report: {last_day}.",
        legend=legend,
        extent=frame.extent,
    )


def actor_layers(incidents: Sequence[Record]) -> list[ProjectLayer]:
    """A layer for each actor that is named alone, one for several together, one for nobody, one for no date."""
    named = {str(record["actors"]) for record in incidents if record["date_start"] is not None}
    layers = [
        _incident_view(f"incidents_by_actor_{actor}", label, f'"actors" = {quoted(actor)}',
                       single_symbol(incident_marker(ACTOR_COLORS[actor], ACTOR_SHAPES[actor])))
        for actor, label in ACTOR_LABELS.items() if actor in named
    ]  # fmt: skip
    if any(LIST_SEPARATOR in actors for actors in named):
        several = single_symbol(several_actors_marker())
        condition = f"\"actors\" LIKE '%{LIST_SEPARATOR}%'"
        layers.append(_incident_view("incidents_by_actor_several", SEVERAL_ACTORS_LABEL, condition, several))
    if "" in named:
        nobody = single_symbol(incident_marker(NO_ACTOR_COLOR, CIRCLE))
        layers.append(_incident_view("incidents_by_actor_none", NO_ACTOR_LABEL, "\"actors\" = ''", nobody))
    return [*layers, *_undated_view("incidents_by_actor_undated", incidents, "color_actor", actor_categories())]


def grading_layers(incidents: Sequence[Record]) -> list[ProjectLayer]:
    """A layer for each grading that occurs, and one for incidents without a date."""
    given = {record["grading"] for record in incidents if record["date_start"] is not None}
    layers = [
        _incident_view(f"incidents_by_grading_{grading}", GRADING_LABELS[grading], f'"grading" = {quoted(grading)}',
                       single_symbol(incident_marker(GRADING_COLORS[grading], GRADING_SHAPES[grading])))
        for grading in Grading if grading in given
    ]  # fmt: skip
    return [*layers, *_undated_view("incidents_by_grading_undated", incidents, "grading", grading_categories())]


def drawing_order(layers: Sequence[ProjectLayer], incidents: Sequence[Record]) -> list[str]:
    """Ids of the layers from the top down: the view with fewer incidents above, so that the many hide none of the few.

    Args:
        layers: The layers in the order of the tree.
        incidents: Their records.
    """
    counts = Counter(_view_of(record, column) for record in incidents for column in ("actors", "grading"))
    return [layer.id for layer in sorted(layers, key=lambda layer: counts[layer.id])
            if layer.table == "incidents"] + [layer.id for layer in layers if layer.table != "incidents"]  # fmt: skip


def _view_of(record: Record, column: str) -> str:
    """The id of the view by actor or by grading that shows a record."""
    prefix = "incidents_by_actor" if column == "actors" else "incidents_by_grading"
    if record["date_start"] is None:
        return f"{prefix}_undated"
    value = str(record[column])
    return f"{prefix}_{'several' if LIST_SEPARATOR in value else value or 'none'}"


def _incident_view(identifier: str, name: str, condition: str, renderer: Element) -> ProjectLayer:
    return _incident_layer(identifier, name, f"{_DATED} AND {condition}", renderer, timed=True)


def _undated_view(
    identifier: str, incidents: Sequence[Record], column: str, categories: Sequence[Category]
) -> list[ProjectLayer]:
    occurring = {record[column] for record in incidents if record["date_start"] is None}
    if not occurring:
        return []
    shown = [category for category in categories if category.value in occurring]
    renderer = categorized(column, shown, size_legend=False)
    return [_incident_layer(identifier, "Date unknown", _UNDATED, renderer, timed=False)]


def _incident_layer(identifier: str, name: str, subset: str, renderer: Element, *, timed: bool) -> ProjectLayer:
    parts = [renderer, incident_labels(), *incident_settings(_claims_relation(identifier))]
    if not timed:
        parts = [part for part in parts if part.tag != "temporal"]
    return ProjectLayer(identifier, name, "incidents", "Point", parts, subset=subset, labels=True, counted=True)


def _all_incidents() -> ProjectLayer:
    parts = [*incident_symbology(IncidentStyle.ACTORS), incident_labels(),
             *incident_settings(_claims_relation(EVERYTHING_ID))]  # fmt: skip
    others = {style.value: incident_qml(style) for style in IncidentStyle if style is not IncidentStyle.ACTORS}
    return ProjectLayer(EVERYTHING_ID, "All incidents", "incidents", "Point", parts, labels=True, counted=True,
                        shown=False, styles=others)  # fmt: skip


def _claims_layer() -> ProjectLayer:
    parts = [claim_renderer(), *claim_settings()]
    return ProjectLayer(CLAIMS_LAYER_ID, "Claims", "claims", "Point", parts, counted=True, shown=False)


def _reports_layer() -> ProjectLayer:
    parts = [*field_settings(REPORT_COLUMNS), display_expression('coalesce("title", "report_id")')]
    return ProjectLayer("reports_table", "Reports", "reports", "No geometry", parts, counted=True)


def _places_layer() -> ProjectLayer:
    parts = [place_renderer(), place_labels(), *place_settings()]
    name = "Places with their uncertainty"
    return ProjectLayer("places_table", name, "places", "Polygon", parts, labels=True, counted=True, shown=False)


def _basemap_layer(layer: BasemapLayer) -> ProjectLayer:
    return ProjectLayer(f"basemap_{layer.table}", layer.title, layer.table, layer.geometry, basemap_settings(layer),
                        file=BASEMAP_FILE, labels=layer.labels is not None)  # fmt: skip


def _claims_relation(layer_id: str) -> str:
    return f"claims_of_{layer_id}"


def _relation(identifier: str, name: str, parent: str, child: str, column: str) -> Element:
    attributes = {"id": identifier, "name": name, "referencedLayer": parent, "referencingLayer": child,
                  "strength": "Association"}  # fmt: skip
    return element("relation", attributes, element("fieldRef", {"referencedField": column, "referencingField": column}))


def _layer_element(layer: ProjectLayer) -> Element:
    wkb = {"Point": "Point", "Line": "MultiLineString", "Polygon": "MultiPolygon"}.get(layer.geometry, "NoGeometry")
    wkb = "Polygon" if layer.table == "places" else wkb
    attributes = {"type": "vector", "geometry": layer.geometry, "wkbType": wkb, "labelsEnabled": int(layer.labels),
                  "styleCategories": "AllStyleCategories", "readOnly": 0, "hasScaleBasedVisibilityFlag": 0,
                  "minScale": 100000000, "maxScale": 0, "refreshOnNotifyEnabled": 0, "autoRefreshEnabled": 0,
                  "simplifyDrawingHints": int(layer.geometry != "Point")}  # fmt: skip
    srs = [] if layer.geometry == "No geometry" else [element("srs", None, _crs("EPSG:4326"))]
    others = (element("map-layer-style", {"name": name}, _parsed(qml)) for name, qml in layer.styles.items())
    current = IncidentStyle.ACTORS.value if layer.styles else "default"
    styles = element("map-layer-style-manager", {"current": current},
                     element("map-layer-style", {"name": current}), *others)  # fmt: skip
    return element(
        "maplayer",
        attributes,
        element("id", text=layer.id),
        element("datasource", text=layer.source),
        element("layername", text=layer.name),
        *srs,
        element("provider", {"encoding": "UTF-8"}, text="ogr"),
        styles,
        _flags(),
        *layer.parts,
        element("blendMode", text="0"),
        element("layerOpacity", text="1"),
    )


def _flags() -> Element:
    values = {"Identifiable": 1, "Removable": 1, "Searchable": 1, "Private": 0}
    return element("flags", None, *(element(name, text=str(value)) for name, value in values.items()))


def _parsed(qml: str) -> Element:
    return ET.fromstring(qml)


def _tree_element(group: Group, order: Sequence[str] = ()) -> Element:
    properties = element("customproperties", None, options({}))
    children = [_tree_node(node) for node in group.nodes]
    if order:
        drawn = element("custom-order", {"enabled": 1}, *(element("item", text=layer_id) for layer_id in order))
        return element("layer-tree-group", None, properties, *children, drawn)
    attributes = {"name": group.name, "expanded": int(group.name != "Basemap"), "groupLayer": ""}
    if group.exclusive:
        attributes |= {
            "mutually-exclusive": 1,
            "mutually-exclusive-child": [node.shown for node in group.nodes].index(True),
        }
    return element("layer-tree-group", attributes, properties, *children)


def _tree_node(node: Group | ProjectLayer) -> Element:
    if isinstance(node, Group):
        made = _tree_element(node)
    else:
        count = {"showFeatureCount": 1} if node.counted else {}
        attributes = {"id": node.id, "name": node.name, "source": node.source, "providerKey": "ogr", "expanded": 0,
                      "legend_exp": "", "legend_split_behavior": 0, "patch_size": "-1,-1"}  # fmt: skip
        made = element("layer-tree-layer", attributes, element("customproperties", None, options(count)))
    made.set("checked", "Qt::Checked" if node.shown else "Qt::Unchecked")
    return made


def _crs(identifier: str) -> Element:
    # QGIS looks at `authid` only below a `srsid` of its own range; which one it is does not matter then.
    number = identifier.rpartition(":")[2]
    parts = {"srsid": number, "srid": number, "authid": identifier}
    return element("spatialrefsys", None, *(element(name, text=text) for name, text in parts.items()))


def _canvas(frame: Frame) -> Element:
    extent = element("extent", None, *(element(name, text=str(v)) for name, v in frame.extent.attributes.items()))
    return element(
        "mapcanvas",
        {"name": "theMapCanvas", "annotationsVisible": 1},
        element("units", text="meters"),
        extent,
        element("rotation", text="0"),
        element("destinationsrs", None, _crs(frame.crs)),
        element("rendermaptile", text="0"),
    )


def _view_settings(frame: Frame) -> Element:
    extent = element("DefaultViewExtent", frame.extent.attributes, _crs(frame.crs))
    return element("ProjectViewSettings", {"UseProjectScales": 0, "rotation": 0}, element("Scales"), extent)


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of the incidents."""

    first: dt.date
    last: dt.date

    @property
    def step(self) -> str:
        """The step of the animation: a day for a season, a week for two years, else a month."""
        length = (self.last - self.first).days
        return "d" if length <= 92 else "wk" if length <= 730 else "mon"


def _days(incidents: Iterable[Record]) -> Days | None:
    days = [
        dt.date.fromisoformat(str(value))
        for record in incidents
        for value in (record["date_start"], record["date_end"])
        if value is not None
    ]
    return Days(min(days), max(days)) if days else None


def _time_settings(days: Days | None) -> Element:
    if days is None:
        return element("ProjectTimeSettings")
    # The end is the midnight after the last day: at the midnight before, that day would be cut off.
    span = element(
        "TemporalRange",
        None,
        element("start", text=f"{days.first}T00:00:00Z"),
        element("end", text=f"{days.last + dt.timedelta(days=1)}T00:00:00Z"),
    )
    attributes = {"timeStep": 1, "timeStepUnit": days.step, "frameRate": 2, "cumulativeTemporalRange": 0}
    return element("ProjectTimeSettings", attributes, span)


def _properties(days: Days | None) -> Element:
    """Settings by name; the temporal controller opens on the whole range with everything shown."""
    groups = {
        "Paths": {"Absolute": ("bool", "false")},
        "SpatialRefSys": {"ProjectionsEnabled": ("int", "1")},
        "Measurement": {"DistanceUnits": ("QString", "kilometers"), "AreaUnits": ("QString", "km2")},
        "Measure": {"Ellipsoid": ("QString", "EPSG:7030")},
        "PAL": {"ShowingPartialsLabels": ("bool", "false")},
        "Gui": {
            "CanvasColorRedPart": ("int", "231"), "CanvasColorGreenPart": ("int", "238"),
            "CanvasColorBluePart": ("int", "243"),
        },
    }  # fmt: skip
    if days is not None:
        groups["TemporalControllerWidget"] = {
            "NavigationMode": ("int", "2"),
            "StartDateTime": ("QString", f"{days.first}T00:00:00.000Z"),
            "EndDateTime": ("QString", f"{days.last + dt.timedelta(days=1)}T00:00:00.000Z"),
        }
    return element("properties", None, *(
        element(group, None, *(element(name, {"type": kind}, text=value) for name, (kind, value) in entries.items()))
        for group, entries in groups.items()
    ))  # fmt: skip


def _metadata() -> Element:
    return element(
        "projectMetadata",
        None,
        element("identifier", text="claimatlas"),
        element("type", text="dataset"),
        element("title", text="claimatlas: reported incidents"),
        element("abstract", text=READING_NOTE),
    )


def _subtitle(incidents: Sequence[Record], days: Days | None) -> str:
    unlocated = sum(record["lat"] is None for record in incidents)
    undated = sum(record["date_start"] is None for record in incidents)
    parts = [count_of(len(incidents), "incident")]
    if days is not None:
        parts.append(f"{_day(days.first)} to {_day(days.last)}")
    if undated:
        parts.append(f"{undated:,} without a date")
    if unlocated:
        parts.append(f"{unlocated:,} not on the map: nobody can place them")
    return " · ".join(parts)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def sources_text(reports: Sequence[Record]) -> str:
    """Whose reports these are, the most frequent publishers first."""
    counts: dict[str, int] = {}
    for report in reports:
        name = str(report["publisher"] or "").strip()[:LONGEST_PUBLISHER]
        counts[name] = counts.get(name, 0) + 1
    unnamed = counts.pop("", 0)
    named = sorted(counts, key=lambda name: (-counts[name], name))
    more = f" and {len(named) - MOST_PUBLISHERS} more" if len(named) > MOST_PUBLISHERS else ""
    parts = (
        [f"{count_of(len(reports) - unnamed, 'report')} by {', '.join(named[:MOST_PUBLISHERS])}{more}"] if named else []
    )
    parts += [f"{count_of(unnamed, 'report')} of no named publisher"] if unnamed else []
    return f"Sources: {'; '.join(parts)}." if parts else ""
