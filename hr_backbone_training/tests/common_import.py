import csv
import io

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
