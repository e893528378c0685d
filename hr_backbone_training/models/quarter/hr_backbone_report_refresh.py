# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date, get_lang

from ..core.jobs import run_in_batches
from ..core.public import public

# what the daily job brings up to date at a time
BATCH = 1000
TEXTS = ("study", "plan_progress")


class HrBackboneReport(models.Model):
    """The report writes itself: what happened in the quarter is taken from its documents,
    for any number of reports at once. The member only corrects it.

    It begins with sentences from what happened, in the member's language: a suggestion,
    renewed only while the member has not touched it.
    """

    _inherit = "hr.backbone.report"

    @public()
    def action_refresh(self):
        """Bring the list of what happened up to date, by the member or HR."""
        self.check_access("read")
        for report in self:
            reason = report._get_edit_refusal()
            if reason and not (report.state == "draft" and report._is_hr()):
                raise UserError(reason)
        # sudo: the check is above; the list comes from documents, not from the user
        self.sudo()._refresh_entries()
        return True

    def _refresh_entries(self, prefill=True):
        """Take over what happened in the quarter, as far as these reports are drafts: new
        rows come, rows whose document is gone go, remarks stay.

        :param bool prefill: whether texts that nobody has touched are suggested anew
        """
        if not self:
            return
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT company_id, array_agg(id), array_agg(member_id) FROM hr_backbone_report
                WHERE id = ANY(%s) AND state = 'draft' GROUP BY company_id""",
            (self.ids,),
        )
        for company_id, ids, members in self.env.cr.fetchall():
            # sudo: what day it is in the company
            today = self.env["res.company"].sudo().browse(company_id)._backbone_today()
            self.env.cr.execute(self._get_refresh_query(ids, members, today))
        self.env["hr.backbone.report.entry"].invalidate_model()
        self.invalidate_recordset(["entry_ids"])
        if prefill:
            self._prefill_texts()

    @api.model
    def _get_refresh_query(self, ids, members, today):
        """One statement for any number of reports of a company."""
        return SQL(
            """
            WITH draft AS (
                SELECT r.id, r.member_id, r.employee_id, r.company_id,
                       q.date_start AS first, LEAST(q.date_end, %(today)s) AS last,
                       q.date_end AS quarter_end
                  FROM hr_backbone_report r
                  JOIN hr_backbone_quarter q ON q.id = r.quarter_id
                 WHERE r.id = ANY(%(ids)s)
            ), happened AS (%(timeline)s UNION ALL %(plan)s), gone AS (
                DELETE FROM hr_backbone_report_entry e
                 WHERE e.report_id = ANY(%(ids)s)
                   AND NOT EXISTS (
                       SELECT 1 FROM happened h
                        WHERE h.report_id = e.report_id AND h.res_model = e.res_model
                          AND h.res_id = e.res_id)
            )
            INSERT INTO hr_backbone_report_entry AS e
                   (report_id, company_id, kind, name, state, date, date_end, hours, days,
                    res_model, res_id, progress_from, progress_to, is_included,
                    create_uid, create_date, write_uid, write_date)
            SELECT h.*, TRUE, %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s,
                   now() AT TIME ZONE 'UTC'
              FROM happened h
             ORDER BY report_id, date, res_model, res_id
            ON CONFLICT (report_id, res_model, res_id) DO UPDATE
               SET (name, state, date, date_end, hours, days, progress_from, progress_to)
                 = (EXCLUDED.name, EXCLUDED.state, EXCLUDED.date, EXCLUDED.date_end,
                    EXCLUDED.hours, EXCLUDED.days, EXCLUDED.progress_from,
                    EXCLUDED.progress_to)
             WHERE (e.name, e.state, e.date, e.date_end, e.hours, e.days, e.progress_from,
                    e.progress_to)
                   IS DISTINCT FROM
                   (EXCLUDED.name, EXCLUDED.state, EXCLUDED.date, EXCLUDED.date_end,
                    EXCLUDED.hours, EXCLUDED.days, EXCLUDED.progress_from,
                    EXCLUDED.progress_to)
            """,
            ids=ids,
            today=today,
            uid=self.env.uid,
            timeline=self._select_happened(members),
            plan=self._select_plan_moved(),
        )

    @api.model
    def _select_happened(self, members):
        """What took place in the quarter, or reached into it, up to today: trainings that
        were attended, talks that were held, days in another post, achievements and
        suggestions that were handed in. A training that reaches into the next quarter counts
        in each with the hours of its days there."""
        return SQL(
            """SELECT d.id AS report_id, d.company_id, t.kind, t.name, t.state, t.date,
                      t.date_end,
                      CASE WHEN t.kind = 'training.participant' AND t.date_end > t.date THEN
                          round((t.hours * (LEAST(t.date_end, d.quarter_end) - t.date + 1)
                                 / (t.date_end - t.date + 1))::numeric, 2)
                          - round((t.hours * (GREATEST(t.date, d.first) - t.date)
                                   / (t.date_end - t.date + 1))::numeric, 2)
                          ELSE t.hours END AS hours,
                      CASE WHEN t.kind = 'rotation' THEN
                          LEAST(COALESCE(t.date_end, d.last), d.last)
                          - GREATEST(t.date, d.first) + 1 END AS days,
                      t.res_model, t.res_id,
                      NULL::integer AS progress_from, NULL::integer AS progress_to
                 FROM draft d
                 JOIN %s t ON t.member_id = d.member_id
                -- said twice, so that it reaches the indexes below the time line
                WHERE t.member_id = ANY(%s)
                  AND t.date <= d.last
                  AND CASE
                      WHEN t.kind = 'rotation'
                          THEN (t.is_done OR t.state IN ('running', 'evaluation'))
                               AND COALESCE(t.date_end, d.last) >= d.first
                      WHEN t.kind = ANY(%s)
                          THEN t.is_done AND COALESCE(t.date_end, t.date) >= d.first
                      WHEN t.kind IN ('achievement', 'suggestion')
                          THEN t.state NOT IN ('draft', 'refused', 'withdrawn')
                               AND t.date >= d.first
                      ELSE FALSE END""",
            self.env["hr.backbone.timeline"]._table_sql,
            members,
            self._get_done_kinds(),
        )

    @api.model
    def _get_done_kinds(self):
        """The kinds of the time line that stand in the report of the quarter in which they were
        done. For other addons to extend, with `_compose_sentence`."""
        return ["mentorship.session", "training.participant"]

    @api.model
    def _select_plan_moved(self):
        """The actions of the development plan that moved in the quarter."""
        return SQL(
            """SELECT d.id, d.company_id, 'plan', l.action, NULL, max(g.date), NULL::date,
                      NULL::double precision, NULL::integer, 'hr.backbone.plan.line', l.id,
                      (array_agg(g.progress_from ORDER BY g.date))[1],
                      (array_agg(g.progress_to ORDER BY g.date DESC))[1]
                 FROM draft d
                 JOIN hr_backbone_plan_line l
                   ON l.employee_id = d.employee_id AND l.company_id = d.company_id
                 JOIN hr_backbone_plan_progress g
                   ON g.plan_line_id = l.id AND g.date BETWEEN d.first AND d.last
                GROUP BY d.id, d.company_id, l.id, l.action
               HAVING (array_agg(g.progress_from ORDER BY g.date))[1]
                      != (array_agg(g.progress_to ORDER BY g.date DESC))[1]"""
        )

    def _do_move(self, move, comment, vals=None):
        if move.name == "submit":
            # sudo: the last look, after the move was let through; from here on it is frozen
            self.sudo()._refresh_entries(prefill=False)
        return super()._do_move(move, comment, vals)

    @api.model
    def _cron_refresh(self, batch_size=BATCH):
        """Keep the drafts of the open quarters up to date, a batch at a time."""
        domain = [("state", "=", "draft"), ("quarter_id.state", "=", "open")]
        # one that is being submitted at this moment refreshes itself
        run_in_batches(self, domain, lambda drafts: drafts._refresh_entries(), batch_size)

    # -- what the texts begin with -----------------------------------------------------

    def _prefill_texts(self):
        """Suggest the texts of what was learned and of the plan, where nobody has written."""
        rows = self._read_untouched()
        happened = self._read_happened([row["id"] for row in rows])
        values = []
        for row in rows:
            lang = get_lang(self.env, row["lang"]).code
            texts = self._compose_texts(happened.get(row["id"], ()), lang)
            for name in TEXTS:
                # what was cleared or rewritten is the member's own by now
                untouched = (row[name] or "") == (row[f"{name}_prefill"] or "")
                texts[name] = texts[name] if untouched else None
            if any(texts[name] not in (None, row[name] or "") for name in TEXTS):
                values.append((row["id"], *(texts[name] for name in TEXTS)))
        self._store_texts(values)

    def _read_untouched(self):
        self.env.cr.execute(
            """SELECT r.id, r.study, r.study_prefill, r.plan_progress, r.plan_progress_prefill,
                      COALESCE(person.lang, house.lang) AS lang
                 FROM hr_backbone_report r
                 JOIN hr_employee e ON e.id = r.employee_id
                 JOIN res_company c ON c.id = r.company_id
                 JOIN res_partner house ON house.id = c.partner_id
                 LEFT JOIN res_users u ON u.id = e.user_id
                 LEFT JOIN res_partner person ON person.id = u.partner_id
                WHERE r.id = ANY(%s) AND r.state = 'draft'
                  AND (COALESCE(r.study, '') = COALESCE(r.study_prefill, '')
                    OR COALESCE(r.plan_progress, '') = COALESCE(r.plan_progress_prefill, ''))
                ORDER BY r.id""",
            (self.ids,),
        )
        return self.env.cr.dictfetchall()

    @api.model
    def _read_happened(self, ids):
        """{report id: its rows that the member has not left out}"""
        self.env.cr.execute(
            """SELECT report_id, kind, name, date, hours, days, progress_from, progress_to
                 FROM hr_backbone_report_entry
                WHERE report_id = ANY(%s) AND is_included
                ORDER BY report_id, date, id""",
            (ids,),
        )
        happened = defaultdict(list)
        for row in self.env.cr.dictfetchall():
            happened[row["report_id"]].append(row)
        return happened

    @api.model
    def _store_texts(self, values):
        """[(report id, text of each of TEXTS; None leaves it as it is)], in one statement."""
        if not values:
            return
        ids, *columns = (list(column) for column in zip(*values, strict=True))
        self.env.cr.execute(
            SQL(
                """UPDATE hr_backbone_report r
                      SET study = COALESCE(v.study, r.study),
                          study_prefill = COALESCE(v.study, r.study_prefill),
                          plan_progress = COALESCE(v.plan_progress, r.plan_progress),
                          plan_progress_prefill =
                              COALESCE(v.plan_progress, r.plan_progress_prefill)
                     FROM unnest(%(ids)s, %(study)s::text[], %(plan)s::text[])
                          AS v (id, study, plan_progress)
                    WHERE r.id = v.id""",
                ids=ids,
                study=columns[0],
                plan=columns[1],
            )
        )
        self.browse(ids).invalidate_recordset(
            [*TEXTS, *(f"{name}_prefill" for name in TEXTS)], flush=False
        )

    @api.model
    def _compose_texts(self, rows, lang):
        """{text: what is suggested for it}, one sentence for each thing that happened."""
        report = self.with_env(self.env(context={**self.env.context, "lang": lang}))
        study = [
            report._compose_sentence(row)
            for row in rows
            if row["kind"] not in ("plan", "mentorship.session")
        ]
        talks = [row for row in rows if row["kind"] == "mentorship.session"]
        if talks:
            study.append(report._compose_talks(talks))
        plan = [report._compose_sentence(row) for row in rows if row["kind"] == "plan"]
        return {"study": "\n".join(filter(None, study)), "plan_progress": "\n".join(plan)}

    def _compose_sentence(self, row):
        """The sentence that is suggested for one row of the list; False for none. For other
        addons to extend, with the kinds of theirs.

        :param dict row: see `_read_happened`
        """
        values = {
            "name": row["name"] or "",
            "date": format_date(self.env, row["date"]),
            "hours": f"{row['hours'] or 0:g}",
            "days": row["days"],
            "before": row["progress_from"],
            "now": row["progress_to"],
        }
        if row["kind"] == "plan":
            return self.env._("%(name)s: from %(before)s %% to %(now)s %%.", **values)
        if row["kind"] == "training.participant":
            if values["hours"] == "1":
                return self.env._("Attended “%(name)s” on %(date)s (1 hour).", **values)
            if row["hours"]:
                return self.env._("Attended “%(name)s” on %(date)s (%(hours)s hours).", **values)
            return self.env._("Attended “%(name)s” on %(date)s.", **values)
        if row["kind"] == "rotation":
            if row["days"] == 1:
                return self.env._("Learned in another post: %(name)s (1 day).", **values)
            return self.env._("Learned in another post: %(name)s (%(days)s days).", **values)
        if row["kind"] == "achievement":
            return self.env._("Personal promotion: %(name)s (%(date)s).", **values)
        if row["kind"] == "suggestion":
            return self.env._("Work suggestion: %(name)s (%(date)s).", **values)
        return False

    def _compose_talks(self, talks):
        count = len(talks)
        hours = f"{sum(row['hours'] or 0 for row in talks):g}"
        if count == 1:
            if hours == "1":
                return self.env._("One counselling talk with my mentor (1 hour).")
            return self.env._("One counselling talk with my mentor (%s hours).", hours)
        if hours == "1":
            return self.env._("%s counselling talks with my mentor (1 hour).", count)
        return self.env._(
            "%(count)s counselling talks with my mentor (%(hours)s hours).",
            count=count,
            hours=hours,
        )
