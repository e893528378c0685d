# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import timedelta

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_list

from ..core import texts
from ..core.public import FieldError
from ..core.scores import Score, WholeScore, is_blank

# before the session, on the list
OPEN = ("invited", "confirmed", "waiting")
# what each of the people of a participation may change
BY_PARTICIPANT = {"rating", "feedback", "certificate_ids", "plan_line_id"}
BY_TRAINER = {"score"}
BY_OFFICER = {"score", "certificate_ids", "plan_line_id", "sequence"}
# on a training that one attended, never when somebody is put on the list
AFTERWARDS = {"rating", "feedback", "score"}
CONTENT = BY_PARTICIPANT | BY_TRAINER | BY_OFFICER | {"training_id", "member_id"}
# so long after a session its participants are asked what they think of it
FEEDBACK_DAYS = 60
RATINGS = 5


class HrBackboneTrainingParticipant(models.Model):
    """One member on the list of a training: invited, and what became of it.

    An offer that a member declined was an offer: it counts as the external opportunity of the
    year. Its steps are in `hr_backbone_training_participant_workflow`. What was attended
    stands in the résumé of `hr_skills`.

    Who takes part comes in through Odoo's own import, too. The rows are what HR puts on the
    list by hand: invited, and nothing but invited, since answers and attendance are given by
    the people concerned. For a training that is a draft nobody hears of it yet; for one that
    has been announced the invitation goes out with the import (not with its trial).
    """

    _name = "hr.backbone.training.participant"
    _description = "Backbone Training Participant"
    _inherit = [
        "hr.backbone.development.mixin",
        "hr.backbone.import.mixin",
        "hr.backbone.mean.mixin",
    ]
    _order = "date_start desc, training_id, id"
    _mail_post_access = "read"

    # what was said before a mark was taken back does not count
    _mean_states = {"score": ("attended",), "rating": ("attended",)}
    _plan_methods = ("internal", "external")
    _line_progress = {"invited": 0, "confirmed": 0, "waiting": 0, "attended": 100}
    _moved_fields = ("date_invited", "date_answered", "attendance_date", "resume_line_id")
    _import_named = ("training_id", "member_id")
    _import_required = ("training_id", "member_id")

    training_id = fields.Many2one(
        "hr.backbone.training",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    name = fields.Char(related="training_id.name", string="Training Name")
    training_state = fields.Selection(related="training_id.state", string="Training Status")
    kind = fields.Selection(related="training_id.kind", store=True, precompute=True)
    subject = fields.Selection(related="training_id.subject", store=True, precompute=True)
    date_start = fields.Datetime(related="training_id.date_start", store=True, precompute=True)
    date_end = fields.Datetime(related="training_id.date_end")
    day_start = fields.Date(related="training_id.day_start", string="Day", store=True)
    day_end = fields.Date(related="training_id.day_end")
    quarter = fields.Char(related="training_id.quarter", store=True, precompute=True, index=True)
    hours = fields.Float(related="training_id.hours", store=True, precompute=True, aggregator="sum")
    state = fields.Selection(
        [
            ("invited", "Invited"),
            ("confirmed", "Confirmed"),
            ("waiting", "On the Waiting List"),
            ("declined", "Declined"),
            ("attended", "Attended"),
            ("absent", "Absent"),
            ("cancelled", "Cancelled"),
        ],
        default="invited",
    )
    is_open = fields.Boolean("Answer or session awaited", compute="_compute_is_open")
    date_invited = fields.Datetime(
        "Invited on",
        readonly=True,
        copy=False,
        help="When the invitation went out; empty as long as the session is not announced.",
    )
    date_answered = fields.Datetime("Answered on", readonly=True, copy=False)
    attendance_date = fields.Datetime("Attendance", readonly=True, copy=False)
    score = Score(
        copy=False,
        digits=(5, 1),
        help="The result, from 0 to 100.",
    )
    rating = WholeScore(
        copy=False,
        help="What the participant thinks of the training, from 1 (poor) to 5 (excellent).",
    )
    feedback = texts.Text(copy=False, help="What the participant says about the training.")
    certificate_ids = fields.Many2many(
        "ir.attachment",
        "hr_backbone_training_certificate_rel",
        "participant_id",
        "attachment_id",
        "Certificates",
        copy=False,
    )
    resume_line_id = fields.Many2one(
        "hr.resume.line",
        "Résumé Line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )

    _training_member_uniq = models.UniqueIndex(
        "(training_id, member_id)", "A member can be listed only once per training."
    )
    _score_range = models.Constraint(
        "CHECK (score IS NULL OR score BETWEEN 0 AND 100)", "A score lies between 0 and 100."
    )
    _rating_range = models.Constraint(
        "CHECK (rating IS NULL OR rating BETWEEN 1 AND 5)", "A rating lies between 1 and 5."
    )

    @api.depends("training_id.name", "employee_id")
    def _compute_display_name(self):
        for row in self:
            # sudo: the names of training and member of a row that the user has
            person = row.sudo()
            names = (person.training_id.name, person.employee_id.name)
            row.display_name = " – ".join(filter(None, names))

    @api.depends("state")
    def _compute_is_open(self):
        for row in self:
            row.is_open = row.state in OPEN

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for row in self:
            # sudo: the number of the training of a row that the user has
            row.access_url = f"/my/backbone/trainings/{row.sudo().training_id.id}"
        return result

    # -- the list ------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Members come onto the list; they hear of it once the training is announced.

        :raise UserError: not in the pool, another company, or the training is over
        """
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        if not self.env.su:
            if any(not is_blank(vals.get(name)) for vals in vals_list for name in AFTERWARDS):
                raise UserError(
                    self.env._("Score and feedback are given on a training that one attended.")
                )
            # set: a default_… key in a client's context must not
            vals_list = [{**vals, **dict.fromkeys(AFTERWARDS, False)} for vals in vals_list]
        # quiet: thousands at once; the decision says who put them on the list
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        rows = super(HrBackboneTrainingParticipant, quiet).create(vals_list)
        rows = rows.with_env(self.env)
        rows._check_listed()
        for row in rows.filtered("certificate_ids"):
            row.certificate_ids._backbone_adopt(row)
        # sudo: created above as the user; people are told by the system
        announced = rows.sudo().filtered(lambda row: row.training_id.state == "planned")
        if announced:
            announced._sync_attendees()
            announced._announce()
        return rows

    def _check_listed(self):
        # sudo: where member and training stand decides
        for row in self.sudo():
            member, training = row.member_id, row.training_id
            if member.state != "active":
                raise UserError(
                    self.env._("%s is not in the talent pool now.", member.display_name)
                )
            if member.company_id != training.company_id:
                raise UserError(self.env._("%s belongs to another company.", member.display_name))
            if training.state not in ("draft", "planned"):
                raise UserError(self.env._("A training that is over cannot be changed."))

    def _announce(self):
        """The invitations: one decision for each participant, and the mails in the outbox.
        Whoever is suspended is invited on return. Called as superuser."""
        if asked := self.filtered(lambda row: row.member_id.state == "active"):
            froms = dict.fromkeys(asked.ids, False)
            asked._log_decisions("invite", froms, "invited", "")
            asked._write_moved({"date_invited": fields.Datetime.now()})
            asked._tell("invite")
            asked.training_id._finish_quarter_reminders()

    def _tell(self, name):
        """Queue the mail of this occasion, for those who have an address."""
        if self:
            template = self._get_move(name).mail
            self.env["hr.backbone.notification"]._queue(self, template, name)

    # -- content -------------------------------------------------------------------------

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        names = set(vals) & CONTENT
        if names and not self.env.su:
            self._check_content(names)
        result = super().write(vals)
        if "certificate_ids" in vals:
            for row in self:
                row.certificate_ids._backbone_adopt(row)
        return result

    def _check_content(self, names):
        """The participant rates, the trainer scores, HR does the rest.

        :raise UserError: one of these is not the user's to change, or not yet
        """
        if names & {"training_id", "member_id"}:
            raise UserError(self.env._("A participant stays on the list of one training."))
        for row in self:
            allowed = set()
            if row._is_about_me():
                allowed |= BY_PARTICIPANT
            if row._is_trainer():
                allowed |= BY_TRAINER
            if row._is_hr():
                allowed |= BY_OFFICER
            if refused := names - allowed:
                labels = [self._fields[name]._description_string(self.env) for name in refused]
                raise UserError(
                    self.env._(
                        "You are not allowed to fill in “%s”.",
                        format_list(self.env, sorted(labels)),
                    )
                )
            if names & AFTERWARDS and row.state != "attended":
                raise UserError(
                    self.env._("Score and feedback are given on a training that one attended.")
                )

    def _get_edit_refusal(self):
        self.ensure_one()
        if self._is_about_me() or self._is_trainer() or self._is_hr():
            return False
        return self.env._("Only the participant, the trainer and HR change this.")

    def _get_plan_methods(self):
        """An action of internal training is not served by an external one."""
        self.ensure_one()
        # sudo: of which kind the training is
        return (self.sudo().training_id.kind,)

    @api.constrains("rating")
    def _check_rating(self):
        for row in self:
            if row.rating is not False and not 1 <= row.rating <= RATINGS:
                raise ValidationError(self.env._("A rating lies between 1 and 5."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(row.training_id.state != "draft" for row in self):
            raise UserError(
                self.env._("Whoever was invited stays on the list: cancel the participation.")
            )

    # -- who -----------------------------------------------------------------------------

    def _is_trainer(self):
        """Whether the user holds this training, and is not a participant of it."""
        self.ensure_one()
        # sudo: who the trainer is decides, and is not shown
        trainer = self.training_id.sudo().trainer_id
        return trainer._is_backbone_worker() and not self._concerns_me()

    # -- what waits ----------------------------------------------------------------------

    @api.model
    def _get_own_domain(self):
        return Domain("employee_id", "in", self.env.user._get_backbone_own())

    @api.model
    def _get_unanswered_domain(self):
        """The user's invitations that wait for an answer."""
        return (
            self._get_own_domain()
            & Domain("state", "=", "invited")
            # any!: whoever is suspended is not asked
            & Domain("member_id", "any!", [("state", "=", "active")])
            & Domain("training_id.state", "=", "planned")
            & Domain("training_id.date_end", ">", fields.Datetime.now())
        )

    @api.model
    def _get_unrated_domain(self):
        """The user's sessions of late that wait for feedback."""
        now = fields.Datetime.now()
        return (
            self._get_own_domain()
            & Domain("state", "=", "attended")
            & Domain("rating", "=", False)
            # any!: whoever has left the pool is not asked
            & Domain("member_id", "any!", [("state", "!=", "exited")])
            & Domain("training_id.state", "in", ("planned", "done"))
            & Domain("training_id.date_end", "<=", now)
            & Domain("training_id.date_end", ">", now - timedelta(days=FEEDBACK_DAYS))
        )

    # -- the action of the plan --------------------------------------------------------

    def _can_choose_plan_line(self):
        """Whether the participant may say which action of the plan this serves."""
        self.ensure_one()
        return self.state in self._line_progress and self._is_about_me()

    def _link_from_portal(self, text):
        """Let the participation serve the action that was chosen on the page, or none.

        :param str text: the id of the action
        :raise FieldError: not an action of the member's plan for this way of training
        """
        self.ensure_one()
        if not self._can_choose_plan_line():
            raise UserError(self.env._("The action is chosen by whoever takes part."))
        line = self._pick_plan_line(text)
        if line != self.plan_line_id.id:
            self.write({"plan_line_id": line})

    # -- feedback and certificates -------------------------------------------------------

    @api.model
    def _get_rating_choices(self):
        return [
            ("", "–"),
            ("5", self.env._("5 – excellent")),
            ("4", self.env._("4 – good")),
            ("3", self.env._("3 – fair")),
            ("2", self.env._("2 – weak")),
            ("1", self.env._("1 – poor")),
        ]

    def _add_certificates(self, uploads):
        """Keep the certificates that the participant sent.

        :param uploads: werkzeug's file storages
        :raise UserError: not their own participation, or a file that is not taken
        """
        self.ensure_one()
        self._check_own_files()
        files = self.env["ir.attachment"]._backbone_receive(
            uploads, self.company_id, "certificates"
        )
        if not files:
            raise FieldError(self.env._("Choose a file first."), "certificates")
        # sudo: checked above; a portal user has no right on files as such
        self.sudo().write({"certificate_ids": [Command.link(file.id) for file in files]})

    def _remove_certificate(self, file_id):
        """Take one of one's certificates away again."""
        self.ensure_one()
        self._check_own_files()
        # sudo: see `_add_certificates`
        row = self.sudo()
        file = row.certificate_ids.filtered(lambda file: str(file.id) == str(file_id))
        row.write({"certificate_ids": [Command.unlink(gone.id) for gone in file]})

    def _check_own_files(self):
        self.check_access("write")
        self._check_content({"certificate_ids"})
        if self.state != "attended":
            raise UserError(self.env._("A certificate belongs to a training that you attended."))

    # -- the résumé ----------------------------------------------------------------------

    def _write_resume_lines(self):
        """Make sure that whoever attended has a line in the résumé. Called as superuser."""
        rows = self.filtered(lambda row: row.state == "attended" and not row.resume_line_id)
        line_type = self.env.ref("hr_skills.resume_type_training", raise_if_not_found=False)
        lines = self.env["hr.resume.line"].create(
            [
                {
                    "employee_id": row.employee_id.id,
                    "name": row.training_id.name,
                    "date_start": row.training_id.day_start,
                    "date_end": row.training_id.day_end,
                    "line_type_id": line_type and line_type.id,
                    "description": row._get_resume_text(),
                    "backbone_company_id": row.company_id.id,
                }
                for row in rows
            ]
        )
        for row, line in zip(rows, lines, strict=True):
            row._write_moved({"resume_line_id": line.id})

    def _get_resume_text(self):
        """What all colleagues read: no result."""
        self.ensure_one()
        training = self.training_id
        labels = dict(training._fields["subject"]._description_selection(self.env))
        parts = [
            labels[training.subject],
            self.env._("%s hours", f"{training.hours:g}") if training.hours else "",
            training.provider or training.trainer_id.name or "",
        ]
        return Markup("<p>%s</p>") % " · ".join(filter(None, parts))

    # -- the member's time line ----------------------------------------------------------

    @api.model
    def _select_timeline(self):
        return SQL(
            """
            SELECT participant.id, participant.member_id, training.day_start,
                   training.day_end, training.name, participant.state,
                   participant.state = 'attended', training.hours, participant.plan_line_id
              FROM hr_backbone_training_participant participant
              JOIN hr_backbone_training training ON training.id = participant.training_id
             WHERE participant.state != 'cancelled' AND training.state != 'draft'
            """
        )
