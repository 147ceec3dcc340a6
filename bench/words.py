"""What the generated posts talk about."""

from typing import Final

SUBJECTS: Final = (
    "harbour council",
    "lighthouse keeper",
    "weather office",
    "fishing fleet",
    "school board",
    "shipping company",
    "coast guard",
    "railway union",
    "town museum",
    "bridge engineers",
    "orchard growers",
    "tide station",
)
VERBS: Final = (
    "expects",
    "delays",
    "welcomes",
    "questions",
    "approves",
    "rejects",
    "announces",
    "measures",
    "postpones",
    "defends",
)
OBJECTS: Final = (
    "the new timetable",
    "a second pier",
    "higher fees",
    "the spring regatta",
    "a longer breakwater",
    "the winter budget",
    "its oldest boat",
    "the report on erosion",
    "the missing anchor",
    "cheaper tickets",
    "the night crossing",
    "the price of herring",
)
ENDS: Final = (
    "after a long meeting",
    "before the storm season",
    "on the third attempt",
    "for the first time",
    "despite the tide",
    "with one vote against",
    "until further notice",
)
AUTHORS: Final = ("Staff Writer", "Marit Vollan", "Harbour Office", "Jon Agerup")
CATEGORIES: Final = ("Top News", "Harbour", "Weather", "Business", "Culture", "Sport")
TAGS: Final = ("ferry", "fish", "storm", "council", "railway", "museum", "prices", "island")
