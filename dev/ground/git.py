"""What git knows of the project. It may be missing, and the project may be a bare download."""

import subprocess

from . import paths
from .say import Failure


def read(*args):
    """What a command of git prints on this project, as bytes.

    :raise Failure: git is not there, or refuses, as in a folder that is no clone
    """
    try:
        done = subprocess.run(["git", "-C", paths.ROOT, *args], capture_output=True)
    except FileNotFoundError:
        raise Failure("git is missing: `apt-get install git`, and run it again") from None
    if done.returncode:
        words = " ".join(done.stderr.decode(errors="replace").split())
        raise Failure(f"git cannot read {paths.ROOT} ({words}): run it in a clone of the project")
    return done.stdout


def files(*options):
    """The project's files as they are now, by their paths in it; `options` of `git ls-files`.

    :raise Failure: see `read`
    """
    names = read("ls-files", "-z", *options).decode().split("\0")
    return [name for name in names if name and (paths.ROOT / name).is_file()]
