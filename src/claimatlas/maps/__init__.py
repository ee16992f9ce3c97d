"""The interactive map: one self-contained page, carried by folium, that opens with the network off."""

from claimatlas.maps.page import ClaimAtlasLayer, write_map

__all__ = ["ClaimAtlasLayer", "write_map"]
