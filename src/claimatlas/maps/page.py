"""The interactive map: one self-contained page, carried by folium, that opens with the network off.

folium supplies the page and the Leaflet map; what is drawn on it is our own element, `ClaimAtlasLayer`, which
anybody can add to a `folium.Map` of theirs. Text of reports is hostile: it travels as data in one JSON block
and reaches the page through `textContent` alone (folium's popups and tooltips would run scripts in it).
The programs of the page are in `templates/map/`, plain JavaScript, one file a duty; `payload.py` makes its data.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from claimatlas.errors import InputError
from claimatlas.files import write_bytes
from claimatlas.layers import Layers, load_layers
from claimatlas.maps.payload import encode_payload, make_payload
from claimatlas.maps.tiles import REFERRER_POLICY, find_tile_origin, make_tile_layer
from claimatlas.model import Atlas
from claimatlas.records.wording import count_of

SCRIPTS = (
    "dom.js", "words.js", "data.js", "filters.js", "address.js", "symbols.js", "marks.js", "timeline.js", "list.js",
    "facets.js", "record.js", "download.js", "main.js",
)  # fmt: skip
"""The page's programs in the order they are joined; each uses only what stands before it."""

NO_SCRIPT = "<noscript><p>This map needs JavaScript. The same incidents are in incidents.csv beside it.</p></noscript>"

_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
_BLOCKS = {tag: re.compile(rf"<{tag}>(.*?)</{tag}>", re.DOTALL) for tag in ("script", "style")}
_STYLE_IMAGES = re.compile(r"url\([^)]*\)")


