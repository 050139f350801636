"""Each fact of an organisation comes from its settings: with other settings, no text has the demo's."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml
from books import rich
from builders import make_usage
from lxml import html
from norwegian import texts, typed

import rorikt_lib
from rorikt_lib.config.folder import SHIPPED, Folder
from rorikt_lib.config.month_file import Report
from rorikt_lib.config.organisation import Municipality
from rorikt_lib.config.settings import Settings
from rorikt_lib.config.usage import UsageSettings
from rorikt_lib.demo.make import DEMO, demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.present.language import label, members, pages
from rorikt_lib.present.sentences import facts
from rorikt_lib.present.templates import filled
from rorikt_lib.publish.assemble import Material, assemble
from rorikt_lib.publish.build import _write_documents
from rorikt_lib.publish.front import write_front
from rorikt_lib.publish.job import job_of
from rorikt_lib.publish.month_facts import FACTS
from rorikt_lib.publish.order import Section
from rorikt_lib.report import summary
from rorikt_lib.report.breaches import SERIOUS, serious_summary
from rorikt_lib.report.figures import all_chapters
from rorikt_lib.report.usage import PORTAL
from rorikt_lib.terms.enums import Source
from rorikt_lib.tickets.volume import OLD_DAYS
from rorikt_lib.workbook import Workbook

MONTH = "2024-09"
GLOSSARY = pages() / "definisjoner.md"
PLACES = {"Aukra": "Nordvik", "Hustadvika": "Sørvik", "Molde": "Østby", "Rauma": "Vestby", "Vestnes": "Midtby"}
# What the demo's glossary says of each setting, and what it says with another.
OTHER = {
    "tickets.sla.low.resolution": (8, "fem dager for lav", "åtte dager for lav"),
    "tickets.sla.medium.resolution": (1, "tre dager for medium", "én dag for medium"),
    "tickets.sla.medium.unit": ("hours", "tre dager for medium", "tre timer for medium"),
    "tickets.sla.medium.clock": ("calendar", "tre dager for medium", "tre døgn for medium"),
    "tickets.sla.high.resolution": (6.5, "fire timer for høy", "6,5 timer for høy"),
    "tickets.sla.high.clock": ("calendar", "for kritiske saker regnes", "for saker med høy og kritisk prioritet regnes"),
    "tickets.sla.critical.resolution": (1, "to timer for kritisk", "én time for kritisk"),
    "tickets.sla.critical.clock": ("service", "alle døgnets timer", "Den regnes i servicetid."),
    "tickets.service_hours.opens": ("07:30", "08.00", "Klokken 07.30 til 15.30"),
    "tickets.service_hours.closes": ("16:00", "7,5 timer", "En dag er 8 timer"),
    "tickets.closed_days": (
        ["12-31", "2024-05-10", "2019-05-31"], "julaften", "uten helger, helligdager, nyttårsaften og 10. mai 2024."
    ),
    "tickets.paused_clock": ("calendar", "leverandør. Ble", "fordelt over sakens levetid. Ble"),
    "tickets.service_hours.working_days": (
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"], "på virkedager, altså uten helger",
        "Klokken 08.00 til 15.30 mandag til lørdag, uten helligdager, julaften og nyttårsaften. En dag er",
    ),
    "tickets.service_hours.weekdays": (
        {"friday": {"opens": "07:00", "closes": "24:00"}}, "nyttårsaften. En dag",
        "nyttårsaften. Fredag klokken 07.00 til 24.00. En dag er 7,5 timer",
    ),
    "tickets.service_hours.seasons": (
        [{"first_day": "05-15", "last_day": "09-14", "opens": "08:00", "closes": "15:00"},
         {"first_day": "2019-05-15", "last_day": "2019-09-14", "opens": "10:00", "closes": "15:00"},
         {"first_day": "easter-6", "last_day": "easter-2", "opens": "08:00", "closes": "14:30",
          "working_days": ["monday", "wednesday"], "weekdays": {"monday": {"opens": "09:00", "closes": "10:00"}}}],
        "nyttårsaften. En dag",
        "nyttårsaften. Fra 15. mai til 14. september: klokken 08.00 til 15.00. Fra mandag før påske til langfredag: "
        "klokken 08.00 til 14.30 mandag og onsdag, mandag klokken 09.00 til 10.00. En dag",
    ),
    "tickets.service_hours.half_days": (
        {"easter-4": {"opens": "08:00", "closes": "12:00"}, "12-23": {"opens": "08:00", "closes": "12:00"},
         "2024-05-16": {"opens": "08:00", "closes": "13:00"}, "2019-05-16": {"opens": "08:00", "closes": "14:00"}},
        "nyttårsaften. En dag",
        "Onsdag før påske og lille julaften: klokken 08.00 til 12.00. 16. mai 2024: klokken 08.00 til 13.00. En dag",
    ),
    "tickets.service_hours.open_on_holidays": (
        True, "på virkedager, altså uten", "15.30 mandag til fredag, uten julaften og nyttårsaften."
    ),
    "devices.lifetime_years.staff": (6, "fem år for ansatte", "seks år for ansatte"),
    "devices.lifetime_years.pupil": (3, "fire år for elever", "tre år for elever"),
    "devices.price_growth": (0, "prisvekst", "Prisen er modellklassens, uten merverdiavgift"),
}  # fmt: skip


def changed(**by_key: object) -> Settings:
    """The demo's settings, others under the keys that are named (a.b)."""
    given = yaml.safe_load((DEMO / "workbook.yml").read_text(encoding="utf-8"))
    for key, value in by_key.items():
        *parents, last = key.split(".")
        place = given
        for parent in parents:
            place = place[parent]
        place[last] = value
    return Settings.model_validate(given)


