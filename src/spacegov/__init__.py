"""spacegov: a knowledge graph of positions on outer-space governance.

Licence: Apache-2.0 (code); ontology, shapes and data are CC BY 4.0.
"""

__version__ = "0.1.0"
