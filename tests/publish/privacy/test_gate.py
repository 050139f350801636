"""The gate stops what is private wherever it would be published, and leads to where it comes from; nothing is repeated."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
import typst
import yaml
from golden_pairs import GOLDEN
from identity_numbers import ADDED, identity_number
from project import FIGURES, MONTH
from sampled import first

from rorikt_lib.config.folder import Folder, open_folder
from rorikt_lib.errors import InputError
from rorikt_lib.publish.checks import check_folder
from rorikt_lib.publish.privacy.gate import gate_of
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.store.clean_tables import write_clean

NAME = "Torfinn Skjeggestad"
SEEDS = [
    NAME,
    "torfinn.skjeggestad@example.no",
    "912 34 567",
    "99887766",
    *(identity_number(5, kind) for kind in ADDED),
]
CASES = (
    "Saksnr;Type;Prioritet;Status;Kategori 1;Firma;Kilde;Opprettet;Løst;Lukket;Ventetid (min);Emne;Melder;Saksbehandler\n"
    "1;Feil;Medium;Lukket;Utskrift;Molde kommune;Telefon;02.09.2024 08:00;03.09.2024 08:00;03.09.2024 08:00;0;Feil;Gro Li;\n"
    "2;Feil;Medium;Lukket;{category};Molde kommune;Telefon;02.09.2024 08:00;03.09.2024 08:00;03.09.2024 08:00;0;{name};{name};x\n"
)


def read(root: Path) -> Folder:
    """The workbook, its exports read."""
    folder = open_folder(root)
    write_clean(clean_raw(folder.data / "raw", folder.settings), folder.data)
    return folder


@pytest.fixture(scope="module")
def read_once(tmp_path_factory, make_small) -> Path:
    project = make_small(tmp_path_factory.mktemp("read") / "project")
    (project / "data" / "raw" / "saker.csv").write_text(CASES.format(name=NAME, category="PC"), "utf-8")
    return read(project).root


@pytest.fixture
def folder(read_once, tmp_path) -> Folder:
    """A workbook of one's own whose exports are read, to spoil."""
    return open_folder(shutil.copytree(read_once, tmp_path / "read"))


def set_in(root: Path, **settings) -> None:
    """Settings of the workbook in `root`, in place of its own."""
    workbook = root / "workbook.yml"
    known = yaml.safe_load(workbook.read_text("utf-8"))
    workbook.write_text(yaml.safe_dump(known | settings, allow_unicode=True), encoding="utf-8")


def page(folder: Folder, text: str, name: str = "index.html") -> Path:
    """A site with a page of the month that says `text`."""
    site = folder.root / "site"
    (site / MONTH).mkdir(parents=True, exist_ok=True)
    file = site / MONTH / name
    if file.suffix == ".pdf":
        (site.parent / "a.typ").write_text(f"#set document(title: {json.dumps(text)})\nEn side", encoding="utf-8")
        typst.compile(site.parent / "a.typ", output=file)
    elif file.suffix in (".html", ".svg"):
        file.write_text(f"<html><body><p>Noe</p><p>{text}</p></body></html>", encoding="utf-8")
    else:
        file.write_text(
            json.dumps({"a": text}) if file.suffix == ".json" else f"figure,member,value\na,{text},2.5\n", "utf-8"
        )
    return site


def refusal(folder: Folder, site: Path) -> str:
    with pytest.raises(InputError) as refused:
        check_folder(site, gate=gate_of(folder, FIGURES), workbook=folder, month=MONTH)
    return str(refused.value)


@pytest.mark.parametrize("name", ["index.html", "chart.svg", "figures.csv", "report.json", "rapport.pdf"])
@pytest.mark.parametrize("seed", first(SEEDS))
def test_what_is_private_stops_on_pages_charts_tables_facts_and_in_the_pdfs_metadata(folder, seed, name):
    told = refusal(folder, page(folder, f"Sak fra {seed} er løst", name))
    assert told.startswith(f"{MONTH}/{name}")
    assert seed not in told


@pytest.mark.parametrize("seed", first(SEEDS))
def test_the_message_leads_to_the_file_and_line_of_the_narrative_and_says_nothing_private(folder, seed):
    narrative = folder.content / MONTH / "kundeservice.md"
    narrative.write_text(f"Én linje.\n\nSaken fra **{seed}** er løst.\n", encoding="utf-8")
    told = refusal(folder, page(folder, f"Saken fra <strong>{seed}</strong> er løst."))
    assert f"from content/{MONTH}/kundeservice.md, line 3" in told
    assert seed.split("@")[0].lower() not in told.lower()
    assert ("saker.csv, line 3, Melder" in told) == ("jegge" in seed)


