# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ...const import ADMINISTRATOR, OFFICER
from ..core import front_door, texts
from ..core.public import Text, public
from ..core.readers import say_readers

SHOWN = 50


class HrBackboneObjection(models.Model):
    """What a colleague raises against a name on a publicity notice.

    Who objects is visible to HR administrators alone: the row, its files and HR's to-do are
    the system's, there is no chatter, and the objector's fields are theirs. Whoever objects
    under their own name shows it to HR officers too.
    """

    _name = "hr.backbone.objection"
    _description = "Backbone Objection"
    _inherit = [
        "hr.backbone.named.mixin",
        "hr.backbone.involved.mixin",
        "hr.backbone.unsigned.mixin",
    ]
    _order = "id desc"
    _rec_name = "employee_name"

    # HR, but nobody whom it is raised against
    _readers = ("objector", "hr")

    line_id = fields.Many2one(
        "hr.backbone.publicity.line", "Name", required=True, index=True, ondelete="restrict"
    )
    publicity_id = fields.Many2one(related="line_id.publicity_id", store=True, index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    application_id = fields.Many2one(
        related="line_id.application_id", store=True, index=True, groups=OFFICER
    )
    employee_name = fields.Char(related="line_id.employee_name", string="Raised Against")
    text = texts.Text("Objection", required=True)
    evidence_ids = fields.Many2many("ir.attachment", copy=False)
    hidden = fields.Boolean(
        "Hide my name",
        help="Only HR administrators see who objects.",
    )
    # a deletion that an objection held up would say who objected: it goes, and below is kept who
    objector_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        index=True,
        ondelete="set null",
        groups=ADMINISTRATOR,
    )
    objector_user_id = fields.Many2one(
        "res.users",
        "Login of the Objector",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=ADMINISTRATOR,
        help="With which the objection was raised, whoever has it now.",
    )
    objector_known_as = fields.Char(
        "Name of the Objector",
        readonly=True,
        copy=False,
        groups=ADMINISTRATOR,
        help="On the day of the objection; it stays when the employee is deleted.",
    )
    objector_name = fields.Char(
        "Raised by", readonly=True, help="Empty when the objector's name is hidden."
    )
    date = fields.Date("Raised on", readonly=True)
    state = fields.Selection(
        [("open", "Pending"), ("upheld", "Upheld"), ("dismissed", "Dismissed")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
        group_expand=True,
    )
    finding = texts.Text(help="What HR found; the objector reads it.")
    can_decide = fields.Boolean(compute="_compute_can_decide")

    # by login: whoever is given another's employee must not learn from it what that one raised
    _open_uniq = models.UniqueIndex(
        "(line_id, objector_user_id) WHERE state = 'open'",
        "You already have an open objection to this name.",
    )

    @api.model
    def _say_readers(self):
        """Who reads what is written on an objection, to whoever raises it."""
        return say_readers(self.env, self._readers, own=("objector",))

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_decide(self):
        for objection in self:
            objection.can_decide = not objection._get_decide_refusal()

    @api.model_create_multi
    def create(self, vals_list):
        """Raise objections, as the user's own employee.

        :raise UserError: the window is over, it is their own name, no employee of the company, or
            a hidden name where the company allows none
        """
        self.check_access("create")
        prepared = [self._prepare_objection(vals) for vals in vals_list]
        self._check_raised_once([vals["line_id"] for vals, _ids in prepared])
        files = [self.env["ir.attachment"].browse(ids) for _vals, ids in prepared]
        with self._unsigned() as system:
            objections = super(HrBackboneObjection, system).create(
                [vals for vals, _ids in prepared]
            )
            for objection, attachments in zip(objections, files, strict=True):
                objection._take_evidence(attachments)
            objections._tell_hr()
        return objections.with_env(self.env)

    def _check_raised_once(self, line_ids):
        """One person has one open objection per name.

        :param list line_ids: the names that the user objects to
        :raise UserError: one of them twice, or with an open objection of the user's
        """
        # sudo: the user's own objections, which the user's search does not find
        known = self.sudo().search_fetch(
            [
                ("line_id", "in", line_ids),
                ("objector_user_id", "=", self.env.uid),
                ("state", "=", "open"),
            ],
            ["line_id"],
        )
        names = self.env["hr.backbone.publicity.line"].browse(line_ids)
        twice = names.filtered(lambda line: line_ids.count(line.id) > 1)
        if again := known.line_id.sudo(False) | twice:
            raise UserError(
                self.env._(
                    "You already have an open objection to %s: HR decides on it, and you read "
                    "the finding on the page “Notices”.",
                    again[0].employee_name,
                )
            )

    def _prepare_objection(self, vals):
        """The checked values of one objection, and the ids of its files."""
        line = self.env["hr.backbone.publicity.line"].browse(vals.get("line_id")).exists()
        line.check_access("read")
        # sudo: the window and the person of the name decide
        stored = line.sudo()
        notice, case = stored.publicity_id, stored.application_id
        employee = self.env["hr.backbone.application"]._get_own_employee(notice.company_id)
        hidden = bool(vals.get("hidden"))
        if not line:
            raise UserError(self.env._("Choose a name on a published notice."))
        if not employee:
            raise UserError(self.env._("Only employees of the company can object to a name."))
        if reason := notice._get_closed_reason() or line._get_off_reason():
            raise UserError(reason)
        if case.employee_id == employee or case.employee_id._was_backbone_user():
            raise UserError(self.env._("You cannot object to your own name."))
        if hidden and not notice.company_id.backbone_anonymous_objection:
            raise UserError(self.env._("Your company accepts objections only under your own name."))
        if not (vals.get("text") or "").strip():
            raise UserError(self.env._("Please write down your objection."))
        files = []
        for command in vals.get("evidence_ids") or []:
            files += command[2] if command[0] == 6 else [command[1]] if command[0] == 4 else []
        return {
            "line_id": line.id,
            "text": vals["text"],
            "hidden": hidden,
            "objector_id": employee.id,
            "objector_user_id": self.env.uid,
            "objector_known_as": employee.name,
            "objector_name": False if hidden else employee.name,
            "date": notice.company_id._backbone_today(),
        }, files

    def _take_evidence(self, attachments):
        """Copy the objector's files into the objection, written by the system too."""
        self.ensure_one()
        if not attachments:
            return
        system = attachments.with_user(SUPERUSER_ID)
        uploaded = system.filtered(
            lambda file: not file.res_id and file.create_uid.id == attachments.env.uid
        )
        # a portal login may not even read the files that it has just uploaded
        if others := attachments - uploaded:
            others.check_access("read")
        copies = system.browse()
        for attachment in system:
            copies |= attachment.copy({"res_model": self._name, "res_id": self.id})
        front_door.write(self, {"evidence_ids": [fields.Command.set(copies.ids)]})
        uploaded.unlink()

    def _tell_hr(self):
        """HR's responsible person has an objection to decide."""
        activity_type = self.env.ref("hr_backbone_training.mail_activity_type_objection")
        # no follower more: every employee reads who follows the notice
        activity_type.with_context(backbone_no_subscription=True)._make_activities(
            (objection.publicity_id, owner, {"automated": False})
            for objection in self
            if (
                owner := objection.company_id._backbone_hr_user(
                    objection.publicity_id.program_id.user_id, objection._get_unasked_users()
                )
            )
        )

    def _get_unasked_users(self):
        """The logins that cannot decide, as superuser; that somebody hidden is not asked would
        say who objects."""
        self.ensure_one()
        # sudo: whom it concerns decides, and is not shown
        objection = self.sudo()
        people = objection._get_concerned_employees()._get_backbone_ever()
        return people if objection.hidden else people | objection.objector_user_id

    def write(self, vals):
        permitted = front_door.get_permitted_write(self, vals)
        if set(vals) - {"finding"} - permitted:
            raise UserError(self.env._("An objection cannot be changed once it was raised."))
        if not permitted and any(objection.state != "open" for objection in self):
            raise UserError(self.env._("This objection has been decided."))
        for objection in self if not permitted and not self.env.su else ():
            if reason := objection._get_decide_refusal():
                raise UserError(reason)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An objection is history: it is never deleted."))

    # -- finding -----------------------------------------------------------------------

    def _get_concerned_employees(self):
        # sudo: only compares the user with the people of the case
        case = self.sudo().application_id
        return case.employee_id | case.recommender_id

    def _get_involved_refusal(self):
        """Who objected is known by the login that did: asked by employee, whose login HR writes,
        the answer would tell who it was."""
        # sudo: compares the user with their own login alone
        if self.sudo().objector_user_id == self.env.user:
            return self.env._("You cannot decide on your own case.")
        return super()._get_involved_refusal()

    def _get_decide_refusal(self):
        self.ensure_one()
        if not self.env.user.has_group(OFFICER):
            return self.env._("Only HR can do this.")
        if self.state != "open":
            return self.env._("This objection has been decided.")
        return self._get_involved_refusal()

    @public(finding=Text())
    def action_uphold(self, finding=None):
        """The objection is right: the name is refused when the window is over.

        :param str finding: what HR found; required, unless it was written before
        """
        self._decide("upheld", finding)
        return True

    @public(finding=Text())
    def action_dismiss(self, finding=None):
        """The objection does not stand: the name goes on."""
        self._decide("dismissed", finding)
        return True

    def _decide(self, state, finding=None):
        self.check_access("write")
        # sudo: the notices on which the cases stand decide, those of before and of now
        notices = self.sudo().line_id._get_notices()
        notices._lock_for_move()
        for objection in self:
            if reason := objection._get_decide_refusal():
                raise UserError(reason)
            text = (finding or objection.finding or "").strip()
            if not text:
                raise UserError(self.env._("Please write down the finding."))
            front_door.write(objection, {"state": state, "finding": text})
            objection._log_finding(state, text)
        # a name whose window is over has only waited for this
        notices._finish_objection_activities()
        over = notices.filtered(lambda notice: not notice.is_open and notice.state == "published")
        if over:
            over._close_names()

    def _log_finding(self, state, text):
        # sudo: decisions are written by the procedure alone
        self.env["hr.backbone.decision"].sudo().create(
            {
                "res_model": self._name,
                "res_id": self.id,
                "res_name": self.employee_name,
                "company_id": self.company_id.id,
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
                "move": state,
                "from_state": "open",
                "to_state": state,
                "comment": text,
            }
        )

    # -- in the portal -----------------------------------------------------------------

    @api.model
    def _get_mine(self, notice=None):
        """The objections that the user raised, on one notice or on all.

        :param int notice: its number; it need not be out any more
        """
        domain = [("objector_id", "in", self.env.user._get_backbone_own())]
        if notice:
            domain.append(("publicity_id", "=", notice))
        # sudo: who raised an objection is hidden from the user's own search as well
        return self.browse(self.sudo().search(domain, limit=SHOWN).ids)

    @api.model
    def _raise_from_portal(self, company, line_id, text, hidden=False, uploads=()):
        """Raise an objection to a name of a notice.

        :param company: that of the notice
        :param int line_id: the name
        :param bool hidden: whether the objector stays unknown to all but HR administrators
        :param uploads: files, of the kinds and size that the company takes
        """
        attachments = self.env["ir.attachment"]._backbone_receive(uploads, company)
        return self.create(
            {
                "line_id": line_id,
                "text": text,
                "hidden": hidden,
                "evidence_ids": [(6, 0, attachments.ids)],
            }
        )
