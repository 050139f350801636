"""rorikt schema."""

from rorikt_lib.commands.options import Workbook, open_folder
from rorikt_lib.terminal import console, done


def schema(workbook: Workbook = None) -> None:
    """Write JSON Schemas of the files that people write into the workbook, and name them in the files' first line.

    Editors then complete and explain the keys. Run it again after an upgrade.
    """
    from rorikt_lib.config.schema import FOLDER, name_schemas, write_schemas

    root = open_folder(workbook).root
    schemas = write_schemas(root)
    for file in name_schemas(root):
        console.print(f"named in the first line of {file.relative_to(root)}", soft_wrap=True)
    done(f"Wrote {len(schemas)} schemas to {root / FOLDER}.")