def test_a_number_that_marks_and_tags_divide_is_read_as_a_reader_reads_it(folder):
    number = identity_number(3)
    (folder.content / MONTH / "teknisk.md").write_text(f"{number[:6]}**{number[6:]}**", encoding="utf-8")
    told = refusal(folder, page(folder, f"{number[:6]}<strong>{number[6:]}</strong>"))
    assert "an identity number, from content/2024-09/teknisk.md, line 1" in told


@pytest.mark.parametrize("seed", first(SEEDS))
def test_what_stands_in_a_published_column_of_an_export_leads_to_its_row(project, seed):
    (project / "data" / "raw" / "saker.csv").write_text(CASES.format(name=NAME, category=f"Om {seed}"), "utf-8")
    folder = read(project)
    told = refusal(folder, page(folder, f"Om {seed}"))
    assert "saker.csv, line 3" in told


# Of each known format: a word of its sample that is published, and the line it first stands on.
PUBLISHED = {
    "ledger_list": "supplier_name", "saft": "supplier_name", "ticket_list": "category", "ticket_api": "category",
    "intune": "model", "adopted_forecast": "reason",
}  # fmt: skip


@pytest.mark.parametrize("form", PUBLISHED)
def test_every_formats_published_words_are_traced_to_the_file_and_line(form, project):
    from rorikt_lib.publish.privacy.origin import origin_of

    raw = next(path for path in sorted((GOLDEN / form).iterdir()) if path.stem.startswith(("raw", "version")))
    clean = pd.read_csv(GOLDEN / form / "clean.csv", sep=";", dtype=str)
    word = clean[PUBLISHED[form]].dropna().iloc[0]
    content = raw.read_bytes()
    text = content.decode("cp1252" if b"\xf8" in content else "utf-8-sig")
    lines = [n for n, line in enumerate(text.splitlines(), start=1) if word in line]
    target = project / "data" / "raw" / raw.name
    target.write_bytes(raw.read_bytes())
    found = origin_of(word, open_folder(project), MONTH)
    assert (found.file, found.line) == (raw.name, lines[0])


# Each with a person in each column that names one, in each format that has any.
PERSONS = {
    "saker.csv": CASES.format(name=NAME, category="PC"),
    "intune.csv": "Device name,Last check-in,OS version,Serial number,Primary user UPN,Primary user display name\n"
    f"PC-1,2024-09-24 08:00:00,10.0.22631.1,PF-1,torfinn.skjeggestad@example.no,{NAME}\n",
    "side.json": json.dumps({"tickets": [], "linked": {"users": [{"id": 1, "firstName": "Torfinn", "lastName": "Skjeggestad"}],
        "statuses": [], "priorities": [], "tickettypes": [], "categories": [], "sources": []}}),
    "hovedbok.csv": f"Bilagsnr;Bilagsdato;Periode;Konto;Beløp;Attestert av\n1;01.09.2024;202409;1200;10,00;{NAME}\n",
    "innkjop.csv": f"Serienr;Kommune;Brukergruppe;Innkjøpt;Eier\nPF-1;Molde;Ansatt;01.02.2020;{NAME}\n",
    "prognose.csv": f"Periode;Type;Linje;Beløp;Begrunnelse;Besluttet av\n2024-09;drift;Lønn;1;x;{NAME}\n",
    "egne.csv": f"number,caller_id,opened,prio,kind,assigned_to\n7,{NAME},02.09.2024,Medium,Feil,Torfinn Skjeggestad\n",
}  # fmt: skip
MAPPING = {
    "table": "tickets",
    "columns": {"ticket_id": "number", "created_at": "opened", "priority": "prio", "type": "kind"},
}


