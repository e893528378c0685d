"""Run one program as if it had been started in our place.

The program gets the terminal, our standard input, and a copy of the cluster's
lock; we get its exit code. Signals reach it exactly once, whether they come from
the keyboard or from `kill`, and it does not outlive us.
"""

import contextlib
import ctypes
import os
import signal
import subprocess

FORWARDED = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def leave_group():
    """In a new child: be out of reach of the keyboard's signals."""
    os.setpgid(0, 0)


def die_with_parent(number=signal.SIGTERM):
    """In a new child: end when whoever started it ends, even by `kill -9`."""
    LIBC.prctl(PR_SET_PDEATHSIG, number)


def start(command, *, lock=None, **kwargs):
    """Start a program in a process group of its own."""
    parent = os.getpid()

    def prepare():
        leave_group()
        die_with_parent()
        if os.getppid() != parent:
            os._exit(1)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])

    return subprocess.Popen(
        list(map(str, command)),
        preexec_fn=prepare,
        pass_fds=[] if lock is None else [lock],
        **kwargs,
    )


def replace(command, *, lock=None, **kwargs):
    """Run a program to its end and return its exit code as a shell would."""
    signal.pthread_sigmask(signal.SIG_BLOCK, FORWARDED | {signal.SIGCHLD})
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    terminal = _own_terminal()
    process = start(command, lock=lock, **kwargs)
    _give_terminal(terminal, process.pid)
    try:
        while True:
            pid, status = os.waitpid(process.pid, os.WNOHANG | os.WUNTRACED)
            if not pid:
                _pass_on(process)
            elif os.WIFSTOPPED(status):
                _pause(terminal, process)
            else:
                break
    finally:
        _give_terminal(terminal, os.getpgrp())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, FORWARDED | {signal.SIGCHLD})
    process.returncode = code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def _own_terminal():
    """The terminal's descriptor when we are what it talks to, else None."""
    try:
        return 0 if os.tcgetpgrp(0) == os.getpgrp() else None
    except OSError:
        return None


def _give_terminal(terminal, group):
    if terminal is not None:
        # the terminal may be gone, or the program have ended already
        with contextlib.suppress(OSError):
            os.tcsetpgrp(terminal, group)


def _pass_on(process):
    """Wait for something to happen; hand a signal that was meant for it over."""
    info = signal.sigtimedwait(FORWARDED | {signal.SIGCHLD}, 1)
    if info and info.si_signo != signal.SIGCHLD:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, info.si_signo)


def _pause(terminal, process):
    """Ctrl-Z: stop with the program, and go on with it."""
    _give_terminal(terminal, os.getpgrp())
    os.kill(os.getpid(), signal.SIGSTOP)
    _give_terminal(terminal, process.pid)
    os.killpg(process.pid, signal.SIGCONT)
