"""What the manifests of addons say of each other, without a database."""

import ast
from functools import cache

from . import paths
from .say import Failure


def read(folder):
    """The manifest of the addon in this folder."""
    file = folder / "__manifest__.py"
    if not file.is_file():
        raise Failure(f"there is no addon: {file} is missing")
    return ast.literal_eval(file.read_text())


def dependencies():
    """What the main addon depends on."""
    return sorted(read(paths.ROOT / paths.ADDON)["depends"])


def apps():
    """The apps of Odoo's that stand beside ours in one database of the tests: those that most
    companies have, and what the glue addons join."""
    joined = {name for folder in paths.glue() for name in read(folder)["depends"]}
    return sorted({*APPS, *joined} - {folder.name for folder in paths.addons()})


APPS = ("base_automation", "hr_holidays", "hr_recruitment", "website")


def own_addons(*apps):
    """The folders of ours that are installed where these apps are: the main addon, and the glue
    that comes with it."""
    found = installed_with(paths.ADDON, *apps)
    return [folder for folder in paths.addons() if folder.name in found]


def installed_with(*modules):
    """All that is there when these are installed: what they depend on, and what Odoo installs
    by itself beside it."""
    manifests = _manifests()
    found, waiting = set(), set(modules)
    while waiting:
        found |= waiting
        needed = {name for module in waiting for name in manifests[module]["depends"]}
        # what comes by itself comes when nothing else is missing
        waiting = (needed - found) or {
            name
            for name, manifest in manifests.items()
            if name not in found and _comes_by_itself(manifest, found)
        }
    return found


def _comes_by_itself(manifest, found):
    """`auto_install` is a list of what calls for it, or says that all it depends on does."""
    said = manifest.get("auto_install")
    if not said or not manifest.get("installable", True) or manifest.get("countries"):
        return False
    return found.issuperset(manifest["depends"] if said is True else said)


@cache
def _manifests():
    """{name: manifest} of all of Odoo's addons and ours."""
    folders = [file.parent for file in paths.odoo_addons().glob("*/__manifest__.py")]
    base = {"base": {"depends": []}}
    read_all = {folder.name: read(folder) for folder in [*folders, *paths.addons()]}
    return {**base, **{name: {"depends": ["base"], **said} for name, said in read_all.items()}}
