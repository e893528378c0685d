# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import OFFICER
from ..core import front_door


class HrBackbonePublicityLine(models.Model):
    """One name on a publicity notice: what every colleague may read, and nothing else.

    Name, department, post and echelon are copied here with the name, so that nobody
    needs to read the application. A name whose case is withdrawn, returned or refused while the
    notice is out is taken off: it decides nothing any more, and is on the next notice anew.
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
    is_off = fields.Boolean(
        "Taken off the Notice",
        readonly=True,
        copy=False,
        help="The case was withdrawn, returned or refused while the notice was out.",
    )
    objection_ids = fields.One2many(
        "hr.backbone.objection", "line_id", "Objections", groups=OFFICER
    )

    _application_uniq = models.UniqueIndex(
        "(publicity_id, application_id)", "A name can be listed only once per notice."
    )

    @api.depends(
        "application_id.employee_id",
        "application_id.department_id",
        "application_id.job_id",
        "application_id.echelon_id",
    )
    def _compute_person(self):
        """As the case has it until the notice is published, and as it was then from then on."""
        # sudo: exactly what the publicity makes public
        for line in self.sudo():
            if line._origin.employee_name and line.publicity_id.state != "draft":
                continue
            application = line.application_id
            line.employee_name = application.employee_id.name
            line.department_name = application.department_id.name
            line.job_name = application.job_id.name
            line.echelon_id = application.echelon_id

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([{**vals, "is_off": False} for vals in vals_list])
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

    def write(self, vals):
        if front_door.get_permitted_write(self, vals):
            return super().write(vals)
        if "is_off" in vals:
            raise UserError(self.env._("A name leaves a notice with its case."))
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
        """One sentence for each name that is not (any more) a selected one, or has left."""
        sentences = []
        # sudo: where the case stands decides
        for line in self.sudo():
            if line.application_id.state != "selected":
                sentences.append(line._say_not_selected())
            elif reason := line.application_id._get_gone_refusal():
                sentences.append(reason)
        return sentences

    def _say_not_selected(self):
        return self.env._("%s has not been selected, or not any more.", self.employee_name)

    def _take_off(self):
        """The cases of these names leave the notices that are out; called as superuser. A notice
        without names is closed."""
        out = self.filtered(lambda line: line.publicity_state == "published" and not line.is_off)
        if not out:
            return
        notices = out.publicity_id
        notices._lock_for_move()
        front_door.write(out, {"is_off": True})
        if empty := notices.filtered(lambda notice: not notice._get_shown_lines()):
            empty._do_move(empty._get_move("close"), "")

    def _get_off_reason(self):
        """Why nobody can object to this name (any more); False when one can."""
        self.ensure_one()
        # sudo: where the case stands decides
        if self.is_off or self.sudo().application_id.state != "publicity":
            return self.env._("%s is not on this notice any more.", self.employee_name)
        return False

    def _get_notices(self):
        """The notices on which the cases of these names stand or stood; as superuser."""
        # sudo: objections follow the case
        return self.sudo().application_id.publicity_line_ids.publicity_id

    def _get_objections(self):
        """All that was raised against the cases of these names, on whichever notice."""
        # sudo: objections follow the case; they are not shown
        return self.sudo().application_id.publicity_line_ids.objection_ids

    def _get_waiting_sentences(self):
        """One sentence for each name whose objections are not decided yet."""
        return [
            self.env._("%s waits: an objection is still open.", line.employee_name)
            # sudo: that there is an open objection, not whose
            for line in self.sudo()._filter_waiting()
        ]

    def _filter_waiting(self):
        return self.filtered(
            lambda line: line._is_deciding() and "open" in line._get_objections().mapped("state")
        )

    def _is_deciding(self):
        """Whether the case goes on with this notice; called as superuser. A case that came back
        stands on a later one, which alone decides."""
        self.ensure_one()
        return not self.is_off and self.application_id.state == "publicity"

    def _conclude(self):
        """Move on every name whose objections are decided: upheld is refused, else admitted.

        :return: the lines that still wait
        """
        waiting = self._filter_waiting()
        decided = (self - waiting).filtered(lambda line: line._is_deciding())
        upheld = decided.filtered(lambda line: "upheld" in line._get_objections().mapped("state"))
        if upheld:
            upheld.application_id._move("uphold", self.env._("An objection was upheld."))
        applications = (decided - upheld).application_id
        refusals = applications._get_refusals("admit")
        for application, sentences in refusals.items():
            # someone who has left meanwhile cannot enter, and must not hold up the others
            application._do_move(application._get_move("drop"), "\n".join(sentences))
        admitted = applications - applications.browse(record.id for record in refusals)
        if admitted:
            admitted._move("admit")
        return waiting
