# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import SUPERUSER_ID, api
from odoo.tools import split_every
from odoo.tools.sql import column_exists

PRINTS = "hr.backbone.evaluation.print"
# so many evaluations at once
BATCH = 1000


def migrate(cr, version):
    """The prints of an evaluation stood in a column, name → [file, its checksum], with files
    that everybody saw among those of the evaluation. Each becomes a row of its own, which takes
    the file along as it is; a file that was changed since stays where it was, and is printed
    anew when it is asked for."""
    if not column_exists(cr, "hr_backbone_evaluation", "prints"):
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute("SELECT id, prints FROM hr_backbone_evaluation WHERE prints != 'null'::jsonb")
    for rows in split_every(BATCH, cr.fetchall()):
        _carry_over(env, dict(rows))


def _carry_over(env, prints):
    """:param dict prints: evaluation id → what stood in its column"""
    numbers = [number for kept in prints.values() for number, _checksum in kept.values()]
    files = {file.id: file for file in env["ir.attachment"].browse(numbers).exists()}
    found = [
        (files[number], {"evaluation_id": evaluation, "name": name, "checksum": checksum})
        for evaluation, kept in prints.items()
        for name, (number, checksum) in kept.items()
        if number in files and files[number].checksum == checksum
    ]
    rows = env[PRINTS].create([vals for _file, vals in found])
    for row, (file, _vals) in zip(rows, found, strict=True):
        file.write({"name": "file", "res_model": PRINTS, "res_id": row.id, "res_field": "file"})
