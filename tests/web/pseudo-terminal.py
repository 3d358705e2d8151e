"""Runs a command in a pseudo-terminal: pseudo-terminal.py COMMAND... < steps.json

The steps are a list of [text to wait for, text to type]. Everything that the terminal showed goes to the standard
output; the exit status is the command's, or 99 when a text did not come within ten seconds.
"""
import json
import os
import pty
import select
import sys
import time

PATIENCE_SECONDS = 10


def main():
    steps = json.load(sys.stdin)
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(sys.argv[1], sys.argv[1:])
    shown = b""
    seen = 0
    for wait_for, typed in steps + [[None, None]]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while wait_for is None or wait_for.encode() not in shown[seen:]:
            left = deadline - time.monotonic()
            piece = read(terminal, left) if left > 0 else None
            if piece is None:
                sys.stdout.buffer.write(shown)
                os.kill(child, 9)
                sys.exit(99)
            if piece == b"":
                break
            shown += piece
        if wait_for is not None:
            seen = max(shown.find(wait_for.encode(), seen), seen)
            os.write(terminal, typed.encode())
    sys.stdout.buffer.write(shown)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def read(terminal, seconds):
    """What came; nothing at the end; None when time is over."""
    if not select.select([terminal], [], [], seconds)[0]:
        return None
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


main()
