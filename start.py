"""Set this project up and run it, with nothing but Python: ``python3 start.py`` (Windows: ``py start.py``).

start.py             set up, plan the sample program and write its Word documents
start.py test ...    also install the test tools, and run the tests
start.py lab         also install Jupyter, and open the notebooks
start.py VERB ...    any verb of iop-sessions; ``start.py --help`` lists them

Everything goes into the folder .venv beside this file. Running it again is safe and quick, and mends a set-up
that was interrupted. The grammar is that of Python 2.7, so that an old Python can say that it is too old.
"""

from __future__ import print_function

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)
ROOT = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = os.path.join(ROOT, ".venv")
PROGRAMS = os.path.join(ENVIRONMENT, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(PROGRAMS, "python.exe" if os.name == "nt" else "python")
PIP = os.path.join(PROGRAMS, "pip.exe" if os.name == "nt" else "pip")
# Stands in .venv while something is being installed: found at the next start, .venv is made anew.
UNFINISHED = os.path.join(ENVIRONMENT, "iop-unfinished")
UNFINISHED_WORDS = (
    "The set-up is not finished; the lines above say why. It needs the network and about 1 GB of disk.\n"
    "Run the same command again: it starts over."
)
# Held while .venv is being made or filled, so that of two starts at once the second one waits.
SETTING_UP = os.path.join(ROOT, ".iop-setup.lock")
# What a verb needs beyond the base; each name is a lock in requirements/.
LOCKS = {"test": ["lab", "test"], "lab": ["lab"]}
LONGEST_ON_WINDOWS = 259
# Letters of the longest path that each lock puts into site-packages, what Python compiles included.
LONGEST_IN = {"base": 115, "lab": 137, "test": 124}


class SetUpFailed(Exception):
    """Say why the set-up could not be finished."""


def main(arguments):
    """Set up what the arguments need, run them, and return the exit code."""
    refusal = refuse_version(sys.version_info)
    if refusal:
        say(refusal)
        return 1
    try:
        set_up(LOCKS.get(arguments[0], []) if arguments else [])
        return run(command_for(arguments), folder_for(arguments))
    except (SetUpFailed, EnvironmentError) as failure:
        say(failure)
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Run the same command again to finish the set-up.")
        return 130


def say(words):
    """Tell the user something, beside what a verb prints for other programs to read."""
    print(words, file=sys.stderr)


def refuse_version(version):
    """Return why this Python cannot be used, or an empty string."""
    found = tuple(version[:2])
    if OLDEST <= found <= NEWEST:
        return ""
    age = "too old" if found < OLDEST else "newer than this project was tested with"
    return (
        "This is Python {0}.{1}, which is {2}: iop-sessions needs Python {3}.{4} to {5}.{6}.\n"
        "Install Python {5}.{6} from python.org, then run: python{5}.{6} start.py "
        "(Windows: py -{5}.{6} start.py)"
    ).format(found[0], found[1], age, OLDEST[0], OLDEST[1], NEWEST[0], NEWEST[1])


def command_for(arguments):
    """Return the command of the environment's Python that the arguments ask for."""
    verb = arguments[0] if arguments else "start"
    rest = arguments[1:]
    if verb == "test":
        return [PYTHON, "-m", "pytest"] + rest
    return [PYTHON, "-m", "iop_sessions", verb] + rest


def folder_for(arguments):
    """Return the folder to run in: where the user stands, if a workspace holds that folder, else this one."""
    here = os.getcwd()
    verb = arguments[0] if arguments else "start"
    if verb in ("start", "test"):
        return ROOT
    return here if verb == "new" or in_workspace(here) else ROOT


def in_workspace(folder):
    """Say whether a folder is a workspace, or lies in one."""
    if all(os.path.isdir(os.path.join(folder, name)) for name in ("curriculum", "templates")):
        return True
    above = os.path.dirname(folder)
    return above != folder and in_workspace(above)


def set_up(locks):
    """Bring .venv to the state of the base lock and the named ones; do nothing where it is there already."""
    if is_complete(["base"] + locks):
        return
    refuse_long_path(ROOT, locks)
    with alone():
        if not is_complete(["base"] + locks):  # another start may have finished it meanwhile
            complete(locks)


def refuse_long_path(folder, locks):
    """Say so where a path below a folder would be longer than Windows takes, before pip fails on it."""
    room = (
        LONGEST_ON_WINDOWS
        - len("\\.venv\\Lib\\site-packages\\")
        - max(LONGEST_IN[each] for each in ["base"] + locks)
    )
    if os.name == "nt" and len(folder) > room and not takes_long_paths():
        raise SetUpFailed(
            "The path of this folder is {0} letters long, and this Windows has room for {1}:\n{2}\nMove the "
            "folder to a shorter place, such as C:\\iop, and run the same command there.".format(
                len(folder), room, folder
            )
        )


def takes_long_paths():
    """Say whether this Windows was told to take paths of any length."""
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
            return winreg.QueryValueEx(key, "LongPathsEnabled")[0] == 1
    except EnvironmentError:
        return False


def is_complete(locks):
    """Say whether .venv holds all that these locks ask for."""
    if os.path.exists(UNFINISHED) or any(read_stamp(lock) != stamp(lock) for lock in locks):
        return False
    return not any(lost_packages(lock) for lock in locks)


def complete(locks):
    """Install what is missing; an environment that was broken off, moved or damaged is made anew."""
    lost = sorted(set(name for lock in stamped_locks() for name in lost_packages(lock)))
    if lost:
        say("Something took these out of .venv: {0}. It is made anew.".format(", ".join(lost)))
    if lost or os.path.exists(UNFINISHED) or read_stamp("base")[:1] != stamp("base")[:1]:
        make_environment()
    if read_stamp("base") != stamp("base"):
        say("Setting up in .venv. The first time this takes a minute or two ...")
        install("base", ["--no-deps", "--no-build-isolation", "-e", ROOT])
    for lock in locks:
        if read_stamp(lock) != stamp(lock):
            say("Adding the {0} tools. The first time this takes a minute or two ...".format(lock))
            install(lock)


@contextlib.contextmanager
def alone():
    """Let one start at a time set up; the system frees the lock even of one that was killed."""
    try:
        lock = open(SETTING_UP, "ab")  # noqa: SIM115 - closed below; a `with` here would word other errors too
    except EnvironmentError as error:
        raise SetUpFailed(
            "Could not write into the folder {0}: {1}\nThe set-up needs a folder that you may write to: copy "
            "this one to your documents and run start.py there.".format(ROOT, error.strerror)
        )
    with contextlib.closing(lock):
        if not take(lock):
            say("Another start is setting up this folder; waiting for it ...")
            while not take(lock, patient=True):
                pass
        yield


def take(lock, patient=False):
    """Take the lock, or say that another start holds it; a patient one waits for it first."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK if patient else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock.fileno(), fcntl.LOCK_EX if patient else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except EnvironmentError:
        return False
    return True


def make_environment():
    """Make an empty .venv with this Python; whatever stood there goes."""
    try:
        if os.path.exists(ENVIRONMENT):
            shutil.rmtree(ENVIRONMENT)
    except OSError as error:
        raise SetUpFailed(
            "Could not replace the folder {0}: {1}\nClose every program that uses it (Jupyter, an editor, "
            "a terminal) and run the same command again.".format(ENVIRONMENT, error.strerror)
        )
    # A Python that itself runs in .venv would delete itself; its base stays.
    python = getattr(sys, "_base_executable", None) or sys.executable
    uv = find_uv()
    made = [uv, "venv", "--quiet", "--python", python] if uv else [python, "-m", "venv"]
    must_run(made + [ENVIRONMENT], "Could not make {0}. {1}".format(ENVIRONMENT, another_python(python)))


def another_python(python):
    """Say how to come by a Python that can make an environment."""
    if "\\windowsapps\\" in python.lower():
        return (
            "This Python is the one of the Microsoft Store, which may not write everywhere. Install Python "
            "{0}.{1} from python.org, then run: py -{0}.{1} start.py"
        ).format(NEWEST[0], NEWEST[1])
    return "On Debian and Ubuntu: sudo apt install python3-venv. Then run the same command again."


def install(lock, project=None):
    """Install a lock into .venv, then the project if asked, and write the stamp last."""
    write(UNFINISHED, lock)
    installer = find_installer()
    must_run(
        installer + ["--require-hashes", "--only-binary", ":all:", "-r", lock_file(lock)], UNFINISHED_WORDS
    )
    if project:
        must_run(installer + project, UNFINISHED_WORDS)
    write(stamp_file(lock), "\n".join(stamp(lock)))
    os.remove(UNFINISHED)


def find_installer():
    """Return the command that installs into .venv; one that uv made gets pip where uv has gone since."""
    uv = find_uv()
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", PYTHON]
    if not os.path.exists(PIP):
        must_run([PYTHON, "-m", "ensurepip", "--default-pip"], UNFINISHED_WORDS)
    return [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]


def must_run(command, trouble):
    """Run a step of the set-up, or fail with words about it."""
    try:
        code = run(command, ROOT)
    except SetUpFailed as failure:
        raise SetUpFailed("{0}\n{1}".format(failure, trouble))
    if code == 130:
        raise KeyboardInterrupt
    if code:
        raise SetUpFailed(trouble)


def run(command, folder):
    """Run a command, leave Ctrl-C to it, and return its exit code."""
    stopped = []
    before = signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
    try:
        code = subprocess.Popen(command, cwd=folder, env=clean_settings()).wait()
    except OSError as error:
        raise SetUpFailed("Could not run {0}: {1}".format(command[0], error.strerror))
    finally:
        signal.signal(signal.SIGINT, before)
    if stopped:
        return 130
    return 128 - code if code < 0 else code


def clean_settings():
    """Return the user's environment without what would lead Python or pip out of .venv."""
    strays = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX")
    kept = dict((name, value) for name, value in os.environ.items() if name not in strays)
    return dict(kept, PIP_USER="0")  # it goes before user = true in pip.conf or pip.ini


def find_uv():
    """Return the path of uv, or nothing where it is absent or IOP_NO_UV is set."""
    return None if os.environ.get("IOP_NO_UV") else shutil.which("uv")


def lock_file(lock):
    """Return the path of a lock."""
    return os.path.join(ROOT, "requirements", lock + ".txt")


def stamp_file(lock):
    """Return the path of the file that says a lock is installed."""
    return os.path.join(ENVIRONMENT, "iop-{0}.stamp".format(lock))


def stamp(lock):
    """Return what a finished set-up writes down: the Python and the place, and what was installed."""
    content = hashlib.sha256()
    for path in (lock_file(lock), os.path.join(ROOT, "pyproject.toml")):
        with open(path, "rb") as source:
            content.update(source.read())
    origin = "Python {0}.{1} in {2}".format(sys.version_info[0], sys.version_info[1], ROOT)
    return [origin, content.hexdigest()]


def read_stamp(lock):
    """Return the lines of a stamp, or none where the environment or the stamp is missing."""
    if not (os.path.exists(PYTHON) and os.path.exists(stamp_file(lock))):
        return []
    with open(stamp_file(lock), "rb") as source:
        return source.read().decode("utf-8").split("\n")


def stamped_locks():
    """Return the locks that were installed into .venv, in the state of today or an earlier one."""
    return [lock for lock in ("base", "lab", "test") if read_stamp(lock)]


def lost_packages(lock):
    """Return the packages of an installed lock of which .venv misses the record or a first module."""
    with open(lock_file(lock), "rb") as source:
        # One with a condition behind its version may not belong on this system.
        pinned = re.findall(r"^([a-z0-9-]+)==[^ ;]+ \\", source.read().decode("utf-8"), re.MULTILINE)
    there = records()
    return [name for name in pinned if name not in there or not has_modules(there[name])]


def records():
    """Return the record of files of each package in .venv, by its name."""
    folder = packages_folder()
    infos = [name for name in os.listdir(folder) if name.endswith(".dist-info")] if folder else []
    named = dict((re.sub("[-_.]+", "-", name.split("-")[0]).lower(), name) for name in infos)
    return dict((name, os.path.join(folder, info, "RECORD")) for name, info in named.items())


def packages_folder():
    """Return the folder into which .venv takes packages, or an empty string."""
    version = "python{0}.{1}".format(sys.version_info[0], sys.version_info[1])
    for inside in ("Lib/site-packages", "lib/{0}/site-packages".format(version)):
        folder = os.path.join(ENVIRONMENT, inside)
        if os.path.isdir(folder):
            return folder
    return ""


def has_modules(record):
    """Say whether the modules that a package is imported by are where its record says."""
    try:
        with open(record, "rb") as source:
            text = source.read().decode("utf-8")
    except EnvironmentError:
        return False
    first = re.findall(r"^([^/,\n]+(?:/__init__)?\.(?:py|pyd|so)),", text, re.MULTILINE)
    folder = os.path.dirname(os.path.dirname(record))
    return all(os.path.exists(os.path.join(folder, name)) for name in first)


def write(path, text):
    """Write a small text file."""
    with open(path, "wb") as target:
        target.write(text.encode("utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
