"""Every figure of ledger, cockpit and overview is the count of the documents, in the demo data."""

import subprocess
from pathlib import Path

import pytest
from ground import cluster, databases

ODOO = Path(__file__).resolve().parent.parent / "dev/odoo"
SCRIPT = """
from odoo.addons.hr_backbone_training.tests import figures
companies = env["hr.backbone.member"]._read_group([], ["company_id"])
for company, in companies:
    rows = figures.check(env, company)
    print("compared", company.id, len(rows), sorted({row["kind"] for row in rows}))
"""


@pytest.mark.takes(30)
def test_the_demo_data():
    with cluster.used():
        name = databases.own_copy(databases.template(demo=True), "figures")
        try:
            done = subprocess.run(
                [ODOO, "shell", "-d", name, "--no-http"],
                input=SCRIPT,
                capture_output=True,
                text=True,
                timeout=600,
            )
        finally:
            databases.drop(name)
    assert "Error" not in done.stderr, done.stderr[-4000:]
    lines = [line for line in done.stdout.splitlines() if line.startswith("compared")]
    assert lines, done.stdout + done.stderr[-4000:]
    assert "'report'" in lines[0] and "'management'" in lines[0], lines
