"""Online tiles to draw below the incidents, for those who ask for them."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit

import folium

from claimatlas.errors import InputError

# Browsers with a full referrer policy send tile servers the site's name alone, which OSM's and others' rules ask for.
REFERRER_POLICY = "strict-origin-when-cross-origin"


def make_tile_layer(tiles: str) -> folium.TileLayer:
    """The layer of a provider known to xyzservices, or of an address template with `{z}`, `{x}` and `{y}`.

    Raises:
        InputError: There is no such provider, or it wants a key.
    """
    if "{z}" in tiles:
        host = html.escape(urlsplit(tiles).netloc.replace("{s}.", ""))
        return folium.TileLayer(tiles, attr=f"Tiles: {host}", referrer_policy=REFERRER_POLICY)
    return folium.TileLayer(_provider(tiles), referrer_policy=REFERRER_POLICY)


def _provider(name: str) -> Any:
    import xyzservices.providers  # type: ignore[import-untyped]  # comes with folium

    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise InputError(
            f"There are no tiles called {name!r}; give a provider's name like Esri.WorldGrayCanvas, "
            "or an address with {z}, {x} and {y}."
        ) from error
    if provider.requires_token():
        raise InputError(f"The tiles of {name} need a key; give their address with {{z}}, {{x}}, {{y}} and your key.")
    return provider


def find_tile_origin(tiles: str) -> str:
    """Scheme and host that the tiles come from, as a content security policy names them.

    Raises:
        InputError: There is no such provider, or the address is none.
    """
    address = tiles if "{z}" in tiles else str(_provider(tiles)["url"])
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise InputError(f"The tiles' address {tiles!r} does not begin with https://; correct it.")
    if not re.fullmatch(r"[\w.{}:-]+", parts.netloc):
        raise InputError(f"The tiles' address {tiles!r} has no usable host name; correct it.")
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"
