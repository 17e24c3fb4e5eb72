"""A built graph in the formats of others. Only what was asserted leaves, unless asked otherwise."""

from spacegov.export.rdf import RDF_FORMATS, export_rdf, release
from spacegov.export.rows import ROW_FORMATS, export_rows

__all__ = ["RDF_FORMATS", "ROW_FORMATS", "export_rdf", "export_rows", "release"]
