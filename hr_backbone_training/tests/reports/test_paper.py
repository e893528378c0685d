# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

from PIL import Image
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.core import ir_actions_report
from ...tools import paper
from ...tools.paper import press
from ...tools.paper.page import prepare
from ..common import BackboneCommon

APPLICATION = "hr_backbone_training.report_application"
PLAN = "hr_backbone_training.report_plan"
MEETING = "hr_backbone_training.report_meeting"
MINUTES = "hr_backbone_training.report_meeting"
ARABIC = "حقق 125 نقطة في عام 2026"


class PaperCommon(BackboneCommon):
    def _pdf(self, report, records, user=None, **context):
        reports = self.env["ir.actions.report"].with_user(user or self.user_officer)
        reports = reports.with_context(force_report_rendering=True, **context)
        return reports._render_qweb_pdf(report, records.ids)[0]

    def _read(self, pdf):
        return PdfReader(io.BytesIO(pdf))

    def _texts(self, pdf):
        """What stands on each page, on one line."""
        return [" ".join(page.extract_text().split()) for page in self._read(pdf).pages]

    def _long_plan(self, actions=60):
        application = self._recommend()
        plan = self._write_plan(application)
        lines = [
            {"method": "rotation", "action": f"Action {number}", "plan_id": plan.id}
            for number in range(actions)
        ]
        self.env["hr.backbone.plan.line"].sudo().create(lines)
        return plan


