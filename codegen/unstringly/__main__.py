"""`python -m unstringly` is the command `unstringly`."""

from unstringly.cli import main

main(prog_name="unstringly")
