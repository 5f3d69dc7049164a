from .bodies import Organisation, SchoolGroup, SchoolZone, Town
from .honours import Honour
from .pages import SchoolIndexPage, SchoolPage


__all__ = ["Honour", "Organisation", "SchoolGroup", "SchoolIndexPage", "SchoolPage", "SchoolZone", "Town"]
