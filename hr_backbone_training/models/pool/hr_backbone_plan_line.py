# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..core.public import public

# the ways of training in which HR plans what serves an action
TRAININGS = ("internal", "external")


class HrBackbonePlanLine(models.Model):
    """What was done for an action, and beginning what it promises: the documents of the four
    ways of training are born from it, and its progress follows from them. What is special to
    one of them, its room adds."""

    _inherit = "hr.backbone.plan.line"

    department_id = fields.Many2one(related="plan_id.department_id")
    document_count = fields.Integer(
        "Linked", compute="_compute_document_count", help="What was begun or done for the action."
    )
    is_begun = fields.Boolean(
        "Begun",
        compute="_compute_is_begun",
        search="_search_is_begun",
        help="Something was begun or done for the action.",
    )

    def _compute_is_begun(self):
        for line in self:
            line.is_begun = bool(line.document_count)

    @api.model
    def _search_is_begun(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        # sudo: whether there is a document, whoever may read it
        return Domain.OR(
            Domain(
                "id",
                "in",
                model.sudo()
                ._search(
                    [("plan_line_id", "!=", False), ("state", "in", [*model._line_progress])],
                    active_test=False,
                )
                .subselect("plan_line_id"),
            )
            for model in self._get_document_models()
        )

    # -- what was done for it ----------------------------------------------------------

    def _compute_document_count(self):
        counts = self._count_documents()
        for line in self:
            line.document_count = sum(count for _state, count, _share in counts[line])

    def _check_progress_free(self, names):
        """The progress of an action that has documents follows from these."""
        result = super()._check_progress_free(names)
        if "progress" in names and any(line.document_count for line in self):
            raise UserError(
                self.env._("The progress of this action follows from what is linked to it.")
            )
        return result

    @api.model
    def _get_document_models(self):
        """The models whose documents may be born from an action."""
        names = self.env.registry.descendants(["hr.backbone.development.mixin"], "_inherit")
        return [self.env[name] for name in sorted(names) if not self.env[name]._abstract]

    def _count_documents(self):
        """{line: [(state, how many, percent of one unit)]}, without those that do not count."""
        # sudo: numbers of documents, whoever may read these
        counts = {line: [] for line in self}
        for model in self._get_document_models():
            for line, state, count in model.sudo()._read_group(
                [("plan_line_id", "in", self.ids), ("state", "in", [*model._line_progress])],
                ["plan_line_id", "state"],
                ["__count"],
            ):
                counts[line].append((state, count, model._line_progress[state]))
        return counts

    def _on_documents_changed(self):
        """A document of these actions was made, moved, or went: "adjust … in time"."""
        self.flush_recordset()
        counts = self._count_documents()
        # sudo: where the plan stands decides; a closed one stays as it was
        for line in self.filtered(lambda line: line.sudo().plan_id.state != "closed"):
            done = sum(count * share for _state, count, share in counts[line])
            progress = min(100, done // line.quantity)
            if progress != line.progress:
                # sudo: the plan's own code, see `_check_editable`
                line.sudo().progress = progress

    def _on_revision_activated(self):
        """These actions take over what is still open of those that they continue, and what was
        done since the revision was begun: the older plan counts it no more."""
        result = super()._on_revision_activated()
        followers = self.filtered("previous_id").grouped("previous_id")
        lines = self.browse([line.id for line in followers])
        by_hand = lines.filtered(lambda line: not line.document_count)
        self._take_done(lines - by_hand, followers)
        for model in self._get_document_models():
            done = [state for state, share in model._line_progress.items() if share == 100]
            # sudo: every open document goes along, whoever reads it; HR put the plan in force
            documents = model.sudo().search(
                [
                    ("plan_line_id", "in", [line.id for line in followers]),
                    ("state", "not in", done),
                ]
            )
            for line, batch in documents.grouped("plan_line_id").items():
                batch.plan_line_id = followers[line]
        for line in by_hand:
            # sudo: as above; the progress that was typed goes along
            followers[line].sudo().progress = line.progress
        self._forget_carried()
        return result

    def _take_done(self, lines, followers):
        """Of what was done for `lines`, as much as was done since the revision was begun.

        :param dict followers: the action that continues each of them
        """
        done = {line: [] for line in lines}
        for model in self._get_document_models():
            states = [state for state, share in model._line_progress.items() if share == 100]
            # sudo: the plan is HR's to bring into force; whose documents they are decides
            for document in model.sudo().search(
                [("plan_line_id", "in", lines.ids), ("state", "in", states)], order="id"
            ):
                done[document.plan_line_id].append(document)
        for line, documents in done.items():
            follower = followers[line]
            # whole ones, as when the rest was promised
            before = (line.quantity * follower.previous_progress + line.quantity - 1) // 100
            for document in documents[before:]:
                document.plan_line_id = follower

    def _forget_carried(self):
        """That these actions begin where others ended is no progress of this day."""
        self.flush_recordset()
        # sudo: what the plan's own code has just noted
        progress = self.env["hr.backbone.plan.progress"].sudo()
        progress.search([("plan_line_id", "in", self.ids)]).unlink()

    def _get_carried_vals(self):
        """What was done counts where it was done: the rest is promised."""
        vals = super()._get_carried_vals()
        if self.document_count:
            vals = {**vals, "quantity": self.quantity - self._get_done(), "progress": 0}
        return vals

    def _get_documents(self):
        """What was begun or done for each action, oldest first, as far as the user may read it.

        :return: {line: [record, …]}
        """
        documents = {line: [] for line in self}
        for model in self._get_document_models():
            if model.has_access("read"):
                for record in model.search([("plan_line_id", "in", self.ids)], order="id"):
                    documents[record.plan_line_id].append(record)
        return documents

    # -- beginning it ------------------------------------------------------------------

    @public(one=True)
    def action_begin(self):
        """The form of a new talk, rotation or achievement that serves the action.

        :raise UserError: the plan is not in force, or the member has no mentor to talk with
        """
        self.ensure_one()
        return self._open_new(self._get_begun_model())

    def _get_begun_model(self):
        """The model of the document with which the member begins this action: the one that
        serves its way of training (`_plan_methods`); None where HR plans it. A room that has
        several of them for one way says which.
        """
        self.ensure_one()
        if self.method in TRAININGS:
            return None
        for model in self._get_document_models():
            if self.method in model._plan_methods:
                return model._name
        return None

    def _open_new(self, model):
        self.check_access("read")
        if not model:
            raise UserError(self.env._("HR plans a training for such an action."))
        member = self._get_members()[self]
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(model).name,
            "res_model": model,
            "views": [(False, "form")],
            "context": self._get_begun_context(member),
        }

    def _get_begun_context(self, member):
        """The defaults of the document with which this action begins, for its form.

        :param member: the `hr.backbone.member` whose action it is
        :raise UserError: something that the document needs is not there yet
        """
        self.ensure_one()
        return {"default_member_id": member.id, "default_plan_line_id": self.id}

    def _get_members(self):
        """{line: the active member of the talent pool whose action it is}.

        :raise UserError: the plan is not in force, or its person is not in the pool
        """
        # sudo: the membership of the person of an action that the user reads
        actions, members = self.sudo(), self.env["hr.backbone.member"].sudo()
        members = members.search(
            [("employee_id", "in", actions.employee_id.ids), ("state", "=", "active")]
        )
        by_person = {(row.employee_id, row.company_id): row for row in members}
        found = {}
        for line, action in zip(self, actions, strict=True):
            if action.plan_id.state != "active":
                raise UserError(self.env._("The development plan is not in force."))
            member = by_person.get((action.employee_id, action.company_id))
            if not member:
                raise UserError(
                    self.env._("%s is not in the talent pool now.", action.employee_id.name)
                )
            found[line] = member.sudo(False)
        return found
