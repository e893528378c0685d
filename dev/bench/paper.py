"""n application forms in one file, by WeasyPrint, and beside it by wkhtmltopdf where that is
installed; a plan of a hundred pages; a text of ten thousand letters without a space."""

import resource
import shutil
from contextlib import contextmanager

from applications import Case
from company import Company
from harness import Budget, Operation, settle

FORMS, ELSE = "forms by WeasyPrint", "forms by wkhtmltopdf"
PLAN, WORD = "a plan of 100 pages", "10,000 letters without a space"
PEERS = {FORMS: ELSE} if shutil.which("wkhtmltopdf") else {}
# 100 forms in 25 seconds; the others are one thing each
BUDGETS = {FORMS: Budget(ms=250)}
PAGE_BUDGETS = {PLAN: Budget(ms=20_000), WORD: Budget(ms=20_000)}
# wkhtmltopdf takes more than a second for each
PEER_FORMS = 100
# actions that fill a hundred pages
ACTIONS = 400


def paper(env, n):
    """Printing as HR does it from the list."""
    case = Case(Company(env, n))
    settle(env)
    applications = case.applications
    yield Operation(FORMS, n, lambda: _print(env, "application", applications), repeat=1)
    if PEERS and n <= PEER_FORMS:
        yield Operation(ELSE, n, lambda: _print_else(env, applications), repeat=1)
    plan = _write_long_plan(applications[:1])
    settle(env)
    yield Operation(PLAN, n, lambda: _print(env, "plan", plan), repeat=1)
    applications[:1].work_history = "x" * 10_000
    settle(env)
    yield Operation(WORD, n, lambda: _print(env, "application", applications[:1]), repeat=1)


def peak_memory():
    """Of the processes that printed, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _write_long_plan(application):
    plan = application.sudo().plan_id
    vals = {"plan_id": plan.id, "method": "rotation", "gap": "Has not led people yet. " * 4}
    actions = [{**vals, "action": f"Action {number}. " * 9} for number in range(ACTIONS)]
    plan.env["hr.backbone.plan.line"].create(actions)
    return plan


def _print(env, name, records):
    reports = env["ir.actions.report"].with_context(force_report_rendering=True)
    report = f"hr_backbone_training.report_{name}"
    pdf, _kind = reports._render_qweb_pdf(report, records.ids)
    assert pdf.startswith(b"%PDF")


def _print_else(env, applications):
    with _without_weasyprint():
        _print(env, "application", applications)


@contextmanager
def _without_weasyprint():
    # Odoo finds the addon only once its command line has been read
    from odoo.addons.hr_backbone_training.tools import paper as engine

    there, engine.is_available = engine.is_available, lambda: False
    try:
        yield
    finally:
        engine.is_available = there
