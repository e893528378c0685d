# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import csv
import io

from odoo.exceptions import AccessError
from odoo.tools import file_open

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
}


class ImportMixin:
    """Uploads a list on Odoo's own import screen, as HR does."""

    _import_model = "hr.backbone.application"
    _import_headers = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "base_import.import" not in cls.env:
            cls.skipTest(cls, "base_import is not installed")

    def _upload(self, content, model=None, mimetype="text/csv", user=None):
        screen = (
            self.env["base_import.import"]
            .with_user(user or self.user_officer)
            .create(
                {"res_model": model or self._import_model, "file": content, "file_type": mimetype}
            )
        )
        preview = screen.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        columns = [
            "/".join(preview["matches"].get(index, [])) for index in range(len(preview["headers"]))
        ]
        self.assertTrue(all(columns), f"{preview['headers']} give {columns}")
        return screen, columns, preview["headers"]

    def _import(self, rows, headers=None, dryrun=False, **kwargs):
        stream = io.StringIO()
        csv.writer(stream).writerows([headers or self._import_headers, *rows])
        screen, columns, names = self._upload(stream.getvalue().encode(), **kwargs)
        # a trial is rolled back to where the database stood
        self.env.flush_all()
        return screen.execute_import(columns, names, dict(OPTIONS), dryrun=dryrun)

    def _assert_refused(self, rows, line, sentence, **kwargs):
        """Line `line` (0 is the first below the headers) alone is named, and nothing of
        the list stays."""
        before = self.env[self._import_model].search_count([])
        for dryrun in (True, False):
            result = self._import(rows, dryrun=dryrun, **kwargs)
            self.assertFalse(result["ids"])
            named = [(message["rows"]["from"], message["type"]) for message in result["messages"]]
            self.assertEqual(named, [(line, "error")], result["messages"])
            self.assertIn(sentence, result["messages"][0]["message"])
        self.assertEqual(self.env[self._import_model].search_count([]), before)

    def _import_template(self):
        """Upload the template that the import screen offers: it fits as it is.

        :return: the documents of its two rows
        """
        template = self.env[self._import_model].get_import_templates()[0]["template"]
        with file_open(template.lstrip("/"), "rb") as stream:
            content = stream.read()
        screen, columns, headers = self._upload(content, mimetype=XLSX)
        self.assertEqual(len(columns), len(set(columns)))
        result = screen.execute_import(columns, headers, dict(OPTIONS), dryrun=False)
        self.assertEqual(result["messages"], [])
        records = self.env[self._import_model].browse(result["ids"])
        self.assertEqual(len(records), 2)
        return records

    def _assert_not_for(self, users, fields, row, sentence=""):
        """None of these loads the row, not over RPC either; it does without them.

        :param users: `res.users`
        :param list fields: the names of the columns
        """
        before = self.env[self._import_model].search_count([])
        for user in users:
            with self.subTest(user=user.login):
                model = self.env[self._import_model].with_user(user)
                try:
                    result = model.with_context(import_file=True).load(fields, [list(row)])
                except AccessError:  # a portal login reads no names to choose from
                    self.assertFalse(sentence)
                    continue
                self.assertFalse(result["ids"])
                messages = " ".join(message["message"] for message in result["messages"])
                self.assertTrue(messages)
                self.assertIn(sentence, messages)
        self.assertEqual(self.env[self._import_model].search_count([]), before)
