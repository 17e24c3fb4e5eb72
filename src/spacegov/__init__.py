"""spacegov: a knowledge graph of positions on outer-space governance.

Licence: Apache-2.0 (code); ontology, shapes and data are CC BY 4.0.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacegov.graph import Graph

__all__ = ["Graph", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # `from spacegov import Graph` works, and `import spacegov` loads no RDF library
    if name == "Graph":
        from spacegov.graph import Graph

        return Graph
    raise AttributeError(f"module 'spacegov' has no attribute {name!r}")
