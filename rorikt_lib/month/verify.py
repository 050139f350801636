"""Whether what is kept, and what stands on the site, is what was approved."""

from rorikt_lib.publish import site
from rorikt_lib.publish.job import Job
from rorikt_lib.publish.month_facts import name_of
from rorikt_lib.publish.served import places
from rorikt_lib.store.approved import damage, sound
from rorikt_lib.store.manifest import Difference, differences


def verify(job: Job, name: str | None) -> list[Difference]:
    """Every file that is not what was approved, kept or on the job's site; of one document, where its name is given."""
    return [*damage(job.folder.data, name), *differences_of_site(job, name), *_claims(job, name)]


def differences_of_site(job: Job, name: str | None) -> list[Difference]:
    """The files of the site that are not what was approved; a folder of it that is missing as a whole counts as one."""
    found: list[Difference] = []
    for place, kept in places(sound(job.folder.data, name)).items():
        folder = job.out / place
        found += differences(kept.manifest.published, folder) if folder.exists() else [Difference(folder, "missing")]
    return found


def _claims(job: Job, name: str | None) -> list[Difference]:
    """Documents of the site that say that they are approved, and no approval is kept of them."""
    kept = places(sound(job.folder.data, name))
    others = [f.parent for f in sorted(job.out.glob(f"*/{site.FACTS}")) if f.parent.name not in kept]
    # What other documents say is not asked: it may be of a version that is not read.
    facts = {folder: site.read_facts(folder) for folder in others if folder.name.startswith(name or "")}
    claims = [folder for folder, of in facts.items() if not of["draft"] and name in (None, name_of(of))]
    return [Difference(folder / site.FACTS, "says that it is approved, but no approval is kept") for folder in claims]