def foreign() -> Settings:
    """Settings in which no fact of the organisation is the demo's."""
    text = (DEMO / "workbook.yml").read_text(encoding="utf-8")
    for ours, theirs in PLACES.items():
        text = text.replace(ours, theirs)
    given = yaml.safe_load(text)
    given["organisation"] = {"name": "Kystdata", "report_title": "Månedsrapport", "responsible_unit": "Stab & drift"}
    given["usage"] = {"portal": "Innbyggertorget"}
    given["devices"] |= {"price_year": 2030, "not_seen_days": 44}
    given["devices"]["windows"] = {"editions": "Home", "source": "Leverandøren"}
    given["tickets"]["sla"] = {
        "low": {"resolution": 9, "unit": "days", "clock": "service"},
        "high": {"resolution": 11, "unit": "hours", "clock": "calendar"},
    }
    given["tickets"]["values"]["priority"] = {"Lav": "low", "Høy": "high"}
    return Settings.model_validate(given)


def glossary(settings: Settings, month: str = MONTH) -> str:
    text = filled(GLOSSARY.read_text(encoding="utf-8"), facts.of_settings(settings, month), GLOSSARY)
    return typed(re.sub(r"\s+", " ", text))


def book(settings: Settings) -> Workbook:
    """A month with a bit of everything, of an organisation with these settings."""
    given = rich()
    tables = {name: _elsewhere(frame) for name, frame in given.given.items()}
    tables["usage"] = pd.concat([tables["usage"], make_usage({"views": 1, "span": "month", "date": "2024-07-01"})])
    return replace(given, settings=settings, given=tables, _tables={}, _made={})


def _elsewhere(frame: pd.DataFrame) -> pd.DataFrame:
    places = [column for column in ("municipality", "other_municipalities") if column in frame]
    moved = frame.assign(**{column: frame[column].replace(PLACES) for column in places})
    return moved if "priority" not in moved else moved.replace({"priority": {"medium": "low", "critical": "high"}})


@pytest.mark.parametrize("key", OTHER)
def test_the_glossary_follows_each_setting(key):
    value, before, after = OTHER[key]
    ours, theirs = glossary(demo_settings()), glossary(changed(**{key: value}))
    assert before in ours
    assert before not in theirs
    assert after in theirs
    assert after not in ours


@pytest.mark.parametrize(
    ("source", "term"), [(Source.LEDGER, "Merforbruk"), (Source.TICKETS, "Servicetid"), (Source.DEVICES, "Utgått PC")]
)
def test_the_glossary_has_the_terms_of_the_chapters_that_there_are(source, term):
    def text(sources):
        return filled(
            GLOSSARY.read_text(encoding="utf-8"), facts.of_settings(demo_settings(), MONTH, sources), GLOSSARY
        )

    assert f"[{term}]" in text([source])
    assert f"[{term}]" not in text([other for other in Source if other != source])
    assert not text([Source.USAGE, Source.SHARING]).strip()


