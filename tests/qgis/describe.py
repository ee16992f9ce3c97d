"""Run under QGIS's own Python: says as JSON what QGIS makes of a folder's layers and of its project.

Usage: python3 describe.py layers|project FOLDER PICTURES
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.gui import QgsTemporalControllerWidget
from qgis.PyQt.QtCore import QDateTime, QSize, Qt
from qgis.PyQt.QtGui import QColor


def main():
    what, folder, pictures = sys.argv[1:]
    application = QgsApplication([], True)
    application.initQgis()
    describe = {"layers": describe_layers, "project": describe_project}[what]
    print(json.dumps({"version": Qgis.QGIS_VERSION_INT} | describe(folder, pictures), ensure_ascii=False))
    QgsProject.instance().clear()
    application.exitQgis()


def describe_layers(folder, pictures):
    sources = {"incidents.geojson": "incidents.geojson", "claims.geojson": "claims.geojson"}
    for table in ("incidents", "claims", "reports", "places"):
        sources[f"gpkg:{table}"] = f"incidents.gpkg|layername={table}"
    described = {}
    for name, source in sources.items():
        layer = QgsVectorLayer(str(Path(folder) / source), name.split(":")[-1].split(".")[0], "ogr")
        described[name] = describe_layer(layer) if layer.isValid() else None
        if layer.isValid() and layer.isSpatial():
            described[name]["styles"] = stored_styles(layer)
            picture = str(Path(pictures) / f"{name.replace(':', '-')}.png")
            render([layer], QgsRectangle(35.5, 32.2, 42.5, 37.4), picture)
    return {"layers": described}


def stored_styles(layer):
    total, _, names, _, _ = layer.listStylesInDatabase()
    # The styles of the layer come first, those of other layers after them.
    return sorted(names[:total]) if total > 0 else []


def describe_layer(layer):
    temporal = layer.temporalProperties()
    return {
        "count": layer.featureCount(),
        "geometry": layer.geometryType().__int__() if hasattr(layer.geometryType(), "__int__") else 0,
        "crs": layer.crs().authid(),
        "fields": {field.name(): field.typeName() for field in layer.fields()},
        "aliases": {field.name(): field.alias() for field in layer.fields()},
        "widgets": {
            field.name(): layer.editorWidgetSetup(number).type() for number, field in enumerate(layer.fields())
        },
        "value_maps": {
            field.name(): value_map(layer.editorWidgetSetup(number).config())
            for number, field in enumerate(layer.fields())
            if layer.editorWidgetSetup(number).type() == "ValueMap"
        },
        "renderer": describe_renderer(layer.renderer()),
        "labels": layer.labelsEnabled(),
        "display": layer.displayExpression(),
        "form": [tab.name() for tab in layer.editFormConfig().tabs()],
        "temporal": {
            "active": temporal.isActive(),
            "mode": int(temporal.mode()),
            "start": temporal.startField(),
            "end": temporal.endField(),
        },
        "tips": tips(layer),
        "rows": rows(layer),
    }


def value_map(config):
    entries = config.get("map", [])
    if isinstance(entries, dict):
        entries = [entries]
    return {value: label for entry in entries for label, value in entry.items()}


def describe_renderer(renderer):
    if renderer is None:
        return None
    described = {"type": renderer.type()}
    if isinstance(renderer, QgsCategorizedSymbolRenderer):
        described["attribute"] = renderer.classAttribute()
        described["categories"] = [
            [item.value(), item.label(), item.symbol().color().name(), shapes(item.symbol())]
            for item in renderer.categories()
        ]
    return described


def shapes(symbol):
    return [layer.properties().get("name", "") for layer in symbol.symbolLayers()]


def tips(layer):
    texts = {}
    for feature in layer.getFeatures():
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
        context.setFeature(feature)
        texts[str(feature.attribute(name_field(layer)))] = [
            QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context),
            evaluate(layer.displayExpression(), context),
        ]
    return texts


def evaluate(text, context):
    expression = QgsExpression(text)
    value = expression.evaluate(context)
    return expression.evalErrorString() or str(value)


def name_field(layer):
    return next((field.name() for field in layer.fields() if field.name().endswith("_id")), "name")


def rows(layer):
    return [
        {field.name(): plain(value) for field, value in zip(layer.fields(), feature.attributes(), strict=True)}
        | {"_geometry": None if feature.geometry().isNull() else feature.geometry().asWkt(6)}
        for feature in layer.getFeatures()
    ]


def plain(value):
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    if hasattr(value, "toString") and not isinstance(value, (str, int, float)):
        return [type(value).__name__, value.toString("yyyy-MM-dd")]
    return value


def describe_project(folder, pictures):
    project = QgsProject.instance()
    problems = []
    # The panel of the temporal controller takes its state from the project when one is opened.
    panel = QgsTemporalControllerWidget()
    opened = project.read(str(Path(folder) / "claimatlas.qgs"))
    layers = project.mapLayers()
    for layer in layers.values():
        if not layer.isValid():
            problems.append(f"{layer.id()} is not valid: {layer.source()}")
    settings = project.timeSettings()
    picture = str(Path(pictures) / "project.png")
    visible = project.layerTreeRoot().checkedLayers()
    visible = [layer for layer in project.layerTreeRoot().layerOrder() if layer in visible and layer.isSpatial()]
    extent = project.viewSettings().defaultViewExtent()
    render(visible, extent, picture, project.crs())
    for name, first, last in (("march", "2018-03-01", "2018-04-01"), ("november", "2018-11-03", "2018-11-04")):
        # As the temporal controller asks for a step: with its beginning, without its end.
        days = [QDateTime.fromString(f"{day}T00:00:00", Qt.ISODate) for day in (first, last)]
        moment = QgsDateTimeRange(*days, True, False)
        render(visible, extent, str(Path(pictures) / f"{name}.png"), project.crs(), moment)
    layouts = [describe_layout(layout, pictures) for layout in project.layoutManager().printLayouts()]
    return {
        "opened": opened,
        "error": project.error(),
        "problems": problems,
        "title": project.title(),
        "crs": project.crs().authid(),
        "tree": tree(project.layerTreeRoot()),
        "layers": {identifier: describe_project_layer(layer) for identifier, layer in layers.items()},
        "relations": {
            identifier: describe_relation(relation)
            for identifier, relation in project.relationManager().relations().items()
        },
        "time": [
            settings.temporalRange().begin().toString("yyyy-MM-dd"),
            settings.temporalRange().end().toString("yyyy-MM-dd"),
            settings.timeStep(),
            int(settings.timeStepUnit()),
        ],
        "drawn": [layer.id() for layer in project.layerTreeRoot().layerOrder()],
        "controller": describe_controller(panel.temporalController()),
        "steps": steps(project.mapLayer("incidents_all")),
        "styles": describe_styles(project.mapLayer("incidents_all"), extent, pictures, project.crs()),
        "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
        "layouts": layouts,
    }


def describe_controller(controller):
    span = controller.temporalExtents()
    return {
        "mode": int(controller.navigationMode()),
        "span": [span.begin().toString("yyyy-MM-dd"), span.end().toString("yyyy-MM-dd")],
        "steps": controller.totalFrameCount(),
    }


def steps(layer):
    """Which incidents the temporal controller would show at some steps."""
    shown = {}
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    for first, last in (
        ("2018-02-28", "2018-03-01"),
        ("2018-03-01", "2018-03-02"),
        ("2018-03-02", "2018-03-03"),
        ("2018-08-01", "2018-09-01"),
        ("2018-09-15", "2018-09-16"),
        ("2018-09-30", "2018-10-01"),
        ("2018-10-01", "2018-11-01"),
    ):
        days = [QDateTime.fromString(f"{day}T00:00:00", Qt.ISODate) for day in (first, last)]
        filtered = layer.temporalProperties().createFilterString(context, QgsDateTimeRange(*days, True, False))
        found = layer.getFeatures(QgsFeatureRequest().setFilterExpression(filtered))
        shown[f"{first}/{last}"] = sorted(feature.attribute("incident_id") for feature in found)
    return shown


def describe_styles(layer, extent, pictures, crs):
    described = {}
    for name in layer.styleManager().styles():
        layer.styleManager().setCurrentStyle(name)
        described[name] = describe_renderer(layer.renderer())
        render([layer], extent, str(Path(pictures) / f"style-{name}.png"), crs)
    return described


def describe_project_layer(layer):
    described = {
        "name": layer.name(),
        "valid": layer.isValid(),
        "source": layer.source(),
        "subset": layer.subsetString(),
        "styles": layer.styleManager().styles(),
    }
    return described | describe_layer(layer)


def describe_relation(relation):
    related = {}
    parent = relation.referencedLayer()
    for feature in parent.getFeatures():
        related[feature.attribute(name_field(parent))] = sorted(
            child.attribute("claim_id") for child in relation.getRelatedFeatures(feature)
        )
    return {
        "valid": relation.isValid(),
        "name": relation.name(),
        "from": relation.referencingLayerId(),
        "to": relation.referencedLayerId(),
        "related": related,
    }


def tree(group):
    nodes = []
    for child in group.children():
        checked = child.itemVisibilityChecked()
        if child.nodeType() == 0:
            nodes.append([child.name(), checked, tree(child)])
        else:
            nodes.append([child.name(), checked])
    return nodes


def describe_layout(layout, pictures):
    picture = str(Path(pictures) / "layout.png")
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 110
    exported = QgsLayoutExporter(layout).exportToImage(picture, settings)
    items = [item for item in layout.items() if isinstance(item, QgsLayoutItem)]
    return {
        "name": layout.name(),
        "exported": int(exported),
        "items": sorted(item.displayName() if not hasattr(item, "currentText") else "label" for item in items),
        "types": sorted(type(item).__name__ for item in items),
        "texts": [item.currentText() for item in items if hasattr(item, "currentText")],
    }


def render(layers, extent, picture, crs=None, moment=None):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(crs or layers[0].crs())
    settings.setBackgroundColor(QColor("#ffffff"))
    settings.setOutputSize(QSize(1100, 850))
    settings.setExtent(extent)
    if moment is not None:
        settings.setIsTemporal(True)
        settings.setTemporalRange(moment)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(picture)


main()
