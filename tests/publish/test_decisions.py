"""What is to be decided comes from the chapters to the facts of the month."""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from rorikt_lib.publish.decisions import decisions_of
from rorikt_lib.publish.outputs import read_chapter


def test_what_is_to_be_decided_is_told_apart_from_nothing_to_decide_and_from_silence(tmp_path):
    ask = {"text": "Bestilling av 3 PC-er", "table": "pc-rullering"}
    files = []
    for number, facts in enumerate(({"decisions": [ask]}, {"decisions": []}, {})):
        output = new_output("display_data", data={"text/markdown": ""}, metadata={"rorikt": facts})
        files.append(tmp_path / f"{number}.ipynb")
        nbformat.write(new_notebook(cells=[new_code_cell("x", outputs=[output])]), files[-1])
    told, nothing, silent = map(read_chapter, files)
    assert decisions_of([silent, told]) == {"decisions": [ask]}
    assert decisions_of([nothing]) == {"decisions": []}
    assert decisions_of([silent]) == {}