def test_the_demos_glossary_says_what_its_settings_say():
    said = glossary(demo_settings())
    assert "Fristene er fem dager for lav, tre dager for medium, fire timer for høy og to timer for kritisk." in said
    assert "Klokken 08.00 til 15.30 på virkedager, altså uten helger, helligdager, julaften og nyttårsaften." in said
    assert "Levetiden er fem år for ansatte og fire år for elever, om ikke modellklassen har en annen, regnet" in said
    assert "Modellens 80 %-intervall" in said
    assert "{" not in re.sub(r"\{#def-[a-z0-9-]+\}", "", said)


def test_terms_of_what_an_organisation_has_not_are_left_out():
    low = {"low": {"resolution": 2, "unit": "days", "clock": "calendar"}}
    bare = {"tickets.sla": low, "tickets.values.priority": {"Lav": "low"}, "tickets.alert_channels": []}
    said = glossary(changed(**bare, **{"devices.model_classes": []}))
    terms = re.findall(r"\{#def-([a-z0-9-]+)\}", said)
    all_terms = re.findall(r"\{#def-([a-z0-9-]+)\}", glossary(demo_settings()))
    assert {*all_terms} - {*terms} == {"alvorlig-sak", "servicetid", "varsel", "modellklasse"}
    assert "Alle døgnets timer regnes." in said
    assert "Fristene er to døgn for lav." in said
    assert "Prisen er brukergruppens" in said
    assert "modellklassen" not in said
    assert "  " not in said


def test_closed_days_of_other_years_are_not_told_of():
    once = changed(**{"tickets.closed_days": ["2023-05-19", "2025-05-02"]})
    assert "uten helger, helligdager og 19. mai 2023." in glossary(once, "2024-09")
    assert "uten helger, helligdager og 2. mai 2025." in glossary(once, "2025-09")


def test_an_own_glossary_names_facts_and_comes_before_the_shipped(tmp_path):
    known = facts.of_settings(demo_settings(), MONTH)
    material = Material({}, tmp_path, MONTH, pd.DataFrame(), known)
    sections = [Section(title="Ord", page="definisjoner")]
    assert "Fristene er fem dager for lav" in assemble(sections, material).markdown
    own = tmp_path / "definisjoner.md"
    own.write_text("[Frist]{#def-frist}\n:   {{ deadlines }}.\n", encoding="utf-8")
    assert assemble(sections, material).markdown.endswith(f"[Frist]{{#def-frist}}\n:   {known['deadlines']}.\n")
    own.write_text("{{ dedlines }}", encoding="utf-8")
    with pytest.raises(InputError, match=r"definisjoner\.md: no such fact: 'dedlines' .*use one of: .*deadlines"):
        assemble(sections, material)
    own.write_text("Alt.\n{% if serious %}", encoding="utf-8")
    with pytest.raises(InputError, match=r"definisjoner\.md, line 2: cannot be read"):
        assemble(sections, material)


def front(settings: Settings, folder: Path, month: str = MONTH) -> str:
    told = dict.fromkeys(["version", "approved_on"]) | {
        "status": "Utkast",
        "draft": True,
        "demo": False,
        "pdf": "x.pdf",
    }
    (folder / month).mkdir()
    (folder / month / FACTS).write_text(json.dumps(told | {"month": month}), encoding="utf-8")
    (folder / "made").mkdir(exist_ok=True)
    write_front(SHIPPED / "index.qmd", folder, folder / "made", settings)
    return typed(" ".join(html.parse(folder / "index.html").getroot().text_content().split()))


def test_the_front_page_names_the_title_and_the_municipalities(tmp_path):
    for name, settings in {"ours": demo_settings(), "theirs": foreign()}.items():
        (tmp_path / name).mkdir()
        said = front(settings, tmp_path / name)
        assert f"{settings.organisation.report_title} · {settings.organisation.name}" in said
        *most, last = settings.municipality_names
        assert f"hva IKT-tjenesten for {', '.join(most)} og {last} koster" in said
        assert [name for name in _names(demo_settings()) if name in said and name not in _names(settings)] == []


def test_the_front_page_names_those_who_share_the_service_in_its_newest_month(tmp_path):
    places = [Municipality(name="Nord", users=1, joined="2024-10"), Municipality(name="Sør", users=1)]
    settings = foreign().model_copy(update={"municipalities": places})
    assert "tjenesten for Sør koster" in front(settings, tmp_path)
    assert "tjenesten for Nord og Sør koster" in front(settings, tmp_path, "2024-10")


