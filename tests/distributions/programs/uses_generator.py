"""A program that generates packages in its own build, with the generator's typed functions."""

from pathlib import Path
from typing import assert_type

from unstringly.checked import Checked
from unstringly.diagnostics import Diagnostic
from unstringly.inputs import service_folders
from unstringly.pipeline import build, check

folders = service_folders(Path("wsdl"))
assert_type(folders, tuple[Path, ...])

checked = check(folders, Path.cwd())
assert_type(checked, Checked)
assert_type(checked.ok, bool)
for finding in checked.findings:
    assert_type(finding, Diagnostic)
    assert_type(finding.message, str)
assert_type(build(checked, whole=True), dict[str, str])
