"""The published figures that the demo exports add up to. Source of each: the organisation's board papers.

Only facts stand here, never rows of the exports. Amounts are NOK. A paper prints thousands: what it leaves open
below a thousand is chosen so that its printed differences and sums come out too.
"""

from __future__ import annotations

# Table 1.1, 2023-12-31. Its total overspend is known to the øre from the settlement of 2023: 1,937,782.94.
OPERATING_2023 = {
    # expense type: (actual, budget)
    "Lønn": (28_790_214.37, 29_233_000),
    "Drift av stab og lokaler": (3_212_878.45, 3_021_000),
    "Kjøp/leasing": (477_088.20, 321_000),
    "Konsulenter": (3_001_176.42, 715_000),
    "Lisens, vedlikehold og support": (55_995_243.10, 51_176_000),
    "Samband og Tele": (4_315_907.65, 4_638_000),
    "Inntekter": (-9_988_725.25, -5_238_000),
}

# Table 1.1, 2024-10-01 (the report of September). The budget's total is 89,477,000 exactly.
OPERATING_2024 = {
    # expense type: (actual to September, budget, adopted forecast)
    "Lønn": (20_474_218.60, 32_526_800, 29_893_400),
    "Drift av stab og lokaler": (2_789_305.15, 3_440_300, 3_249_600),
    "Kjøp/leasing": (132_240.00, 326_000, 176_300),
    "Konsulenter": (2_602_187.75, 500_000, 2_602_200),
    "Lisens, vedlikehold og support": (52_009_374.50, 53_173_900, 54_648_200),
    "Samband og Tele": (3_173_166.40, 4_442_000, 4_292_200),
    "Inntekter": (-6_162_801.20, -4_932_000, -7_322_800),
}

# Table 1.2, 2023-12-31.
INVESTMENTS_2023 = {
    # project: (actual, budget)
    "Videreutvikling P360 og M365": (0, 100_000),
    "Digitalisering oppvekst": (0, 800_000),
    "Innbyggerportal": (0, 600_000),
    "Helseplattformen": (5_782_104.80, 4_500_000),
    "Digitalisering teknisk sektor": (947_961.30, 1_400_000),
    "Nytt system for lønn, økonomi og personal": (0, 900_000),
    "App-utvikling": (1_108_035.55, 900_000),
    "Uforutsette kommuneprosjekter": (0, 500_000),
    "Grunnmur del 3": (1_920_917.25, 1_000_000),
    "Beredskapsplattform": (0, 1_800_000),
    "Zero-trust nettverk": (1_188_022.40, 500_000),
    "Klientsikkerhet": (0, 1_000_000),
    "Uforutsette tiltak infrastruktur": (172_958.70, 500_000),
}

# Table 1.2, 2024-10-01.
INVESTMENTS_2024 = {
    # project: (actual to September, budget, adopted forecast)
    "Innbyggerportal": (25_031.25, 600_000, 400_000),
    "Videreutvikling P360 og M365": (173_964.50, 300_000, 200_000),
    "Helseplattformen": (101_020.00, 0, 101_020),
    "Digitalisering teknisk sektor": (376_058.75, 900_000, 500_000),
    "Visma Enterprise+": (272_941.90, 500_000, 300_000),
    "App-utvikling": (1_382_017.35, 885_000, 1_885_000),
    "Uforutsette kommuneprosjekter": (426_977.80, 300_000, 500_000),
    "Grunnmur del 3": (65_012.10, 4_000_000, 1_500_000),
    "Beredskapsplattform": (0, 1_315_000, 0),
    "Uforutsette tiltak infrastruktur": (0, 200_000, 200_000),
}

# The instant the tickets of September 2024 were extracted; the day's second critical case came after it.
SEPTEMBER_EXTRACT = "2024-09-27 12:00"

# Tables 2.1.4.6 and 2.1.4.7: (month, priority): incidents within, breached, mean in the target's unit.
INCIDENTS_RESOLVED = {
    ("2024-07", "medium"): (387, 43, 5.0),
    ("2024-07", "high"): (1, 0, 0.0),
    ("2024-08", "low"): (3, 1, 41.9),
    ("2024-08", "medium"): (509, 46, 4.0),
    ("2024-08", "high"): (5, 0, 1.4),
    ("2024-09", "medium"): (482, 80, 5.9),
    ("2024-09", "high"): (4, 1, 9.8),
    ("2024-09", "critical"): (1, 0, 0.7),
}

# The critical and high cases of September: (day, municipality, priority, category). The last high one breached.
MAJOR_INCIDENTS = [
    ("2024-09-04", "Vestnes", "critical", "Helse og velferd"),
    ("2024-09-27", "Vestnes", "critical", "Helse og velferd"),
    ("2024-09-11", "Aukra", "high", "Helse og velferd"),
    ("2024-09-16", "Hustadvika", "high", "Nettverk og samband"),
    ("2024-09-18", "Hustadvika", "high", "Nettverk og samband"),
    ("2024-09-19", "Hustadvika", "high", "Nettverk og samband"),
    ("2024-09-16", "Molde", "high", "Økonomi og personal"),
]

# Sections 2.1.4.3–5: open before each instant.
OPEN_CASES = {
    "2024-02-01 00:00": {"incident": 140, "request": 455},
    SEPTEMBER_EXTRACT: {"incident": 113, "request": 325},
    "2024-11-01 00:00": {"incident": 80, "request": 255},
}

# Section 2.1.4.1: people's cases and alerts created from each month's start to the instant given.
CREATED = {
    ("2024-09-01 00:00", SEPTEMBER_EXTRACT): {"cases": 1245, "alerts": 84},
    ("2024-10-01 00:00", "2024-11-01 00:00"): {"cases": 1456, "alerts": 280},
}
SEPTEMBER_CATEGORIES = {
    "Databruker, tilganger og innlogging": 300,
    "PC, mobiltelefon og tilbehør": 175,
    "Rådgivning": 153,
    "Standardapplikasjoner": 116,
}

# Table 2.1.1, 2024-09-27: (municipality, user group): expired, expiring, in stock, on order.
PC_ROLLOVER = {
    ("Aukra", "Ansatt"): (3, 6, 3, 0),
    ("Aukra", "Elev"): (1, 1, 4, 0),
    ("Molde", "Ansatt"): (8, 59, 47, 236),
    ("Molde", "Elev"): (46, 138, 0, 0),
    ("Rauma", "Ansatt"): (7, 0, 6, 1),
    ("Rauma", "Elev"): (0, 9, 0, 0),
    ("Vestnes", "Ansatt"): (13, 14, 3, 2),
    ("Vestnes", "Elev"): (9, 30, 0, 0),
    ("Hustadvika", "Ansatt"): (8, 13, 24, 1),
    ("Hustadvika", "Elev"): (70, 160, 0, 7),
}

# Sections 2.1.2 and 2.1.3: month: (views, unique users, unique users since launch where printed).
PORTAL = {"2024-09": (1961, 375, None), "2024-10": (3020, 676, 1585)}
CHATBOT = {"2024-09": 56}

# What is known of later months: licences booked in October and November 2024, more than the forecast had left.
LICENCES_OCTOBER_NOVEMBER_2024 = 3_400_000
