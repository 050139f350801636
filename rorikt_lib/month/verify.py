"""Whether what is kept, and what stands on the site, is what was approved."""

from rorikt_lib.publish import site
from rorikt_lib.publish.job import Job
from rorikt_lib.publish.served import places
from rorikt_lib.store.approved import damage, sound
from rorikt_lib.store.manifest import Difference, differences


def verify(job: Job, month: str | None) -> list[Difference]:
    """Every file that is not what was approved, kept or on the job's site; of one month, where that is given."""
    return [*damage(job.folder.data, month), *differences_of_site(job, month), *_claims(job, month)]


def differences_of_site(job: Job, month: str | None) -> list[Difference]:
    """The files of the site that are not what was approved; a folder of it that is missing as a whole counts as one."""
    found: list[Difference] = []
    for name, kept in places(sound(job.folder.data, month)).items():
        folder = job.out / name
        found += differences(kept.manifest.published, folder) if folder.exists() else [Difference(folder, "missing")]
    return found


def _claims(job: Job, month: str | None) -> list[Difference]:
    """Months of the site that say that they are approved, and no approval is kept of them."""
    kept = places(sound(job.folder.data, month))
    others = [f.parent for f in sorted(job.out.glob(f"*/{site.FACTS}")) if f.parent.name not in kept]
    asked = [folder for folder in others if month is None or folder.name.startswith(month)]
    how = "says that it is approved, but no approval is kept"
    return [Difference(folder / site.FACTS, how) for folder in asked if not site.read_facts(folder)["draft"]]