@tagged("post_install", "-at_install")
class TestPaper(PaperCommon):
    """The forms on paper, by WeasyPrint."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not paper.is_available():
            cls.skipTest(cls, "WeasyPrint is not installed")

    # -- every page --------------------------------------------------------------------

    def test_every_page_says_whose_it_is(self):
        plan = self._long_plan()
        texts = self._texts(self._pdf(PLAN, plan))
        self.assertGreater(len(texts), 2)
        number = plan.sudo().application_id.name
        for page, text in enumerate(texts, 1):
            for words in ("Backbone Works", "Personal Development Plan", "Worker", number,
                          f"Page {page} of {len(texts)}"):  # fmt: skip
                self.assertIn(words, text, page)

    def test_heads_of_tables_repeat_and_rows_stay_whole(self):
        texts = self._texts(self._pdf(PLAN, self._long_plan()))
        rows = [text for text in texts if "Action 1" in text or "Action 5" in text]
        self.assertGreater(len(rows), 1)
        for text in rows:
            self.assertIn("Gap to close Action Support needed Due", text)
        # each row once
        numbers = [int(n) for text in texts for n in re.findall(r"Action (\d+)", text)]
        self.assertEqual(numbers, list(range(60)))

    def test_each_form_counts_its_own_pages(self):
        applications = self._recommend() | self._recommend(self.colleague, self.user_manager)
        texts = self._texts(self._pdf(APPLICATION, applications))
        self.assertEqual(len(texts), 4)
        self.assertIn("Worker", texts[1])
        self.assertIn("Page 2 of 2", texts[1])
        self.assertIn("Colleague", texts[2])
        self.assertIn("Page 1 of 2", texts[2])

    def test_paper_of_the_company(self):
        application = self._recommend()
        sizes = {}
        for name in ("euro", "us"):
            self.company.paperformat_id = self.env.ref(f"base.paperformat_{name}")
            box = self._read(self._pdf(APPLICATION, application)).pages[0].mediabox
            sizes[name] = [round(float(side) / 72 * 25.4) for side in (box.width, box.height)]
        self.assertEqual(sizes, {"euro": [210, 297], "us": [216, 279]})

    # -- languages ---------------------------------------------------------------------

    def test_scripts(self):
        application = self._recommend(
            work_history=f"{ARABIC}\nהוא משיג 98 נקודות",
            main_results="वह सीखता है\nเขาเรียนรู้เร็ว\n他学习很快\nGreat 🎉",
        )
        fonts = self._get_fonts(self._pdf(APPLICATION, application))
        for script in ("Arabic", "Hebrew", "Devanagari", "Thai", "CJK", "Color-Emoji"):
            self.assertTrue(any(script in font for font in fonts), (script, fonts))

    def test_digits_beside_arabic_are_no_emoji(self):
        application = self._recommend(work_history=ARABIC)
        fonts = self._get_fonts(self._pdf(APPLICATION, application))
        self.assertFalse([font for font in fonts if "Emoji" in font])

    def test_paragraphs_run_in_their_direction(self):
        forms = [f'<p dir="auto">{text}</p>' for text in (ARABIC, "125 points", "2026", "")]
        self.assertEqual([prepare(form).count('dir="rtl"') for form in forms], [1, 0, 0, 0])
        self.assertIn('dir="ltr"', prepare(forms[1]))
        self.assertNotIn("dir=", prepare(forms[2]))

    def test_english_on_a_page_from_right_to_left(self):
        form = '<html dir="rtl"><table><tr><td>1 of 2</td><td>%s</td></tr></table></html>'
        made = prepare(form % ARABIC)
        self.assertIn('<td dir="ltr" style=";text-align:right">1 of 2</td>', made)
        self.assertIn(f"<td>{ARABIC}</td>", made)

    # -- long texts --------------------------------------------------------------------

    def test_long_text_has_its_label_on_each_page(self):
        application = self._recommend(main_results="A line of it.\n" * 150)
        texts = self._texts(self._pdf(APPLICATION, application))
        long = [text for text in texts if "A line of it." in text]
        self.assertGreater(len(long), 2)
        for text in long:
            self.assertIn("Main results", text)
        # it begins where the text before it ends
        self.assertIn("A line of it.", texts[0])

    def test_long_row_breaks_under_its_head(self):
        plan = self._long_plan(2)
        self.env["hr.backbone.plan.line"].sudo().search(
            [("plan_id", "=", plan.id), ("action", "=", "Action 1")]
        ).action = "Word by word. " * 400
        texts = self._texts(self._pdf(PLAN, plan))
        long = [text for text in texts if "Word by word." in text]
        self.assertGreater(len(long), 1)
        for text in long:
            self.assertIn("Gap to close Action Support needed Due", text)

    def test_nobody_signs_an_empty_page(self):
        plan = self._recommend().sudo().plan_id.with_user(self.user_worker)
        for count in range(1, 40, 6):
            plan.strengths = "A line.\n" * count
            last = self._texts(self._pdf(PLAN, plan))[-1]
            self.assertIn("Quarterly check", last.partition("Signatures")[0], count)

    def _get_fonts(self, pdf):
        return {
            str(font.get_object()["/BaseFont"])
            for page in self._read(pdf).pages
            for font in page["/Resources"]["/Font"].values()
        }

    # -- the file ----------------------------------------------------------------------

    def test_title_language_and_tags(self):
        application = self._recommend()
        reader = self._read(self._pdf(APPLICATION, application))
        self.assertEqual(
            reader.metadata.title,
            f"Backbone Training Application – Worker · {application.name}",
        )
        root = reader.trailer["/Root"]
        self.assertEqual(root["/Lang"], "en-US")
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self._check_tags(reader)

    def test_many_in_parts_keep_their_tags(self):
        applications = self._recommend() | self._recommend(self.colleague, self.user_manager)
        forms, css = self._get_forms(applications), "@page { size: A4 }"
        with patch.object(press, "TOGETHER", 1):
            output = io.BytesIO()
            rows = [{"css": css, "each": False}, *forms, forms[0]]
            lines = [json.dumps(row).encode() for row in rows]
            press.serve(io.BytesIO(b"\n".join(lines)), output)
        reader = self._read(output.getvalue().split(b"\n", 1)[1])
        self.assertGreater(len(reader.pages), 3)
        self._check_tags(reader)

    def _check_tags(self, reader):
        """Each page is found from the tree of tags under a number of its own, and back."""
        tree = reader.trailer["/Root"]["/StructTreeRoot"]
        nums = tree["/ParentTree"]["/Nums"]
        numbers = list(map(int, nums[::2]))
        self.assertEqual(numbers, sorted(set(numbers)))
        of_pages = [int(page["/StructParents"]) for page in reader.pages]
        self.assertEqual(len(set(of_pages)), len(reader.pages))
        self.assertLessEqual(set(of_pages), set(numbers))
        owners = dict(zip(numbers, nums[1::2], strict=True))
        pages = {page.indirect_reference.idnum for page in reader.pages}
        for number, page in zip(of_pages, reader.pages, strict=True):
            for tag in owners[number].get_object():
                self.assertEqual(tag["/Pg"].indirect_reference.idnum, page.indirect_reference.idnum)
                self.assertIn(page.indirect_reference.idnum, pages)

    def _get_forms(self, records, report=APPLICATION):
        reports = self.env["ir.actions.report"].with_user(self.user_officer)
        return list(reports._get_backbone_forms(reports._get_report(report), {}, records.ids))

    def test_same_bytes_from_two_processes(self):
        application = self._recommend(work_history=ARABIC, main_results="他学习很快 🎉")
        css = ir_actions_report._read("forms.css") + ir_actions_report._read("paper.css")
        rows = [{"css": css, "each": False}, *self._get_forms(application)]
        lines = "\n".join(map(json.dumps, rows)).encode()
        sums = {
            hashlib.sha256(
                subprocess.run(
                    [sys.executable, "-m", "paper"],
                    cwd=paper.FOLDER,
                    input=lines,
                    capture_output=True,
                    check=True,
                    env={**os.environ, "PYTHONHASHSEED": seed},
                ).stdout.split(b"\n", 1)[1]
            ).hexdigest()
            for seed in ("1", "2")
        }
        here = self._pdf(APPLICATION, application)
        self.assertEqual(sums, {hashlib.sha256(here).hexdigest()})

    def test_long_ones_by_a_process_of_their_own(self):
        application = self._recommend(work_history="Apprentice")
        with patch.object(paper, "SHORT", 10):
            self.assertIn("Apprentice", self._texts(self._pdf(APPLICATION, application))[0])

    def test_failure_is_one_sentence(self):
        application = self._recommend()
        with (
            patch.object(paper, "SHORT", 10),
            patch.object(paper, "FOLDER", Path(__file__).parent),
            self.assertRaisesRegex(UserError, "Application Form could not be printed"),
        ):
            self._pdf(APPLICATION, application)

    def test_too_long_is_given_up(self):
        application = self._recommend()
        with (
            patch.object(paper, "SHORT", 10),
            patch.object(paper, "LONGEST", 0),
            patch.object(paper, "EACH", 0),
            self.assertRaisesRegex(UserError, "could not be printed.*given up after 0 s"),
        ):
            self._pdf(APPLICATION, application)

    def test_empty_lines_are_no_pages(self):
        application = self._recommend()
        application.sudo().main_results = "First" + "\n" * 9_000 + "Last"
        texts = self._texts(self._pdf(APPLICATION, application))
        self.assertLessEqual(len(texts), 3)
        self.assertTrue(any("First Last" in text for text in texts))

    def test_options_of_an_address_change_nothing(self):
        application = self._recommend()
        reports = self.env["ir.actions.report"].with_user(self.user_leader)
        data = {"of_year": True, "sheet": "web.login", "docs": [], "record": 1}
        page = reports._render_qweb_html(APPLICATION, application.ids, data=data)[0].decode()
        self.assertIn(application.name, page)

    def test_nobody_else_prints(self):
        application = self._recommend()
        for user in (self.user_colleague, self.user_chair):
            with self.assertRaises(AccessError):
                self._pdf(APPLICATION, application, user=user)

    # -- nothing is fetched ------------------------------------------------------------

    def _new_picture(self, record):
        stream = io.BytesIO()
        Image.new("RGB", (8, 8), "#336699").save(stream, "PNG")
        return self.env["ir.attachment"].create(
            {
                "name": "picture.png",
                "raw": stream.getvalue(),
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    def test_pictures_are_those_of_the_document(self):
        meeting = self._meet(self._reviewed()).sudo()
        own, other = self._new_picture(meeting), self._new_picture(self.worker)
        data = base64.b64encode(own.raw).decode()
        reports = self.env["report.hr_backbone_training.report_meeting"]
        content = reports._format_html(
            f'<p>One<img src="/web/image/{own.id}-ab12/picture.png?access_token=x"></p>'
            f'<p>Two<img src="/web/image/{other.id}"></p>'
            '<p>Three<img src="http://localhost:1/x.png"><img src="file:///etc/passwd"></p>'
            '<p style="background: url(http://localhost:1/y.png)">Four</p>',
            meeting,
        )
        self.assertEqual(content.count("src="), 1)
        self.assertIn(data, content)
        for word in ("localhost", "/etc/passwd", f"/web/image/{other.id}"):
            self.assertNotIn(word, content)

    def test_engine_fetches_data_only(self):
        fetcher = press.get_fetcher()
        for address in ("http://localhost:1/x.png", "file:///etc/hostname"):
            with self.assertRaises(ValueError):
                fetcher.fetch(address)
        self.assertTrue(fetcher.fetch("data:text/plain,hello").read())

    def test_an_older_weasyprint_is_as_none(self):
        """Before version 68 it could not be told to fetch nothing, and printing failed."""
        with patch("weasyprint.urls.URLFetcher"):
            self.assertTrue(paper.is_available.__wrapped__())
            del sys.modules["weasyprint.urls"].URLFetcher
            self.assertFalse(paper.is_available.__wrapped__())


@tagged("post_install", "-at_install")
class TestPaperElse(PaperCommon):
    """The forms where WeasyPrint is missing, and what is not ours."""

    def _print_by_wkhtmltopdf(self, report, records, companies=()):
        """What wkhtmltopdf was given: its bodies and the paper."""
        reports = type(self.env["ir.actions.report"])
        papers = []

        def run(reports, bodies, report_ref=False, **kwargs):
            papers.append(reports._get_report(report_ref).get_paperformat().format)
            return b"%PDF- " + bodies[0].encode()

        with (
            patch.object(paper, "is_available", return_value=False),
            patch.object(reports, "get_wkhtmltopdf_state", return_value="ok"),
            patch.object(reports, "_run_wkhtmltopdf", run),
        ):
            engine = self.env["ir.actions.report"].get_backbone_engine()
            companies = companies or self.company.ids
            page = self._pdf(report, records, allowed_company_ids=companies)
        self.assertEqual(engine, "wkhtmltopdf")
        return page.decode(), papers[0]

    def test_rows_become_blocks(self):
        page, size = self._print_by_wkhtmltopdf(PLAN, self._long_plan(5))
        self.assertEqual(size, "A4")
        self.assertNotIn('class="bt_rows"', page)
        rows = re.findall(r'<div class="bt_row"><table>(?:(?!</table>).)*Action \d', page, re.S)
        self.assertEqual(len(rows), 5)
        self.assertIn("zoom: 1.3", page)

    def test_nothing_is_fetched_there_either(self):
        """wkhtmltopdf fetches whatever it is given: it is given nothing to fetch."""
        meeting = self.env["hr.backbone.meeting"].create({"program_id": self.program.id})
        minutes = (
            '<p>Minutes<img src="http://127.0.0.1:1/x.png"/><img src="/web/image/1"/>'
            '<img src="file:///etc/passwd"/><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="/>'
            '</p><p style="background: url(http://127.0.0.1:1/y.png)">Four</p>'
        )
        # as a database of before has it
        self.env.cr.execute(
            "UPDATE hr_backbone_meeting SET minutes = %s WHERE id = %s", (minutes, meeting.id)
        )
        meeting.invalidate_recordset()
        page = self._print_by_wkhtmltopdf(MEETING, meeting)[0]
        self.assertIn("Minutes", page)
        self.assertIn("data:image/gif", page)
        for gone in ("127.0.0.1", "/web/image/1", "/etc/passwd"):
            self.assertNotIn(gone, page)

    def test_letter(self):
        self.company.paperformat_id = self.env.ref("base.paperformat_us")
        self.assertEqual(self._print_by_wkhtmltopdf(APPLICATION, self._recommend())[1], "Letter")

    def test_letter_of_the_company_of_the_document(self):
        """Whoever prints works in another company at the moment."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.user_officer.company_ids += other
        self.company.paperformat_id = self.env.ref("base.paperformat_us")
        companies = (other + self.company).ids
        _page, size = self._print_by_wkhtmltopdf(APPLICATION, self._recommend(), companies)
        self.assertEqual(size, "Letter")

    def test_settings_say_which(self):
        settings = self.env["res.config.settings"]
        for there, engine in ((True, "weasyprint"), (False, "wkhtmltopdf")):
            with patch.object(paper, "is_available", return_value=there):
                self.assertEqual(settings.create({}).backbone_engine, engine)

    def test_other_reports_are_untouched(self):
        report = self.env["ir.actions.report"].search(
            [
                ("report_type", "=", "qweb-pdf"),
                ("report_name", "not like", "hr_backbone_training."),
            ],
            limit=1,
        )
        reports = type(self.env["ir.actions.report"])
        with (
            patch.object(paper, "print_forms") as print_forms,
            patch.object(reports, "get_wkhtmltopdf_state", return_value="install"),
            self.assertRaisesRegex(UserError, "Unable to find Wkhtmltopdf"),
        ):
            self._pdf(report, self.env[report.model].search([], limit=1))
        print_forms.assert_not_called()
