"""Windows readiness: which version each PC has, and whether its support lasts until it is replaced."""

import numpy as np
import pandas as pd

from rorikt_lib.config.devices import WindowsVersion
from rorikt_lib.terms.enums import UNKNOWN, Support
from rorikt_lib.terms.sums import with_sum

FIRST_WINDOWS_11_BUILD = 22000
_VERSIONS = ["windows_11", "older_windows", "unknown_build"]


def with_support(pcs: pd.DataFrame, versions: list[WindowsVersion]) -> pd.DataFrame:
    """The PCs with build, version, supported_until and support (terms.enums.Support).

    build is missing where os_build is not a Windows build; version and date where the build is not among `versions`.
    pcs: see terms.with_terms.
    """
    build = _builds(pcs.os_build)
    names = {each.build: each.version for each in versions}
    until = pd.Series({each.build: pd.Timestamp(each.supported_until) for each in versions}, dtype="datetime64[us]")
    supported_until = build.map(until)
    known = [supported_until < pcs.extracted_on, supported_until < pcs.replace_on, supported_until >= pcs.replace_on]
    support = np.select([each.to_numpy(bool) for each in known], range(3), default=3)
    return pcs.assign(
        build=build,
        version=build.map(names).astype("str"),
        supported_until=supported_until,
        support=pd.Categorical.from_codes(support, [*Support]),
    )


def _builds(texts: pd.Series) -> pd.Series:
    """`19045` of `10.0.19045.4894`; missing where it is not so written."""
    codes, known = pd.factorize(texts)
    numbers = pd.Series(known, dtype="str").str.extract(r"^(?:6|10)\.\d+\.(\d+)", expand=False)
    builds = np.append(pd.to_numeric(numbers, errors="coerce").to_numpy(float, na_value=np.nan), np.nan)
    return pd.Series(builds[codes], index=texts.index, name="build")


def windows_readiness(pcs: pd.DataFrame, municipalities: list[str]) -> pd.DataFrame:
    """One row per municipality: PCs on Windows 11, older and unknown; share on Windows 11; and by support.

    PCs of none (`unknown`), where there are any, stand last. pcs: see `with_support`. No rows without PCs.
    """
    counts = pd.DataFrame(
        {
            "windows_11": pcs.build >= FIRST_WINDOWS_11_BUILD,
            "older_windows": pcs.build < FIRST_WINDOWS_11_BUILD,
            "unknown_build": pcs.build.isna(),
        }
        | {name: pcs.support == name for name in Support}
    ).groupby(pcs.municipality.fillna(UNKNOWN))
    places = [*municipalities, *([UNKNOWN] if pcs.municipality.isna().any() else [])]
    table = counts.sum().reindex(places if len(pcs) else [], fill_value=0)
    table.insert(3, "share_windows_11", _share(table))
    return table.rename_axis("municipality").reset_index()


def with_total(windows: pd.DataFrame) -> pd.DataFrame:
    """`windows_readiness` and a last row, SUM, over all municipalities; no rows without PCs."""
    table = with_sum(windows, "municipality")
    return table.assign(share_windows_11=_share(table))


def windows_versions(pcs: pd.DataFrame) -> pd.DataFrame:
    """One row per Windows version in use, the first to lose support first: supported_until, pcs, and by support.

    pcs: see `with_support`. Builds that are not known stand last, in one row without version (`unknown`) and date.
    """
    rows = pd.get_dummies(pcs.support, dtype=int).assign(
        version=pcs.version.fillna(UNKNOWN), supported_until=pcs.supported_until, pcs=1
    )
    table = rows.groupby(["supported_until", "version"], dropna=False)[["pcs", *Support]].sum().reset_index()
    return table[["version", "supported_until", "pcs", *Support]]


def _share(table: pd.DataFrame) -> pd.Series:
    total = table[_VERSIONS].sum(axis=1)
    return (table.windows_11 / total).where(total > 0)
