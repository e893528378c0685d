import io

from odoo import models
from odoo.tools.safe_eval import safe_eval, time

# whose prints are kept, see the `attachment` of their reports
KEPT = ("hr.backbone.evaluation",)
# so many new ones that a request has the time to print each by itself
ONE_BY_ONE = 20


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """What is kept is printed one by one: all the documents of a form stand in one
        article, which cannot be taken apart again. More than a few are not made to wait for
        that: they are printed together, and kept where each has a page of its own."""
        report = self._get_report(report_ref)
        if report.model not in KEPT or len(res_ids or ()) < 2:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        kept = {
            record.id: {"stream": io.BytesIO(file.raw), "attachment": file}
            for record in self.env[report.model].browse(res_ids)
            if (file := report.with_env(self.env).retrieve_attachment(record))
        }
        if len(res_ids) - len(kept) > ONE_BY_ONE:
            return self._render_together(report, data, res_ids, kept)
        streams = {}
        for res_id in res_ids:
            streams.update(
                {res_id: kept[res_id]}
                if res_id in kept
                else super()._render_qweb_pdf_prepare_streams(
                    report_ref, dict(data or {}), [res_id]
                )
            )
        return streams

    def _render_together(self, report, data, res_ids, kept):
        """:param dict kept: record id → the stream of what was printed of it before"""
        # the same report, but one that keeps nothing: Odoo would want an article for each
        plain = report.new({"attachment": False}, origin=report)
        streams = super()._render_qweb_pdf_prepare_streams(plain, data, res_ids)
        taken_apart = {res_id for res_id, made in streams.items() if res_id and made["stream"]}
        return {**streams, **{res_id: kept[res_id] for res_id in kept if res_id in taken_apart}}

    def retrieve_attachment(self, record):
        """Not by the name alone, as Odoo does: whoever writes a message attaches a file of any
        name."""
        if record._name not in KEPT:
            return super().retrieve_attachment(record)
        return record._get_print(safe_eval(self.attachment, {"object": record, "time": time}))

    def _prepare_pdf_report_attachment_vals_list(self, report, streams):
        if report.model not in KEPT:
            return super()._prepare_pdf_report_attachment_vals_list(report, streams)
        each = {res_id: made for res_id, made in streams.items() if res_id and made["stream"]}
        vals_list = super()._prepare_pdf_report_attachment_vals_list(report, each)
        # sudo: whoever may read an evaluation prints it, and the name of the file has checked
        # that; the print is kept, whether or not this person may write files
        for file in self.env["ir.attachment"].sudo().create(vals_list):
            self.env[file.res_model].browse(file.res_id)._keep_print(file)
        return []
