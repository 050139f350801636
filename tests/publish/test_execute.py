"""Chapters run with the parameters they declare, and a failure says where."""

from __future__ import annotations

import queue
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError
from nbformat.v4 import new_code_cell
from notebook_files import parameters, write_notebook
from papermill.translators import PythonTranslator

from rorikt_lib.errors import InputError
from rorikt_lib.publish.execute import declared_parameters, execute, refuse_unknown


def texts(executed: Path) -> str:
    cells = nbformat.read(executed, as_version=4).cells
    return "".join(output.get("text", "") for cell in cells for output in cell.get("outputs", []))


def test_a_chapter_gets_only_the_parameters_it_declares(tmp_path):
    one = write_notebook(tmp_path / "one.ipynb", parameters("period = 'x'"), new_code_cell("print(period)"))
    two = write_notebook(
        tmp_path / "two.ipynb", parameters("top = 1"), new_code_cell("print(top, 'period' in globals())")
    )
    done = []
    executed = execute([one, two], tmp_path / "run", {"period": "2024-09"}, {"top": 7}, done.append)
    assert [texts(path) for path in executed] == ["2024-09\n", "7 False\n"]
    assert sorted(done) == ["one", "two"]


def test_a_parameter_that_no_chapter_declares_is_refused_before_anything_runs(tmp_path):
    chapter = write_notebook(tmp_path / "one.ipynb", parameters("period = 'x'\ntop = 3"))
    with pytest.raises(InputError, match=r"'topp'.*use one of: period, top"):
        refuse_unknown({"topp": 7}, declared_parameters(chapter))


@pytest.mark.parametrize(
    "source",
    [
        "period = 'x'",
        "period: str = 'x'  # of the report\ntop:int=3",
        "%matplotlib inline\ntop = 3\nassert top == 3",
        "groups = {\n    'one': 1,\n    'two': '=',\n}\nøre = None",
        "# top = 3\nprint('top == 3')",
    ],
)
def test_parameters_are_those_that_papermill_finds(tmp_path, source):
    chapter = write_notebook(tmp_path / "one.ipynb", parameters(source))
    found = PythonTranslator.inspect(parameters(source))
    assert declared_parameters(chapter) == {parameter.name for parameter in found}


@pytest.mark.parametrize("source", ["top = 'a=b'", "top: 'str | None' = None", "top = other = 2"])
def test_parameters_are_found_that_papermill_misses(tmp_path, source):
    assert PythonTranslator.inspect(parameters(source)) == []
    assert declared_parameters(write_notebook(tmp_path / "one.ipynb", parameters(source))) == {"top"}


def test_a_failing_cell_is_named_with_its_number_in_the_chapter_and_the_last_line_of_the_error(tmp_path):
    chapter = write_notebook(
        tmp_path / "one.ipynb", parameters("period = 'x'"), new_code_cell("1"), new_code_cell("{}['Molde']")
    )
    with pytest.raises(InputError, match=r"one\.ipynb, cell 3: KeyError: 'Molde'\. Remedy: "):
        execute([chapter], tmp_path / "run", {"period": "2024-09"}, {}, print)


def test_bad_input_found_by_a_chapter_keeps_its_own_remedy(tmp_path):
    raises = "from rorikt_lib.errors import InputError\nraise InputError('no ledger', remedy='export it')"
    chapter = write_notebook(tmp_path / "one.ipynb", new_code_cell(raises))
    with pytest.raises(InputError, match=r"one\.ipynb, cell 1: no ledger\. Remedy: export it$"):
        execute([chapter], tmp_path / "run", {}, {}, print)


def test_a_kernel_whose_port_was_taken_before_it_began_is_started_again(tmp_path, monkeypatch):
    chapter, run, died = (
        write_notebook(tmp_path / "one.ipynb", new_code_cell("print('ran')")),
        papermill.execute_notebook,
        [],
    )

    def taken(*given, **named):
        if len(died) < 2:
            died.append(named)
            raise RuntimeError("Kernel died before replying to kernel_info")
        return run(*given, **named)

    monkeypatch.setattr(papermill, "execute_notebook", taken)
    assert texts(execute([chapter], tmp_path / "run", {}, {}, print)[0]) == "ran\n"
    died.clear()
    monkeypatch.setattr(papermill, "execute_notebook", lambda *given, **named: taken() if not died.clear() else None)
    with pytest.raises(InputError, match="Kernel died before replying"):
        execute([chapter], tmp_path / "run", {}, {}, print)


