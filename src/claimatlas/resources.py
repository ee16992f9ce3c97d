"""Where the data that travels with the program lies, and where the user's own data goes."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from claimatlas.errors import ClaimatlasError

_PACKAGE = Path(__file__).parent
STORE_VARIABLE = "CLAIMATLAS_DATA"


def data_folder(name: str) -> Path:
    """The folder `gazetteer`, `geo` or `seeds`: inside an installed wheel, else at the top of the checkout.

    Args:
        name: Name of the folder.

    Raises:
        ClaimatlasError: The folder is in neither place; the installation is broken.
    """
    for folder in (_PACKAGE / "data" / name, _PACKAGE.parents[1] / name):
        if folder.is_dir():
            return folder
    raise ClaimatlasError(f"The folder {name}/ is missing from this installation; install claimatlas again.")


def user_store() -> Path:
    """The folder of imported gazetteers and caches: `CLAIMATLAS_DATA`, else the platform's data folder.

    It may not exist yet; whoever writes into it makes it.
    """
    chosen = os.environ.get(STORE_VARIABLE)
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("claimatlas", appauthor=False))
