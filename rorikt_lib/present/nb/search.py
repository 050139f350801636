"""What the site's search says; `{…}` is filled in by the page's script."""

WORDS = {
    "label": "Søk i alle dokumenter",
    "none": "Ingen treff på «{query}».",
    "one": "1 treff på «{query}».",
    "many": "{count} treff på «{query}».",
    "first": "{count} treff på «{query}». De {shown} beste vises; flere ord gir færre treff.",
    "also": "Også i:",
    "failed": "Søket virker ikke nå. Se innholdsfortegnelsen i dokumentet.",
    "results": "Treff",
}


def folder_name(month: str, called: str | None) -> str:
    """`September 2024, revisjon 2`; called: the revision, where a draft of one stands beside what was approved."""
    return f"{month}, {called.lower()}" if called else month
