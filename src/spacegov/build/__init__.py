"""From texts to a finished folder: read, extract, write, validate, reason, store.

    report = build([Path("texts")], Path("build"))

Everything is made in a folder beside the place and gets its name when it is whole; a build that finds a
violation leaves the old folder as it was.
"""

from spacegov.build.documents import Broken, Settings, load_vocabulary, make_extractor, read_all
from spacegov.build.run import BuildReport, build

__all__ = ["Broken", "BuildReport", "Settings", "build", "load_vocabulary", "make_extractor", "read_all"]
