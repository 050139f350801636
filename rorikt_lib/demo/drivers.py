"""The published cost drivers of 2025 and the adopted shares before. Source: the organisation's board papers.

Only facts stand here. A category without costs is shared by the weights of the model in workbook.yml.
"""

from __future__ import annotations

PLACES = ["Aukra", "Hustadvika", "Molde", "Rauma", "Vestnes"]

# Category: (item, cost in NOK, key of each of PLACES).
DRIVERS_2025: dict[str, list[tuple[str, int | None, tuple[float, ...]]]] = {
    "Diverse": [
        ("Antall brukere admin", None, (109, 274, 800, 205, 172)),
        ("Antall brukere skole", None, (237, 482, 1_190, 244, 306)),
        ("Antall brukere helse", None, (212, 672, 2_044, 434, 779)),
    ],
    "Lønnsbasert": [
        ("PC-er", None, (326, 746, 1_825, 412, 421)),
        ("Kundeservice og drift", None, (383, 964, 2_465, 516, 632)),
        ("Rådgivning", None, (383, 964, 2_465, 516, 632)),
    ],
    "Lisens, vedlikehold, support": [
        ("Microsoft admin", 8_492_122, (109, 274, 800, 205, 172)),
        ("Microsoft skole", 2_796_222, (237, 482, 1_190, 244, 306)),
        ("Microsoft helse", 7_367_382, (212, 672, 2_044, 434, 779)),
        ("Microsoft Azure usage", 400_000, (321, 946, 2_844, 639, 951)),
        ("Visma", 7_937_348, (3_685, 13_423, 32_920, 7_169, 7_128)),
        ("Visma Enterprise Pluss", 6_250_000, (3_685, 13_423, 32_920, 7_169, 7_128)),
        ("eHandel aksesspunkt", 294_467, (0.25, 0.25, 0.25, 0.25, 0)),
        ("MDM Helse - E-FOTA", 48_179, (25, 0, 62, 33, 25)),
        ("Skoleadm + elevportal", 652_332, (237, 482, 1_190, 244, 306)),
        ("Innbyggerportal", 715_660, (3_685, 13_423, 32_920, 7_169, 7_128)),
        ("Citrix", 350_000, (64, 170, 454, 104, 122)),
        ("Checkpoint", 1_993_128, (558, 1_428, 4_034, 883, 1_257)),
        ("Norkart vedlikehold", 6_423_798, (611_875, 1_833_016, 1_667_389, 924_196, 1_170_092)),
        ("Norkart driftsutgifter", 507_150, (53_437, 142_983, 150_623, 69_690, 73_267)),
        ("P360+eByggesak 360+Documaster", 5_807_662, (304, 0, 1_289, 407, 307)),
        ("Bookup", 225_792, (3_857, 5_726, 9_233, 0, 0)),
        ("Imageshop", 147_791, (383, 964, 2_465, 516, 632)),
        ("Varsling-Everbridge+Framweb", 373_209, (3_685, 13_423, 32_920, 7_169, 7_128)),
        ("Patch my PC", 315_350, (326, 746, 1_825, 412, 421)),
        ("SOC+", 1_009_000, (326, 746, 1_825, 412, 421)),
        ("Resterende kostnader", 2_778_214, (383, 964, 2_465, 516, 632)),
    ],
    "Samband og tele": [
        ("Svitsjer", None, (85, 135, 350, 62, 56)),
        ("Trådløse aksesspunkt", None, (320, 479, 1_627, 288, 250)),
        ("Antall lokasjoner", None, (26, 66, 126, 33, 34)),
        ("Linjeleie", None, (395_400, 682_836, 1_810_528, 545_880, 359_392)),
    ],
}

# The shares that were adopted, of each of PLACES.
ADOPTED_SHARES = {
    2023: (0.0837, 0.2102, 0.4587, 0.1235, 0.1239),
    2024: (0.0809, 0.1972, 0.4710, 0.1231, 0.1278),
}
