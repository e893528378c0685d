"""What must be unique in a database is ours by its name. Reads the files of all of Odoo's
addons, whether they are installed anywhere or not."""

import ast
import re
from collections import defaultdict
from functools import cache

from ground import paths
from lxml import etree

OURS = "backbone"
PATH = re.compile(r"""<field name=["']path["']>([^<]+)</field>""")
CODE = re.compile(r"""<field name=["']code["']>([\w.]+)</field>""")
NAMES = {"path": PATH, "code": CODE}


@cache
def odoo_addons():
    return sorted(file.parent for file in paths.odoo_addons().glob("*/__manifest__.py"))


def own_files(pattern):
    """Of the main addon and of each glue addon."""
    return [file for addon in paths.addons() for file in sorted(addon.rglob(pattern))]


@cache
def named(kind):
    """{name: addons of Odoo's that take it}, of the paths of actions or codes of sequences."""
    found = defaultdict(set)
    for addon in odoo_addons():
        for file in addon.rglob("*.xml"):
            text = file.read_text()
            if f'"{kind}"' in text or f"'{kind}'" in text:
                for name in NAMES[kind].findall(text):
                    found[name.strip()].add(addon.name)
    return found


def own_fields(model, name):
    """The values of this field in our records of this model."""
    return {
        field.text.strip()
        for file in own_files("*.xml")
        for field in etree.parse(file).iterfind(
            f".//record[@model='{model}']/field[@name='{name}']"
        )
    }


def test_paths_of_actions_are_ours():
    kinds = ("act_window", "client", "server", "act_url")
    own = set().union(*(own_fields(f"ir.actions.{kind}", "path") for kind in kinds))
    assert len(own) > 5
    assert not [path for path in own if not path.startswith(f"{OURS}-")]
    others = named("path")
    # the reading works: Odoo has dozens, Recruitment's among them
    assert len(others) > 30 and "talent-pool" in others
    assert not own & set(others)


def test_codes_of_sequences_are_ours():
    own = own_fields("ir.sequence", "code")
    assert own and not [code for code in own if not code.startswith(f"hr.{OURS}.")]
    assert not own & set(named("code"))


def test_external_names_are_in_our_module_only():
    """No file makes a record under the name of another module; the demo changes Odoo's people."""
    made = {
        (str(file.relative_to(paths.ROOT)), node.get("id"))
        for file in own_files("*.xml")
        if file.parent.name != "demo"
        for node in etree.parse(file).iterfind(".//*[@id]")
        if node.tag in ("record", "template", "menuitem")
        and "." in node.get("id")
        and node.get("id").split(".")[0] != file.relative_to(paths.ROOT).parts[0]
    }
    assert not made


@cache
def declared(path):
    """(model, fields) of each class in a Python file."""
    result = []
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ClassDef):
            continue
        names, fields = {}, set()
        for row in node.body:
            if isinstance(row, ast.Assign) and isinstance(row.targets[0], ast.Name):
                target = row.targets[0].id
                if target in ("_name", "_inherit") and isinstance(row.value, ast.Constant):
                    names[target] = row.value.value
                elif isinstance(row.value, ast.Call):
                    fields.add(target)
        if model := names.get("_name") or names.get("_inherit"):
            result.append((model, fields))
    return result


# of Odoo's models, changed and not added
CHANGED = {("hr.department", "manager_id")}


def test_models_and_fields_are_ours():
    own = [row for file in own_files("*.py") for row in declared(file)]
    added = {
        (model, field)
        for model, fields in own
        if not model.startswith((f"hr.{OURS}", "report."))
        for field in fields
        if not field.startswith("_") and field not in ("env",)
    }
    foreign = {row for row in added if OURS not in row[1]}
    assert foreign - CHANGED == set()


def test_no_other_addon_has_a_model_of_ours():
    found = {
        model
        for addon in odoo_addons()
        for file in addon.rglob("*.py")
        if f"hr.{OURS}" in file.read_text()
        for model, _fields in declared(file)
    }
    assert not {model for model in found if model.startswith(f"hr.{OURS}")}
