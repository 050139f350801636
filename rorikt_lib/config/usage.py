"""What inhabitants and staff use, in workbook.yml: its names."""

from rorikt_lib.config.strict import Strict


class UsageSettings(Strict):
    """The services whose use is counted."""

    portal: str = "Kompetanseportalen"
    """What the portal is called, as a sentence begins with it. Missing: what settings of 0.1.0 have it called."""
