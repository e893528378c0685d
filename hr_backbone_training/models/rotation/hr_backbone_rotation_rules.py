# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import defaultdict
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, format_list

from ..core.claims import claim
from ..core.hr_backbone_portal_mixin import as_typed
from ..core.moves import list_sentences
from ..core.public import FieldError, public
from .hr_backbone_rotation import TAKEN

# whoever is in a place of the host department on the days of the rotation
SEATED = ("agreed", "running", "evaluation", "done")
# the last seven days, the day of the end included
LAST_WEEK = timedelta(days=6)
# what the page of a draft writes
PICKED = ("host_department_id", "host_job_id", "host_id", "plan_line_id")
DATES = ("date_start", "date_end")
# so many departments, posts or people are offered at the most
CHOICES = 500


class HrBackboneRotation(models.Model):
    """What must be true of a rotation: another post, dates of its own, a free place, and who
    writes what at its end. A conflict with time off is shown: dates only, never the reason."""

    # the third file of the model, a part by itself: with another it would be too long to read
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hr.backbone.rotation"

    leave_conflict = fields.Text(
        "Time off", compute="_compute_leave_conflict", help="Days of the stay that are time off."
    )

    # -- asking for one ----------------------------------------------------------------

    @api.model
    def _get_askable_members(self):
        """The members for whom the user may ask: oneself, and one's people."""
        members = self.env["hr.backbone.member"]
        own = Domain("employee_id", "in", self.env.user._get_backbone_own())
        domain = (own | Domain("is_managed", "=", True)) & Domain("state", "=", "active")
        return members.search(domain, limit=CHOICES)

    @api.model
    def _start_from_portal(self, member_id, line=""):
        """A draft for this member, or the draft that the user finds there already.

        :param str line: the id of the action of the development plan that it is born from
        :raise UserError: not one of the user's people, or another one's action
        """
        member = self._get_askable_members().filtered(lambda row: str(row.id) == str(member_id))
        if not member:
            raise UserError(self.env._("Choose one of your people in the talent pool."))
        draft = self.search([("member_id", "=", member.id), ("state", "=", "draft")], limit=1)
        if not draft:
            # the same page, sent twice at once
            claim(member)
            draft = self.create({"member_id": member.id})
        if line:
            draft.plan_line_id = draft._pick_plan_line(line)
        return draft

    # -- the form on its page ----------------------------------------------------------

    def _get_department_choices(self):
        # sudo: names of departments of the company
        departments = self.env["hr.department"].sudo()
        domain = [("company_id", "in", (False, self.company_id.id))]
        return departments.search(domain, limit=CHOICES).sorted("complete_name")

    def _get_job_choices(self):
        # sudo: names of posts of the company
        jobs = self.env["hr.job"].sudo()
        domain = [("company_id", "in", (False, self.company_id.id))]
        return jobs.search(domain, order="name, id", limit=CHOICES)

    def _get_host_choices(self):
        """Who can look after the member: people of the chosen department with a login."""
        # sudo: names of colleagues
        people = self.env["hr.employee"].sudo()
        department = self.host_department_id
        if not department:
            return people
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("department_id", "=", department.id)
            & Domain("user_id.active", "=", True)
            & Domain("id", "!=", self.employee_id.id)
        )
        return people.search(domain, order="name, id", limit=CHOICES) | self.host_id

    @api.model
    def _get_offered_domain(self, name):
        # sudo: of which company it is; or those in which the user works
        companies = self.sudo().company_id.ids or self.env.user._get_backbone_companies()
        if not companies:
            return super()._get_offered_domain(name)
        match name:
            case "host_department_id" | "host_job_id":
                return Domain("company_id", "in", [False, *companies])
            case "host_id":
                here = Domain("company_id", "in", companies)
                return here & Domain("user_id.active", "=", True)
        return super()._get_offered_domain(name)

    def _get_versioned(self):
        self.ensure_one()
        # sudo: the numbers of what the form shows by name
        stored = self.sudo()
        return {name: as_typed(stored[name], zero="0") for name in self._get_writable()}

    def _get_page_refusal(self):
        if self._get_writable():
            return False
        return self._get_edit_refusal() or self.env._("Nothing can be changed now.")

    def _get_submit_refusals(self):
        self.ensure_one()
        move = "request" if self.state == "draft" else "hand_in"
        return list_sentences(self._get_refusals(move))

    def _save_from_portal(self, vals, rows=None, files=(), removed_file=None):
        if "host_department_id" in vals:
            # the host follows the department
            vals = {name: value for name, value in vals.items() if name != "host_id"}
        elif "host_id" in vals and not vals["host_id"]:
            vals = {**vals, "host_id": self._find_leader(self.host_department_id).id}
        start, end = (vals.get(name, self[name]) for name in DATES)
        if start and end and end < start:
            raise FieldError(
                self.env._("A rotation ends on or after the day it begins."), "date_end"
            )
        return super()._save_from_portal(vals, rows, files, removed_file)

    # -- asking ------------------------------------------------------------------------

    def _get_missing_content(self):
        """{input: why it cannot be asked for without it}"""
        self.ensure_one()
        sentences = {
            "host_department_id": self.env._("Choose the host department."),
            "host_job_id": self.env._("Choose the post."),
            "date_start": self.env._("Give the first day."),
            "date_end": self.env._("Give the last day."),
            "objectives": self.env._("Write down what the member should learn."),
        }
        return {
            name: sentence
            for name, sentence in sentences.items()
            if not (self[name].strip() if isinstance(self[name], str) else self[name])
        }

    def _refusals_request(self):
        """Asked for by HR, the member or a manager: another post, a host who can agree,
        days that are not over and on which the member is in no other rotation."""
        overlaps = self._get_overlaps()
        refusals = {}
        for record in self:
            if reason := record._get_asking_refusal():
                refusals[record] = [reason]
                continue
            if missing := record._get_missing_content():
                refusals[record] = [*missing.values()]
                continue
            sentences = (
                record._get_post_refusal(),
                record._get_host_missing_sentence(),
                record._get_past_refusal(),
                overlaps.get(record),
            )
            refusals[record] = [sentence for sentence in sentences if sentence]
        return refusals

    def _get_post_refusal(self):
        """ "In relevant positions": another department, or another post of one's own."""
        # sudo: where the person works now
        employee = self.employee_id.sudo()
        same = (self.host_department_id, self.host_job_id) == (
            employee.department_id.sudo(False),
            employee.job_id.sudo(False),
        )
        return same and self.env._("%s works in this post of this department.", employee.name)

    def _get_host_missing_sentence(self):
        """Why this host cannot agree and score: a sentence, or False."""
        # sudo: names of the people of this document
        host, member = self.host_id.sudo(), self.employee_id.sudo()
        if not host:
            return self.env._(
                "No manager of “%s” or above it has a login: HR names the host.",
                self.host_department_id.sudo().name,
            )
        if host == member or host.user_id in member._get_backbone_ever():
            return self.env._("Members cannot host their own rotation.")
        if host.company_id != self.company_id or not self._can_act(host):
            return self.env._("%s has left or has no login and so cannot be the host.", host.name)
        return False

    def _has_host(self):
        """Whether the host works in the company of the rotation, and can act there. Called as
        superuser."""
        return self._can_act(self.host_id) and self.host_id.company_id == self.company_id

    def _get_past_refusal(self):
        if self.date_end and self.date_end < self.company_id._backbone_today():
            return self.env._(
                "The last day, %s, is over already.", format_date(self.env, self.date_end)
            )
        return False

    def _get_overlaps(self, states=TAKEN, together=False):
        """{record: the rotation of the same member that some of its days belong to}

        :param states: in which another rotation counts
        :param bool together: whether these count for each other, too, in their order
        """
        dated = self.filtered(lambda record: record.date_start and record.date_end)
        if not dated:
            return {}
        # sudo: the member's other rotations count whoever looks; dates are told, no more
        others = self.sudo().search_fetch(
            Domain("member_id", "in", dated.member_id.ids)
            & Domain("state", "in", states)
            & Domain("date_end", ">=", min(dated.mapped("date_start")))
            & Domain("date_start", "<=", max(dated.mapped("date_end"))),
            ["member_id", "date_start", "date_end", "host_department_id"],
        )
        by_member = defaultdict(list)
        for other in others:
            by_member[other.member_id.id].append(other)
        overlaps = {}
        for record in dated:
            before = by_member[record.member_id.id]
            for other in before:
                if other.id != record.id and other._meets(record.date_start, record.date_end):
                    overlaps[record] = record._get_overlap_sentence(other)
                    break
            if together:
                # sudo: this one is beside those of others, for the next
                before.append(record.sudo())
        return overlaps

    def _meets(self, start, end):
        """Whether it has a day in common with these, both included."""
        return self.date_start <= end and start <= self.date_end

    def _get_overlap_sentence(self, other):
        return self.env._(
            "%(member)s is in “%(department)s” from %(start)s to %(end)s: two rotations never "
            "share a day.",
            member=other.employee_id.name,
            department=other.host_department_id.name,
            start=format_date(self.env, other.date_start),
            end=format_date(self.env, other.date_end),
        )

    def _get_batch_refusals(self, name):
        """Two of one member that share a day, and two who take the last place: the first one
        goes on, as it does one by one."""
        refusals = super()._get_batch_refusals(name)
        if len(self) > 1 and name == "request":
            found = self._get_overlaps(together=True)
        elif len(self) > 1 and name == "agree":
            found = self._get_full_departments(together=True)
        else:
            return refusals
        for record, sentence in found.items():
            refusals.setdefault(record, []).append(sentence)
        return refusals

    # -- agreeing ----------------------------------------------------------------------

    def _refusals_agree(self):
        """By the member's manager and the host, where a place is free."""
        full = self._get_full_departments()
        refusals = {}
        for record in self:
            if record._concerns_me():
                refusals[record] = [self.env._("You cannot decide on your own case.")]
            elif not record._get_agreement_vals():
                refusals[record] = [record._get_agreement_refusal()]
            else:
                # sudo: whether the person is in the talent pool
                inactive = record.member_id.sudo().state != "active"
                sentences = (
                    inactive and record._get_asking_refusal(),
                    record._get_host_missing_sentence(),
                    record._get_past_refusal(),
                    full.get(record),
                )
                refusals[record] = [sentence for sentence in sentences if sentence]
        return refusals

    def _get_agreement_refusal(self):
        # sudo: names of the people of this document
        awaited = self._get_missing_agreement().mapped("name")
        if self._is_manager() or self._is_host():
            return self.env._(
                "You have agreed; %s agrees too.",
                format_list(self.env, awaited or [self.env._("HR")]),
            )
        manager = self.manager_id._get_backbone_name() or self.env._("HR")
        return self.env._(
            "%(manager)s, the member's manager, and %(host)s, the host, agree.",
            manager=manager,
            host=self.host_id._get_backbone_name() or self.env._("nobody yet"),
        )

    # -- the places of a department ----------------------------------------------------

    def _claim_places(self):
        """Of two who agree at once for one department, the second sees what the first took."""
        # sudo: a claim changes nothing
        claim(self.sudo().host_department_id.filtered("backbone_rotation_capacity"))

    def _get_full_departments(self, states=SEATED, together=False):
        """{record: why its host department has no place on some of its days}

        :param states: in which another rotation takes a place
        :param bool together: whether these take places from each other, too, in their order
        """
        # sudo: how many places a department has, and how many are taken; no names
        limited = self.sudo().filtered(
            lambda record: (
                record.host_department_id.backbone_rotation_capacity
                and record.date_start
                and record.date_end
            )
        )
        if not limited:
            return {}
        stays = defaultdict(list)
        # sudo: as above
        others = self.sudo().search_fetch(
            Domain("host_department_id", "in", limited.host_department_id.ids)
            & Domain("state", "in", states)
            & (Domain("id", "not in", limited.ids) if together else Domain.TRUE)
            & Domain("date_end", ">=", min(limited.mapped("date_start")))
            & Domain("date_start", "<=", max(limited.mapped("date_end"))),
            ["host_department_id", "date_start", "date_end"],
        )
        for other in others:
            stays[other.host_department_id.id].append(other)
        full = {}
        for record in limited:
            there = stays[record.host_department_id.id]
            taken = [(row.date_start, row.date_end) for row in there if row != record]
            capacity = record.host_department_id.backbone_rotation_capacity
            day = self._find_full_day(taken, capacity, record.date_start, record.date_end)
            if day:
                full[self.browse(record.id)] = record._get_full_sentence(capacity, day)
            elif together:
                there.append(record)
        return full

    @api.model
    def _find_full_day(self, stays, capacity, start, end):
        """The first day between these on which no place is free; None when there is none.

        A day is full only if that many are there on that same day: stays that follow each
        other take one place.

        :param stays: [(first day, last day)]
        """
        changes = defaultdict(int)
        for first, last in stays:
            if first <= end and start <= last:
                changes[max(first, start)] += 1
                changes[last + timedelta(days=1)] -= 1
        there = 0
        for day in sorted(changes):
            there += changes[day]
            if there >= capacity and day <= end:
                return day
        return None

    def _get_full_sentence(self, capacity, day):
        if capacity == 1:
            return self.env._(
                "“%(department)s” takes one member at a time, and its place is taken on %(day)s.",
                department=self.host_department_id.name,
                day=format_date(self.env, day),
            )
        return self.env._(
            "“%(department)s” takes %(capacity)s members at a time, and its places are taken "
            "on %(day)s.",
            department=self.host_department_id.name,
            capacity=capacity,
            day=format_date(self.env, day),
        )

    # -- ending early ------------------------------------------------------------------

    def _get_last_days(self, day):
        """{last day: records} of what ends early.

        :param day: a date, or None for today
        :raise UserError: not between the first day and today
        """
        days = {}
        for record in self:
            today = record.company_id._backbone_today()
            last = day or min(today, record.date_end or date.max)
            if record.state == "running" and not (
                record.date_start <= last <= min(today, record.date_end)
            ):
                raise UserError(self.env._("The last day lies between the first one and today."))
            days[last] = days.get(last, self.browse()) | record
        return days

    # -- the evaluation at the end -----------------------------------------------------

    def _get_evaluation_refusal(self):
        """From the last week on, until it is done."""
        self.ensure_one()
        if self.state == "evaluation":
            return False
        opens = self.date_end and self.date_end - LAST_WEEK
        if self.state != "running":
            return self.env._("Summary and score are written at the end of a rotation.")
        if self.company_id._backbone_today() < opens:
            return self.env._(
                "Summary and score are written from the last week on, from %s.",
                format_date(self.env, opens),
            )
        return False

    def _get_summary_refusal(self):
        self.ensure_one()
        if not self._is_about_me():
            name = self.employee_id._get_backbone_name()
            return self.env._("Only %s writes the summary.", name)
        if self.date_summary:
            return self.env._("The summary has been handed in.")
        return self._get_evaluation_refusal()

    def _get_score_refusal(self):
        self.ensure_one()
        if not self._is_host() or self._concerns_me():
            host = self.host_id._get_backbone_name() or self.env._("the host")
            return self.env._("Only %s, the host, scores and comments.", host)
        if self.date_scored:
            return self.env._("The score has been handed in.")
        return self._get_evaluation_refusal()

    def _get_missing(self):
        """{input: why it cannot be handed in, or asked for, without it}; for the pages."""
        self.ensure_one()
        if self.state == "draft":
            return self._get_missing_content()
        missing = {}
        if not self._get_summary_refusal() and not (self.summary or "").strip():
            missing["summary"] = self.env._("Write the summary before you hand it in.")
        if not self._get_score_refusal():
            if self.score is False:
                missing["score"] = self.env._("Give a score before you hand it in.")
            if not (self.host_comment or "").strip():
                missing["host_comment"] = self.env._("Write a comment before you hand it in.")
        return missing

    def _get_writable(self):
        """The inputs that the user may fill in now."""
        self.ensure_one()
        if self.state == "draft":
            return () if self._get_edit_refusal() else (*PICKED, *DATES, "objectives")
        writable = []
        if not self._get_summary_refusal():
            writable.append("summary")
        if not self._get_score_refusal():
            writable += ["score", "host_comment"]
        return tuple(writable)

    # -- time off ----------------------------------------------------------------------

    @api.depends_context("lang")
    @api.depends("employee_id", "date_start", "date_end")
    def _compute_leave_conflict(self):
        periods = self._get_time_off()
        for record in self:
            record.leave_conflict = record.employee_id._say_backbone_absences(periods[record])

    def _get_time_off(self):
        """{record: [(first day, last day)] of the member's absences that meet its days}"""
        periods = defaultdict(list)
        dated = self.filtered(
            lambda record: record.employee_id and record.date_start and record.date_end
        )
        if not dated:
            return periods
        # sudo: when a member is away is shown to the people of the rotation
        by_employee = dated.employee_id.sudo()._get_backbone_absences(
            min(dated.mapped("date_start")), max(dated.mapped("date_end"))
        )
        for record in dated:
            for start, end in by_employee[record.employee_id._origin.id]:
                if start <= record.date_end and record.date_start <= end:
                    periods[record].append(
                        (max(start, record.date_start), min(end, record.date_end))
                    )
        return periods

    # -- the manager -------------------------------------------------------------------

    @public()
    def action_update_manager(self):
        """HR: find the member's manager again, where departments or managers have changed."""
        self.check_access("write")
        self._lock_for_move()
        for record in self:
            if not record._is_hr() or record.state not in ("draft", "requested"):
                raise UserError(
                    self.env._("HR may look for the manager again until all have agreed.")
                )
        self._update_managers()
        return True
