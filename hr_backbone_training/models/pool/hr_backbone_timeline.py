# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.tools import SQL

from ..core.public import public

# what an id of the time line is made of: its document's, and the place of its model here
KINDS = [
    ("movement", "Talent pool"),
    ("mentorship", "Mentor"),
    ("mentorship.session", "Counselling talk"),
    ("rotation", "Rotation"),
    ("training.participant", "Training"),
    ("achievement", "Achievement"),
    ("suggestion", "Work suggestion"),
]
ROOM = 16
PREFIX = "hr.backbone."


class HrBackboneTimeline(models.Model):
    """All that happened to the members of the talent pool, on one time line: what the
    company did for them, and what they did themselves.

    Rooms later in the flow add the documents of theirs: `_select_timeline` of the document
    gives its rows, `_depends` of this model what they are read from. Another addon adds the
    kind of its document to the selection: the name of the model, without its beginning.
    """

    _name = "hr.backbone.timeline"
    _description = "Backbone Time Line"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "title"
    _depends = {
        "hr.backbone.member": ["company_id"],
        "hr.backbone.movement": ["member_id", "date", "kind"],
    }

    member_id = fields.Many2one("hr.backbone.member", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    date = fields.Date(readonly=True)
    date_end = fields.Date("Until", readonly=True)
    name = fields.Char(readonly=True)
    state = fields.Char("Technical Status", readonly=True)
    is_done = fields.Boolean("Done", readonly=True)
    hours = fields.Float(readonly=True)
    plan_line_id = fields.Many2one(
        "hr.backbone.plan.line", "Development Plan Action", readonly=True
    )
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    title = fields.Char("What", compute="_compute_labels")
    status = fields.Char(compute="_compute_labels")

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(self._select_all())

    @api.model
    def _select_all(self):
        rows = [self._select_movements()]
        for place, kind in enumerate(self._fields["kind"].get_values(self.env)):
            model = self.env.get(PREFIX + kind)
            select = model is not None and hasattr(model, "_select_timeline")
            if select and (documents := model._select_timeline()):
                rows.append(self._select_documents(documents, place, kind))
        return rows

    @api.model
    def _select_documents(self, documents, place, kind):
        """The rows of one model; the filter on the member reaches its index."""
        return SQL(
            """SELECT t.id * %(room)s + %(place)s AS id, t.member_id, m.company_id,
                      %(kind)s::varchar AS kind, t.date::date AS date,
                      t.date_end::date AS date_end, t.name::varchar AS name,
                      t.state::varchar AS state, t.is_done::boolean AS is_done,
                      t.hours::double precision AS hours, t.plan_line_id,
                      %(model)s::varchar AS res_model, t.id AS res_id
                 FROM (%(documents)s) t (id, member_id, date, date_end, name, state, is_done,
                                         hours, plan_line_id)
                 JOIN hr_backbone_member m ON m.id = t.member_id""",
            room=ROOM,
            place=place,
            kind=kind,
            model=PREFIX + kind,
            documents=documents,
        )

    @api.model
    def _select_movements(self):
        return self._select_documents(
            SQL(
                """SELECT id, member_id, date, NULL::date, NULL::varchar, kind, TRUE,
                          NULL::double precision, NULL::integer
                     FROM hr_backbone_movement"""
            ),
            0,
            "movement",
        )

    @api.depends_context("lang")
    @api.depends("kind", "name", "state")
    def _compute_labels(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        states = {kind: self._get_status_labels(kind) for kind in set(self.mapped("kind"))}
        for row in self:
            row.title = " · ".join(filter(None, (kinds[row.kind], row.name)))
            row.status = states[row.kind].get(row.state, row.state)

    @api.model
    def _get_status_labels(self, kind):
        name = "kind" if kind == "movement" else "state"
        return dict(self.env[PREFIX + kind]._fields[name]._description_selection(self.env))

    def _get_links(self):
        """{row: the address of its document's page}, of those that the user may read."""
        links = {}
        for name, rows in self.grouped("res_model").items():
            model = self.env[name]
            if "access_url" not in model._fields or not model.has_access("read"):
                continue
            by_id = rows.grouped("res_id")
            for record in model.browse(by_id)._filtered_access("read"):
                links[by_id[record.id]] = record.access_url
        return links

    @public(one=True)
    def action_open_document(self):
        """The document behind a row."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)._get_records_action()

    def _say_hours(self):
        """How long it took, in words."""
        self.ensure_one()
        hours = f"{round(self.hours, 2):g}"
        return self.env._("1 hour") if hours == "1" else self.env._("%s hours", hours)