class _Verbatim(Element):
    """Text that reaches the page as it is. branca would take it for a template and run what stands in `{{ }}`."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self.text = text


class ClaimAtlasLayer(MacroElement):
    """Incidents with legend, list, timeline and records on a folium map.

    Add it to a `folium.Map`; it takes the map's place in the page and puts the map in its middle:

    >>> import folium
    >>> from claimatlas.maps import ClaimAtlasLayer
    >>> page = folium.Map(location=[35, 38.5], zoom_start=7)  # doctest: +SKIP
    >>> ClaimAtlasLayer(atlas).add_to(page)  # doctest: +SKIP
    """

    def __init__(self, atlas: Atlas, layers: Layers | None = None, *, fit: bool = False) -> None:
        """Take a finished collection.

        Args:
            atlas: Reports and incidents.
            layers: Outlines to draw below the incidents; None draws none, for maps that have their own.
            fit: Show the whole country or all incidents at first, whatever the map's own view.
        """
        super().__init__()  # type: ignore[no-untyped-call]  # branca leaves it unannotated
        self._name = "ClaimAtlasLayer"
        self.payload = make_payload(atlas, layers) | {"fit": fit}

    def render(self, **kwargs: Any) -> str:
        """Put styles, data and programs into the figure that holds the map; the layer itself stands nowhere."""
        figure = self.get_root()
        if self._parent is None or not isinstance(figure, Figure):
            raise InputError("A ClaimAtlasLayer stands on no map; add it to a folium.Map first.")
        name, map_name = self.get_name(), self._parent.get_name()
        data = f'<script type="application/json" id="{name}">{encode_payload(self.payload)}</script>'
        start = f'claimatlas.show({map_name}, document.getElementById("{name}"));'
        figure.header.add_child(_Verbatim(f"<style>{_template_text('map.css')}</style>"), name="claimatlas_style")
        figure.html.add_child(_Verbatim(data), name=f"{name}_data")
        figure.script.add_child(_Verbatim(_program()), name="claimatlas_program")
        figure.script.add_child(_Verbatim(start), name=f"{name}_start")
        return ""


class _OfflineFigure(Figure):
    """folium's page with a language and a content security policy; nothing is fetched from anywhere.

    The policy names the hash of each script and style in the page, so that no other can run, whatever a report says.
    """

    _template = Template(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n'
        "{{ this.header.render(**kwargs) }}\n<title>{{ this.title|e }}</title>\n"
        "</head>\n<body>\n{{ this.html.render(**kwargs) }}\n<script>{{ this.script.render(**kwargs) }}</script>\n"
        "</body>\n</html>\n"
    )

    def __init__(self, title: str, tile_origins: Sequence[str] = ()) -> None:
        super().__init__(title=title)
        self._tile_origins = tuple(tile_origins)

    def render(self, **kwargs: Any) -> str:
        for number, element in enumerate(_walk(self)):
            # folium draws ids at random; the same input has to give the same bytes.
            element._id = f"{number:032x}"
        page = super().render(**kwargs)
        # folium forbids visitors to enlarge the page, which people with weak sight need.
        page = _VIEWPORT.sub('<meta name="viewport" content="width=device-width, initial-scale=1">', page, count=1)
        policy = _security_policy(page, self._tile_origins)
        head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        referrer = f'<meta name="referrer" content="{REFERRER_POLICY if self._tile_origins else "no-referrer"}">'
        return page.replace("<head>", f'<head>\n<meta charset="utf-8">\n{head}\n{referrer}', 1)


def write_map(atlas: Atlas, path: Path, *, layers: Layers | None = None, tiles: str | None = None) -> None:
    """Write the interactive map as one file that needs no network.

    Args:
        atlas: The finished collection.
        path: The file to be.
        layers: Outlines for the map below the incidents; None takes our own.
        tiles: Online tiles to draw below: a provider's name known to xyzservices ("Esri.WorldGrayCanvas") or an
            address template with `{z}`, `{x}` and `{y}`. None, the default, asks nobody for anything.

    Raises:
        InputError: The tiles are neither.
        OutputError: The file cannot be written.
    """
    origin = None if tiles is None else find_tile_origin(tiles)
    figure = _OfflineFigure(_title(atlas), () if origin is None else (origin,))
    page = folium.Map(
        location=[35.0, 38.5], zoom_start=7, tiles=None, zoom_control="topright", control_scale=True,
        attribution_control=tiles is not None, zoom_snap=0.25, wheel_px_per_zoom_level=90, min_zoom=4, max_zoom=17,
    )  # fmt: skip
    figure.add_child(page)
    embed_leaflet(page)
    page.default_js, page.default_css = [], []
    figure.html.add_child(_Verbatim(NO_SCRIPT), name="no_script")
    if tiles is not None:
        make_tile_layer(tiles).add_to(page)
    ClaimAtlasLayer(atlas, layers or load_layers(), fit=True).add_to(page)
    write_bytes(path, figure.render().encode("utf-8"))


def embed_leaflet(page: folium.Map) -> None:
    """Put Leaflet into a map's page, so that it shows without a network; what further layers of folium's need stays."""
    figure = page.get_root()
    assert isinstance(figure, Figure)
    header = figure.header
    header.add_child(_Verbatim(f"<style>{_leaflet('leaflet.css')}</style>"), name="leaflet_style")
    header.add_child(_Verbatim(f"<script>{_leaflet('leaflet.js')}</script>"), name="leaflet")
    page.default_js = [(name, address) for name, address in page.default_js if name != "leaflet"]
    page.default_css = [(name, address) for name, address in page.default_css if name != "leaflet_css"]


def _title(atlas: Atlas) -> str:
    return f"claimatlas: {count_of(len(atlas.incidents), 'incident')} in {count_of(len(atlas.reports), 'report')}"


@cache
def _template_text(name: str) -> str:
    return resources.files("claimatlas").joinpath("templates", name).read_text("utf-8")


@cache
def _program() -> str:
    parts = "\n".join(_template_text(f"map/{name}") for name in SCRIPTS)
    return f'"use strict";\nconst claimatlas = (() => {{\n{parts}\nreturn {{ show }};\n}})();\n'


@cache
def _leaflet(name: str) -> str:
    from xstatic.pkg import leaflet

    text = Path(leaflet.BASE_DIR, name).read_text("utf-8")
    # Its style names pictures beside it, which this page has no use for and must not ask for.
    return _STYLE_IMAGES.sub("none", text) if name.endswith(".css") else text.split("//# sourceMappingURL")[0]


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():
        yield from _walk(child)
    if isinstance(element, Figure):
        for part in (element.header, element.html, element.script):
            yield from _walk(part)


def _security_policy(page: str, tile_origins: Sequence[str]) -> str:
    """A policy that lets run and show exactly what stands in the page now."""
    sources = {
        tag: " ".join(f"'sha256-{_digest(block)}'" for block in dict.fromkeys(pattern.findall(page)))
        for tag, pattern in _BLOCKS.items()
    }
    images = " ".join(("data:", *tile_origins))
    return (
        f"default-src 'none'; script-src {sources['script']}; style-src {sources['style']}; img-src {images}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
