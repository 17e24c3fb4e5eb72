"""The embedded store: a cache of the graph on disk, built afresh and moved into place whole.

`graph.trig` (what was asserted) and `inferred.trig` (what follows) are the truth; `store/` holds the same
for fast answers and can be deleted at any time: `spacegov build` makes it again.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, Store

from spacegov.errors import InputError, OutputError

GRAPH_FILE: Final = "graph.trig"
INFERRED_FILE: Final = "inferred.trig"
STORE_FOLDER: Final = "store"


def build_store(quads: Iterable[Quad], folder: Path) -> None:
    """Load quads into a new store and put it at `folder`, over an older one.

    A load that is cut off leaves files behind that Oxigraph never removes; so each load has a fresh folder,
    and only a finished one gets the name.

    Raises:
        OutputError: the place cannot be written.
    """
    try:
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from None
    try:
        store = Store(str(fresh))
        store.bulk_extend(quads)
        store.flush()
        del store  # closes the database: its lock file would bar the next reader
        put_in_place(fresh, folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error})") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def put_in_place(fresh: Path, folder: Path) -> None:
    """Give a finished folder its name; what stood there is removed only after that.

    Raises:
        OSError: the place cannot be written; the old folder is then as it was.
    """
    fresh.chmod(0o755)
    if not folder.exists():
        fresh.replace(folder)
        return
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-old."))
    try:
        folder.replace(aside)
        try:
            fresh.replace(folder)
        except OSError:
            aside.replace(folder)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def open_store(folder: Path) -> Store:
    """The store of a built graph, read only.

    Args:
        folder: the folder that `spacegov build` made, or its `store/`.

    Raises:
        InputError: there is no store, or it cannot be opened.
    """
    place = folder / STORE_FOLDER if (folder / STORE_FOLDER).is_dir() else folder
    if not (place / "CURRENT").is_file():
        raise InputError(f"{folder}: no graph here: run 'spacegov build --out {folder}' first")
    try:
        return Store.read_only(str(place))
    except (OSError, RuntimeError) as error:  # Oxigraph raises RuntimeError for corruption
        reason = " ".join(str(error).split())
        raise InputError(f"{place}: the store cannot be opened ({reason}): run 'spacegov build' again") from None


def load(folder: Path) -> Store:
    """A built graph in memory, from its files: what was asserted, and what follows where that was written.

    Raises:
        InputError: there is no graph.trig, or it is not TriG.
    """
    if not (folder / GRAPH_FILE).is_file():
        raise InputError(f"{folder}: no {GRAPH_FILE} here: run 'spacegov build --out {folder}' first")
    store = Store()
    for name in (GRAPH_FILE, INFERRED_FILE):
        path = folder / name
        if path.is_file():
            try:
                store.bulk_load(path=str(path), format=RdfFormat.TRIG)
            except (SyntaxError, OSError) as error:
                raise InputError(f"{path}: not TriG ({' '.join(str(error).split())})") from None
    return store
