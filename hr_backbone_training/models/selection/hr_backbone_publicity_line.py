from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import OFFICER


class HrBackbonePublicityLine(models.Model):
    """One name on a publicity notice: what every colleague may read, and nothing else.

    Name, department, post and echelon are copied here with the name, so that nobody
    needs to read the application.
    """

    _name = "hr.backbone.publicity.line"
    _description = "Backbone Publicity Name"
    _inherit = ["hr.backbone.named.mixin", "hr.backbone.involved.mixin"]
    _order = "publicity_id, level, employee_name, id"
    _rec_name = "employee_name"
    _check_company_auto = True
    _kept_fields = ("publicity_id", "application_id")

    publicity_id = fields.Many2one(
        "hr.backbone.publicity", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="publicity_id.company_id", store=True, index=True)
    publicity_state = fields.Selection(related="publicity_id.state", string="Notice")
    application_id = fields.Many2one(
        "hr.backbone.application",
        required=True,
        ondelete="restrict",
        index=True,
        groups=OFFICER,
        check_company=True,
    )
    application_state = fields.Selection(
        related="application_id.state", string="Case", groups=OFFICER
    )
    employee_name = fields.Char("Name", compute="_compute_person", store=True)
    department_name = fields.Char("Department", compute="_compute_person", store=True)
    job_name = fields.Char("Post", compute="_compute_person", store=True)
    echelon_id = fields.Many2one(
        "hr.backbone.echelon", compute="_compute_person", store=True, ondelete="restrict"
    )
    level = fields.Integer(related="echelon_id.level", store=True)
    objection_ids = fields.One2many(
        "hr.backbone.objection", "line_id", "Objections", groups=OFFICER
    )

    _application_uniq = models.UniqueIndex(
        "(publicity_id, application_id)", "A name can be listed only once per notice."
    )

    @api.depends("application_id")
    def _compute_person(self):
        # sudo: exactly what the publicity makes public
        for line in self.sudo():
            application = line.application_id
            line.employee_name = application.employee_id.name
            line.department_name = application.department_id.name
            line.job_name = application.job_id.name
            line.echelon_id = application.echelon_id

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if any(line.publicity_id.state != "draft" for line in lines):
            raise UserError(self.env._("A notice that was published cannot be changed."))
        for line in lines:
            if line.application_id.program_id != line.publicity_id.program_id:
                raise UserError(self.env._("“%s” belongs to another program.", line.employee_name))
        lines._check_not_involved()
        return lines

    def _get_concerned_employees(self):
        # sudo: whom it concerns decides, and is not shown
        return self.sudo().application_id.employee_id

    def _check_not_involved(self):
        """:raise UserError: HR puts the own name on a notice, or takes it off"""
        for line in self if not self.env.su else ():
            if reason := line._get_involved_refusal():
                raise UserError(reason)

    def write(self, vals):
        if any(line.publicity_id.state != "draft" for line in self):
            raise UserError(self.env._("A notice that was published cannot be changed."))
        self._check_not_involved()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(line.publicity_id.state != "draft" for line in self):
            raise UserError(self.env._("A notice that was published cannot be changed."))
        self._check_not_involved()

    def _get_publish_refusals(self):
        """One sentence for each name that is not (any more) a selected one."""
        return [
            self.env._("%s has not been selected, or not any more.", line.employee_name)
            # sudo: where the case stands decides
            for line in self.sudo()
            if line.application_id.state != "selected"
        ]

    def _get_waiting_sentences(self):
        """One sentence for each name whose objections are not decided yet."""
        return [
            self.env._("%s waits: an objection is still open.", line.employee_name)
            # sudo: that there is an open objection, not whose
            for line in self.sudo()._filter_waiting()
        ]

    def _filter_waiting(self):
        return self.filtered(
            lambda line: (
                line.application_id.state == "publicity"
                and "open" in line.objection_ids.mapped("state")
            )
        )

    def _conclude(self):
        """Move on every name whose objections are decided: upheld is refused, else admitted.

        :return: the lines that still wait
        """
        waiting = self._filter_waiting()
        decided = (self - waiting).filtered(lambda line: line.application_id.state == "publicity")
        upheld = decided.filtered(lambda line: "upheld" in line.objection_ids.mapped("state"))
        if upheld:
            upheld.application_id._move("uphold", self.env._("An objection was upheld."))
        applications = (decided - upheld).application_id
        refusals = applications._get_refusals("admit")
        for application, sentences in refusals.items():
            # someone who has left meanwhile cannot enter, and must not hold up the others
            application._do_move(application._get_move("uphold"), "\n".join(sentences))
        admitted = applications - applications.browse(record.id for record in refusals)
        if admitted:
            admitted._move("admit")
        return waiting
