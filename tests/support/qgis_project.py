"""
Run by Debian's Python, which has QGIS: opens a project, counts what it shows, draws it.

Arguments: the project, a folder for pictures (none if empty), then days. Prints JSON.
"""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # type: ignore[import-not-found]
    QgsApplication,
    QgsDateTimeRange,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, QTime  # type: ignore[import-not-found]


def moment(day: str, add: int = 0) -> QDateTime:
    """Midnight of a day as the temporal controller has it."""
    return QDateTime(QDate.fromString(day, "yyyy-MM-dd").addDays(add), QTime(0, 0))


def counted(layer, day: str) -> int:
    """Rows that the layer's own temporal settings show on a day."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    span = QgsDateTimeRange(moment(day), moment(day, 1), True, False)
    text = layer.temporalProperties().createFilterString(context, span)
    request = QgsFeatureRequest().setFilterExpression(text)
    return sum(1 for _ in layer.getFeatures(request))


def dragged(layer):
    """The same layer as it comes when its file is dragged into another project."""
    return QgsVectorLayer(layer.source(), "dragged", "ogr")


def drawn(project, path: str, day: str) -> None:
    """The project as a picture, of a day or without one."""
    settings = QgsMapSettings()
    settings.setLayers(list(project.layerTreeRoot().layerOrder()))
    settings.setDestinationCrs(project.crs())
    settings.setBackgroundColor(project.backgroundColor())
    settings.setExtent(project.viewSettings().defaultViewExtent())
    settings.setOutputSize(QSize(880, 720))
    settings.setOutputDpi(110)
    if day:
        settings.setIsTemporal(True)
        settings.setTemporalRange(QgsDateTimeRange(moment(day), moment(day, 1), True, False))
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(None))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(path)


def main() -> None:
    """Open, count, draw, print."""
    path, folder, *days = sys.argv[1:]
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    opened = project.read(path)
    layers = {one.id().removeprefix("syriamap_"): one for one in project.mapLayers().values()}
    timed = [
        name
        for name, one in layers.items()
        if one.temporalProperties() is not None and one.temporalProperties().isActive()
    ]
    times = project.timeSettings().temporalRange()
    told = {
        "opened": opened,
        "crs": project.crs().authid(),
        "title": project.title(),
        "valid": {name: one.isValid() for name, one in layers.items()},
        "order": [
            one.id().removeprefix("syriamap_") for one in project.layerTreeRoot().layerOrder()
        ],
        "labels": {name: bool(one.labelsEnabled()) for name, one in layers.items()},
        "renderers": {name: one.renderer().type() for name, one in layers.items()},
        "timed": sorted(timed),
        "mode": project.readNumEntry("TemporalControllerWidget", "/NavigationMode")[0],
        "begin": times.begin().toString("yyyy-MM-dd"),
        "end": times.end().toString("yyyy-MM-dd"),
        "counts": {day: {name: counted(layers[name], day) for name in timed} for day in days},
        "types": {
            name: {field.name(): field.typeName() for field in one.fields()}
            for name, one in layers.items()
        },
    }
    told["dragged"] = {
        name: (
            one.renderer().type(),
            one.labelsEnabled(),
            one.temporalProperties().startField(),
            one.temporalProperties().endField(),
        )
        for name, one in ((name, dragged(one)) for name, one in layers.items())
    }
    for day in ["", *days] if folder else []:
        drawn(project, f"{folder}/{day or 'open'}.png", day)
    print(json.dumps(told))  # noqa: T201


main()
