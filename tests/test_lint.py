"""What OCA's template checks is checked here, and nothing of it is switched off."""

import re
import tomllib

import pytest
import yaml
from ground import paths

pytestmark = pytest.mark.takes(1)

HOOKS = {
    *("forbidden-files", "en-po-files", "whool-init", "gen-addon-readme"),
    *("oca-checks-odoo-module", "oca-checks-po", "prettier", "eslint", "ruff", "ruff-format"),
    *("trailing-whitespace", "end-of-file-fixer", "debug-statements", "check-case-conflict"),
    *("check-docstring-first", "check-executables-have-shebangs", "check-merge-conflict"),
    *("check-symlinks", "check-xml", "mixed-line-ending", "pylint-odoo"),
}
# of ruff's rules; without a prefix of them nothing is ignored
RULES = {"B", "C90", "E", "F", "I", "UP", "W"}
FILES = {
    "__init__.py": ["F401", "I001"],
    "__manifest__.py": ["B018"],
    # Odoo's own lint has it so, and in no other way
    "hr_backbone_training/tests/__init__.py": ["F403"],
}
# messages that a hook leaves to another one, or that are about programs: never of an addon
ELSEWHERE = {
    "pylint-odoo": {"consider-merging-classes-inherited", "unknown-option-value"},
    "pylint-odoo-rest": {"print-used", "missing-readme", "unknown-option-value"},
}


def hooks():
    config = yaml.safe_load((paths.ROOT / ".pre-commit-config.yaml").read_text())
    return [hook for repo in config["repos"] for hook in repo["hooks"]]


def project():
    return tomllib.loads((paths.ROOT / "pyproject.toml").read_text())["tool"]


def test_each_hook_of_ocas_is_there():
    assert {hook["id"] for hook in hooks()} >= HOOKS
    assert "consider-merging-classes-inherited" in (paths.DEV / "lint/rooms").read_text()


def test_no_hook_is_told_to_be_silent():
    for hook in hooks():
        said = re.findall(r"--(?:disable|ignore)[= ](\S+)", hook["entry"])
        messages = {name for word in said for name in word.split(",")}
        assert messages <= ELSEWHERE.get(hook["id"], set()), hook["id"]
        assert "--exit-zero" not in hook["entry"]
    assert not (paths.ROOT / ".oca_hooks.cfg").exists()


def test_ruff_ignores_nothing_that_oca_asks_for():
    lint = project()["ruff"]["lint"]
    assert set(lint["select"]) >= RULES
    prefixes = {re.match(r"[A-Z]+", rule)[0] for rule in lint["ignore"]}
    assert not prefixes & {re.match(r"[A-Z]+", rule)[0] for rule in RULES}
    assert lint["per-file-ignores"] == FILES
    assert lint["mccabe"]["max-complexity"] <= 16


def test_pylint_has_all_of_odoos_messages():
    control = project()["pylint"]["messages control"]
    assert control["disable"] == ["all"] and "odoolint" in control["enable"]
