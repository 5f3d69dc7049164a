from .links import AddedObservation, AddedProgramme, AddedSchool, StoryObservation, StoryProgramme, StorySchool
from .pages import HomePage, StandardPage, StoryIndexPage
from .programmes import ProgrammeIndexPage, ProgrammePage
from .story import StoryPage
from .topics import Contributor, StoryContributor, Topic


__all__ = [
    "AddedObservation",
    "AddedProgramme",
    "AddedSchool",
    "Contributor",
    "HomePage",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "StandardPage",
    "StoryContributor",
    "StoryIndexPage",
    "StoryObservation",
    "StoryPage",
    "StoryProgramme",
    "StorySchool",
    "Topic",
]
