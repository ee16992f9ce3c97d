"""claimatlas: who says what about which incident of civilian harm, and where it happened."""

__version__ = "0.1.0"
