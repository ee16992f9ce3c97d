"""Where a place name is: one location or none."""

from claimatlas.geocode.locating import locate

__all__ = ["locate"]