def test_where_a_chapter_fails_the_one_beside_it_is_not_left_running(tmp_path):
    fails = write_notebook(tmp_path / "one.ipynb", new_code_cell("1 / 0"))
    done = tmp_path / "done"
    slow = write_notebook(
        tmp_path / "two.ipynb", new_code_cell(f"import time; time.sleep(1); open({str(done)!r}, 'w').close()")
    )
    with pytest.raises(InputError, match=r"one\.ipynb, cell 1: ZeroDivisionError"):
        execute([fails, slow], tmp_path / "run", {}, {}, print)
    assert done.exists()


@pytest.mark.deep
def test_a_kernel_ends_with_who_builds_even_where_that_was_killed(tmp_path):
    waits = write_notebook(
        tmp_path / "one.ipynb", new_code_cell("import os; print(os.getpid()); import time; time.sleep(60)")
    )
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom rorikt_lib.publish.execute import execute\n"
        f"execute([Path({str(waits)!r})], Path({str(tmp_path / 'run')!r}), {{}}, {{}}, print)\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE) as builder:
        with pytest.raises(subprocess.TimeoutExpired):
            builder.wait(timeout=15)
        builder.kill()
        # Read to its end, which comes when nobody holds it any more.
        assert builder.communicate(timeout=30) == (b"", None)


def test_a_chapter_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.ipynb: no such chapter.*_quarto\.yml.*documents/"):
        execute([tmp_path / "gone.ipynb"], tmp_path / "run", {}, {}, print)


def test_the_kernel_is_this_interpreter_even_where_another_one_is_called_python3(tmp_path, monkeypatch):
    other = tmp_path / "share" / "kernels" / "python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text('{"argv": ["/bin/false"], "display_name": "x", "language": "python"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    chapter = write_notebook(tmp_path / "one.ipynb", new_code_cell("import sys; print(sys.executable)"))
    import sys

    assert texts(execute([chapter], tmp_path / "run", {}, {}, print)[0]).strip() == sys.executable


def test_a_chapter_runs_in_the_environment_and_the_folder_of_who_builds(tmp_path, monkeypatch):
    monkeypatch.setenv("RORIKT_TRIED", "now")
    monkeypatch.chdir(tmp_path)
    shows = new_code_cell("import os; print(os.environ['RORIKT_TRIED'], os.getcwd())")
    chapter = write_notebook(tmp_path / "one.ipynb", shows)
    assert texts(execute([chapter], tmp_path / "run", {}, {}, print)[0]) == f"now {tmp_path.resolve()}\n"


def test_a_kernel_that_dies_is_named_with_its_chapter(tmp_path):
    chapter = write_notebook(tmp_path / "one.ipynb", new_code_cell("import os; os._exit(3)"))
    with pytest.raises(InputError, match=r"one\.ipynb: .*[Dd]ied"):
        execute([chapter], tmp_path / "run", {}, {}, print)


@pytest.mark.deep
def test_a_script_that_guards_nothing_builds_once(tmp_path):
    chapter = write_notebook(tmp_path / "one.ipynb", new_code_cell("print(1)"))
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom rorikt_lib.publish.execute import execute\n"
        f"execute([Path({str(chapter)!r})], Path({str(tmp_path / 'run')!r}), {{}}, {{}}, print)\n",
        encoding="utf-8",
    )
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, timeout=120)
    assert (run.returncode, run.stdout) == (0, "one\n"), run.stderr[-2000:]


@pytest.mark.parametrize(
    "failure",
    [RuntimeError("Kernel didn't respond in 60 seconds"), queue.Empty(), CellTimeoutError("A cell timed out")],
)
def test_a_kernel_that_does_not_answer_in_time_is_one_line_with_its_chapter(tmp_path, monkeypatch, failure):
    def fail(*_, **__):
        raise failure

    chapter = write_notebook(tmp_path / "one.ipynb", new_code_cell("1"))
    monkeypatch.setattr("papermill.execute_notebook", fail)
    with pytest.raises(InputError, match=r"one\.ipynb: .* Remedy: run the notebook in JupyterLab"):
        execute([chapter], tmp_path / "run", {}, {}, print)
