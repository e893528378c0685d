"""Small helpers on files: digests, stamps, locks, atomic writes."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import time

from . import paths
from .say import say


def digest(path):
    with open(path, "rb") as stream:
        return (
            hashlib.file_digest(stream, "sha256").hexdigest()
            if hasattr(hashlib, "file_digest")
            else hashlib.sha256(stream.read()).hexdigest()
        )


def digest_of(*parts):
    """One digest of texts and of files' contents."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if hasattr(part, "read_bytes") else str(part).encode()
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


def write(path, text):
    """Write a file in one go: whoever reads it sees the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_text(text)
    fresh.replace(path)


def stamp_matches(name, value):
    stamp = paths.STATE / name
    return stamp.is_file() and stamp.read_text() == value


def set_stamp(name, value):
    write(paths.STATE / name, value)


def remove_stamp(name):
    (paths.STATE / name).unlink(missing_ok=True)


def remove_tree(path):
    """Remove a folder in one go: renamed first, so that no half of it stays."""
    if path.exists():
        doomed = path.with_name(f"{path.name}.{os.getpid()}.old")
        path.rename(doomed)
        shutil.rmtree(doomed)


@contextlib.contextmanager
def exclusive(path, waiting):
    """Hold a lock on a file; say what one waits for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as stream:
        if not _lock_soon(stream):
            say(waiting)
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _lock_soon(stream):
    """Try for a moment: what is held so shortly is not worth a message."""
    for _attempt in range(20):
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            time.sleep(0.1)
    return False
