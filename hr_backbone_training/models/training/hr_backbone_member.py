# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_list

from .hr_backbone_training import SEATED

# what the scheme promises of training: the kind and the subject of a session that keeps it
PROMISED = {
    "internal": ("internal", None),
    "management": ("internal", "management"),
    "skill": ("internal", "skill"),
    "external": ("external", None),
}
# what an offer is read from
OFFERED_BY = {
    "hr.backbone.training": [
        "company_id",
        "kind",
        "subject",
        "state",
        "date_start",
        "day_start",
        "day_end",
        "seats",
        "is_by_management",
    ],
    "hr.backbone.training.participant": ["member_id", "training_id", "state", "date_invited"],
}


class HrBackboneMember(models.Model):
    """Which members had their share of training."""

    _inherit = "hr.backbone.member"

    training_participant_ids = fields.One2many(
        "hr.backbone.training.participant", "member_id", "Trainings", readonly=True
    )
    training_count = fields.Integer("Trainings Attended", compute="_compute_trainings")
    external_offered_year = fields.Boolean(
        "External Opportunity this Year",
        compute="_compute_trainings",
        search="_search_external_offered_year",
        help="An external training of this year is planned for the member, or was held; one that "
        "was declined counts.",
    )
    internal_trained_quarter = fields.Boolean(
        "Internal Training this Quarter",
        compute="_compute_trainings",
        search="_search_internal_trained_quarter",
        help="The internal training of this quarter is planned for the member, or was held; one "
        "that was declined counts. Where management and skills trainings are owed, both.",
    )

    def _compute_trainings(self):
        # sudo: numbers and yes or no, for whoever reads the member
        members = self._origin.sudo()
        rows = members.env["hr.backbone.training.participant"]
        mine = Domain("member_id", "in", members.ids) & Domain("state", "=", "attended")
        attended = dict(rows._read_group(mine, ["member_id"], ["__count"]))
        found = {
            name: set(
                members.search(
                    Domain("id", "in", members.ids) & self._get_promised_domain(owed)
                ).ids
            )
            for name, owed in self._get_owed_training(members.company_id).items()
        }
        for member in self:
            member.training_count = attended.get(member._origin, 0)
            for name, ids in found.items():
                member[name] = member._origin.id in ids

    # -- the one definition of an offer --------------------------------------------------

    @api.model
    def _select_offers(self):
        """What was offered to members, one row for each offer: an announced training is planned,
        and one that was held is delivered (`is_held`), see `_select_offered_sessions`.

        Ledger, pool, overview and reminders ask here; other addons add what they offer.

        :return: SQL that selects member_id, company_id, day, kind, subject, is_held and
            is_by_management
        """
        return SQL(
            """
            SELECT member_id, company_id, day_start AS day, kind, subject, is_held,
                   is_by_management
              FROM (%s) o""",
            self._select_offered_sessions(),
        )

    @api.model
    def _select_offered_sessions(self):
        """The sessions that were offered to members: the member was invited before it began, was
        not suspended on any day of it, and has, or could have had, a seat. The waiting list is no
        opportunity, and what one declined was one. Whoever was there in the end was offered it in
        any case; and whoever is absent had a seat, or the closing would have taken them off.

        The evaluation of a year asks here what was missed.

        :return: SQL that selects id, state and score of the participant, and of the session
            member_id, company_id, kind, subject, day_start, hours, is_held and is_by_management
        """
        return SQL(
            """
            SELECT p.id, p.state, p.score, p.member_id, t.company_id, t.kind, t.subject,
                   t.day_start, t.hours,
                   t.state = 'done' OR p.state = 'attended' AS is_held,
                   COALESCE(t.is_by_management, FALSE) AS is_by_management
              FROM hr_backbone_training_participant p
              JOIN hr_backbone_training t ON t.id = p.training_id
              LEFT JOIN (SELECT training_id, count(*) AS taken
                           FROM hr_backbone_training_participant
                          WHERE state IN %(seated)s GROUP BY training_id) s
                     ON s.training_id = t.id
             WHERE t.state IN ('planned', 'done')
               AND (p.state = 'attended' OR p.date_invited < t.date_start AND (
                       p.state IN ('confirmed', 'declined', 'absent')
                       OR p.state = 'invited'
                          AND (COALESCE(t.seats, 0) = 0 OR COALESCE(s.taken, 0) < t.seats))
                    AND NOT EXISTS (SELECT FROM (%(away)s) w
                                     WHERE w.member_id = p.member_id
                                       AND w.gone <= t.day_end AND w.back > t.day_start))""",
            seated=SEATED,
            away=self.env["hr.backbone.movement"]._select_times_away(),
            to_flush=[
                self.env[model]._fields[name]
                for model, names in OFFERED_BY.items()
                for name in names
            ],
        )

    @api.model
    def _select_offered(self, promise, companies):
        """The members of these companies to whom what is promised was offered, each company in
        its year (external) or quarter (internal) of today: planned or held.

        :param str promise: of `PROMISED`
        :return: the ids, as SQL in brackets
        """
        kind, subject = PROMISED[promise]
        periods = [company._backbone_promise_period(kind) for company in companies]
        return SQL(
            """(SELECT o.member_id FROM (%(offers)s) o
                  JOIN (VALUES %(periods)s) w (company_id, first_day, last_day)
                    ON w.company_id = o.company_id
                       AND o.day BETWEEN w.first_day AND w.last_day
                 WHERE o.kind = %(kind)s AND %(about)s)""",
            offers=self._select_offers(),
            periods=SQL(", ").join(
                SQL("(%s, %s::date, %s::date)", company.id, *period)
                for company, period in zip(companies, periods, strict=True)
            ),
            kind=kind,
            about=self._is_about_subject("o", subject),
        )

    @api.model
    def _is_about_subject(self, alias, subject):
        """:return: SQL, whether the offer of this alias keeps a promise of the subject, or of any
        where it is None
        """
        if not subject:
            return SQL("TRUE")
        return SQL("%s IN (%s, 'both')", SQL.identifier(alias, "subject"), subject)

    @api.model
    def _get_owed_training(self, companies):
        """:return: {field of the member: {company: what it owes, of `PROMISED`}}"""
        return {
            "external_offered_year": dict.fromkeys(companies, ("external",)),
            "internal_trained_quarter": {
                company: company._backbone_internal_promises() for company in companies
            },
        }

    @api.model
    def _get_promised_domain(self, owed):
        """The members to whom all of this was offered, in their own company's period.

        :param dict owed: {company: what it owes, of `PROMISED`}
        """
        domains = []
        for promises in set(owed.values()):
            companies = [company for company in owed if owed[company] == promises]
            own = Domain("company_id", "in", [company.id for company in companies])
            domains.append(
                own
                & Domain.AND(
                    Domain("id", "in", self._select_offered(promise, companies))
                    for promise in promises
                )
            )
        return Domain.OR(domains)

    @api.model
    def _search_external_offered_year(self, operator, value):
        return self._search_offered("external_offered_year", operator, value)

    @api.model
    def _search_internal_trained_quarter(self, operator, value):
        return self._search_offered("internal_trained_quarter", operator, value)

    @api.model
    def _search_offered(self, name, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._get_promised_domain(self._get_owed_training(self.env.companies)[name])

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name in ("suspend", "resume"):
            # sudo: the move was just allowed
            rows = self.sudo().training_participant_ids.filtered(
                lambda row: (
                    row.is_open
                    and row.training_id.state == "planned"
                    and not row.training_id._is_over()
                )
            )
            rows._sync_attendees()
            if name == "resume":
                rows._on_member_resumed()
        return result

    def _on_exited(self):
        """Who leaves the pool gives the seats back; what was attended stays, and who was at a
        session can still be marked."""
        result = super()._on_exited()
        # sudo: the exit was allowed
        rows = self.sudo().training_participant_ids.filtered(
            lambda row: (
                row.is_open
                and row.training_id.state in ("draft", "planned")
                and not (row.training_id._is_over() and row.state != "waiting")
            )
        )
        if rows:
            rows.training_id._lock_seats()
            rows._do_moves({"cancel": rows}, self.env._("Left the talent pool."))
        return result

    def _find_former_seats(self, exits):
        """What was given back with the exit, of sessions to come: (the rows that come back, those
        whose seat is taken by now). As superuser."""
        rows = self.training_participant_ids.filtered(
            lambda row: (
                row.state == "cancelled"
                and row.training_id.state in ("draft", "planned")
                and not row.training_id._is_over()
            )
        )
        rows = self._filter_ended(rows, ("cancel",), exits)
        undone, lost = rows._find_last_steps(), rows.browse()
        for training, same in rows.grouped("training_id").items():
            seated = same.filtered(lambda row: undone[row].from_state == "confirmed")
            if (free := training._get_free_seats()) is not None:
                lost |= seated[max(free, 0) :]
        return rows - lost, lost

    def _on_exit_undone(self, exits):
        """Who had a seat has it again, as long as it is free."""
        result = super()._on_exit_undone(exits)
        rows, lost = self._find_former_seats(exits)
        if rows or lost:
            (rows | lost).training_id._lock_seats()
            rows, _lost = self._find_former_seats(exits)
            rows._do_moves({"undo_cancel": rows})
            rows._sync_attendees()
        return result

    def _say_exit_undone(self, exits):
        sentences = super()._say_exit_undone(exits)
        rows, lost = self._find_former_seats(exits)
        if rows:
            names = format_list(self.env, list(dict.fromkeys(rows.training_id.mapped("name"))))
            sentences.append(self.env._("On the list again: %s.", names))
        if lost:
            names = format_list(self.env, list(dict.fromkeys(lost.training_id.mapped("name"))))
            sentences.append(self.env._("The seat has been given to somebody else: %s.", names))
        return sentences
