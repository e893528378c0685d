from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL, format_date

TEXTS = ("study", "plan_progress")


class HrBackboneReport(models.Model):
    """Sentences that the report begins with, from what happened, in the member's language:
    a suggestion, renewed only while the member has not touched it."""

    _inherit = "hr.backbone.report"

    def _prefill_texts(self):
        """Suggest the texts of what was learned and of the plan, where nobody has written."""
        rows = self._read_untouched()
        happened = self._read_happened([row["id"] for row in rows])
        values = []
        for row in rows:
            texts = self._compose_texts(happened.get(row["id"], ()), row["lang"])
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
                      COALESCE(person.lang, house.lang, 'en_US') AS lang
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
        ids, *columns = (list(column) for column in zip(*values))
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
            if row["hours"]:
                return self.env._("Attended “%(name)s” on %(date)s (hours: %(hours)s).", **values)
            return self.env._("Attended “%(name)s” on %(date)s.", **values)
        if row["kind"] == "rotation":
            return self.env._("Learned in another post: %(name)s (days: %(days)s).", **values)
        if row["kind"] == "achievement":
            return self.env._("Personal promotion: %(name)s (%(date)s).", **values)
        if row["kind"] == "suggestion":
            return self.env._("Work suggestion: %(name)s (%(date)s).", **values)
        return False

    def _compose_talks(self, talks):
        hours = sum(row["hours"] or 0 for row in talks)
        if len(talks) == 1:
            return self.env._("One counselling talk with my mentor (hours: %s).", f"{hours:g}")
        return self.env._(
            "%(count)s counselling talks with my mentor (hours: %(hours)s).",
            count=len(talks),
            hours=f"{hours:g}",
        )