@pytest.mark.parametrize("name", first(PERSONS))
def test_the_person_columns_of_every_format_are_known_and_kept_without_names(project, name):
    settings = yaml.safe_load((project / "workbook.yml").read_text("utf-8")) | {"mappings": {"egne": MAPPING}}
    (project / "workbook.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    (project / "data" / "raw" / name).write_text(PERSONS[name], encoding="utf-8")
    folder = read(project)
    assert f"a person's name ({name}, line " in refusal(folder, page(folder, f"Takk til {NAME}."))
    for file in (folder.data / "clean").rglob("*"):
        assert file.is_dir() or b"kjeggestad" not in file.read_bytes()


def test_a_header_of_ones_own_names_people_where_the_settings_say_so(folder):
    cases = CASES.format(name="x", category="PC").replace(";Melder", ";Innehaver").replace("Gro Li", NAME)
    (folder.data / "raw" / "saker.csv").write_text(cases, encoding="utf-8")
    site = page(folder, NAME)
    check_folder(site, gate=gate_of(read(folder.root), FIGURES), workbook=folder, month=MONTH)
    set_in(folder.root, privacy={"person_columns": ["innehaver"]})
    assert "a person's name (saker.csv, line 2, Innehaver)" in refusal(read(folder.root), site)


def test_what_the_settings_allow_is_published_and_a_longer_text_that_holds_it_is_not(folder):
    allow = [{"text": "post@example.no", "reason": "felles"}, {"text": "Skjeggestad", "reason": "et sted"}]
    set_in(folder.root, privacy={"allow": allow})
    site = page(folder, "Skriv til post@example.no, i Skjeggestad eller SKJEGGESTAD.")
    check_folder(site, gate=gate_of(folder, FIGURES), workbook=folder, month=MONTH)
    for text in ("ola.post@example.no", "post@example.nord.no", NAME):
        refusal(folder, page(folder, text))


def test_an_allowed_text_needs_a_reason(project):
    set_in(project, privacy={"allow": [{"text": "post@example.no"}]})
    with pytest.raises(InputError, match=r"reason"):
        _ = open_folder(project).settings


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("index.html", "<html><body><table><tr><td>Liv</td><td>Berg</td></tr></table></body></html>"),
        ("index.html", "<html><body><p>liv<br>berg</p></body></html>"),
        ("chart.svg", "<svg xmlns='http://www.w3.org/2000/svg'><text>liv</text><text>berg</text></svg>"),
        ("nedlasting.csv", "Fornavn,Etternavn,Antall\nliv,berg,1.5\n"), ("liv-berg.json", "{}"),
        ("tall.csv", f"Tall\n{identity_number(7)}\n1.5\n"),
    ],
)  # fmt: skip
def test_what_cells_lines_labels_and_file_names_divide_is_read_together(project, name, content):
    (project / "data" / "raw" / "saker.csv").write_text(CASES.format(name="Liv Berg", category="PC"), "utf-8")
    folder = read(project)
    site = page(folder, "Ingenting", "report.json")
    (site / MONTH / name).write_text(content, encoding="utf-8")
    assert refusal(folder, site).startswith(f"{MONTH}/{name}")


def test_all_that_is_found_is_told_at_once(folder):
    told = refusal(folder, page(folder, f"{NAME}, 91234567 og ola@example.no"))
    for kind in ("a person's name", "a telephone number", "an e-mail address"):
        assert kind in told


def test_nothing_of_ours_on_the_small_site_is_stopped(built, folder):
    check_folder(built.page.parent.parent, gate=gate_of(folder, FIGURES), workbook=folder, month=MONTH)


@pytest.mark.deep
@pytest.mark.parametrize("seed", first(SEEDS))
def test_a_seeded_narrative_stops_the_build_and_nothing_reaches_the_site(folder, seed):
    from rorikt_lib.publish.build import build_report
    from rorikt_lib.publish.job import job_of

    (folder.content / MONTH / "teknisk.md").write_text(f"Takk til {seed}.", encoding="utf-8")
    with pytest.raises(InputError, match=r"teknisk\.md"):
        build_report(job_of(MONTH, folder, None, "embedded"), FIGURES)
    assert not (folder.root / "_site").exists()


@pytest.mark.deep
def test_nothing_of_the_demos_month_is_stopped(site, demo):
    gate = gate_of(demo, pd.read_csv(site / "2024-09" / "figures.csv"))
    check_folder(site, gate=gate, workbook=demo, month="2024-09")


def test_a_drive_that_people_write_of_is_published_and_one_that_leads_to_somebody_is_not(folder):
    narrative = folder.content / MONTH / "kundeservice.md"
    narrative.write_text(r"Kartene ligger på K:\kart\lag og i C:\Users\torfin og C:\Brukere\torfin.", encoding="utf-8")
    gate = gate_of(folder, FIGURES)
    check_folder(page(folder, r"Kartene ligger på K:\kart\lag."), gate=gate, workbook=folder, month=MONTH)
    for text in (r"D:\kart\lag", r"C:\Users\torfin", r"C:\Brukere\torfin"):
        refusal(folder, page(folder, text))