@pytest.mark.deep
def test_no_sentence_or_caption_of_another_organisation_has_a_fact_of_the_demo():
    theirs = book(foreign())
    told = [typed(text) for chapter in (*all_chapters(), summary) for text in texts(chapter, theirs)]
    told.append(glossary(foreign()))
    old = [
        *_names(demo_settings()),
        "medium",
        "kritisk",
        "kritiske",
        "2024-kroner",
        "90 dager før",
        "endoflife",
        "Education",
    ]
    assert {name: text for name in old for text in told if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)} == {}
    for new in ("Østby", "Innbyggertorget hadde", "med høy prioritet", "2030-kroner", "44 dager før", "Leverandøren"):
        assert any(new in text for text in told), new


def test_captions_name_what_the_settings_name():
    assert SERIOUS.captioned(book(foreign())) == "Saker med høy prioritet i september 2024."
    assert PORTAL.captioned(book(foreign())).startswith("Innbyggertorget per måned")
    assert SERIOUS.captioned(rich()) == "Saker med kritisk og høy prioritet i september 2024."
    assert PORTAL.captioned(rich()).startswith("Kompetanseportalen per måned")


def test_an_organisation_without_serious_priorities_is_not_told_of_them():
    one = changed(**{
        "tickets.sla": {"low": {"resolution": 2, "unit": "days", "clock": "calendar"}},
        "tickets.values.priority": {"Lav": "low"},
    })  # fmt: skip
    assert (
        serious_summary(
            replace(rich(), settings=one, given=rich().given | {"tickets": rich().given["tickets"].head(0)})
        )
        is None
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [("Månedsrapport", "manedsrapport-2024-09.pdf"), ("Drift & økonomi", "drift-okonomi-2024-09.pdf"), ("报告", "rapport-2024-09.pdf")],
)  # fmt: skip
def test_files_and_pages_are_called_as_the_report(tmp_path, title, name):
    text = (DEMO / "workbook.yml").read_text(encoding="utf-8")
    text = text.replace("report_title: Økonomi- og aktivitetsrapport", f"report_title: {title}")
    (tmp_path / "workbook.yml").write_text(text.replace("ROR-IKT", "Kystdata"), encoding="utf-8")
    job = job_of(MONTH, Folder(tmp_path, tmp_path / "data"), None, "embedded")
    assert job.pdf == name
    job.made.mkdir(parents=True)
    bodies = {"index.html": assemble([], Material({}, tmp_path, MONTH, pd.DataFrame()))}
    _write_documents(job, Report(), bodies, None)
    head = (job.made / "index.qmd").read_text(encoding="utf-8")
    assert "aktivitetsrapport" not in head
    assert "ROR-IKT" not in head
    assert "responsible-unit: Kystdata" in head


def test_labels_say_the_limits_that_the_code_counts_by():
    assert str(OLD_DAYS) in label("open_old")
    assert f"{OLD_DAYS - 59}–{OLD_DAYS} dager" in members("age_days").values()


def _names(settings: Settings) -> list[str]:
    """What an organisation and its things are called."""
    organisation = settings.organisation
    places = [name for m in settings.municipalities for name in (m.name, *m.aliases)]
    return [organisation.name, organisation.report_title, settings.usage.portal, *places]


def test_nothing_of_the_demos_organisation_stands_in_what_is_shipped_to_others():
    package = Path(rorikt_lib.__file__).parent
    files = [
        path for path in package.rglob("*") if path.suffix in {".py", ".md", ".yml", ".html", ".typ", ".lua", ".css"}
    ]
    files = [path for path in files if path.relative_to(package).parts[0] not in {"demo", "shipped"}]
    files += [*(SHIPPED / "notebooks").glob("*.ipynb"), SHIPPED / "index.qmd", SHIPPED / "_quarto.yml"]
    demo = demo_settings()
    # The portal's name holds where older settings say nothing, so that their figures keep their names.
    own = [name for name in _names(demo) if name != UsageSettings().portal]
    names = [*own, *(p.name for p in demo.ledger.projects), *(c.name for c in demo.devices.model_classes)]
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)")
    found = {path.name: match[0] for path in files if (match := pattern.search(path.read_text(encoding="utf-8")))}
    assert found == {}
