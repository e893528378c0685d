"""One year on a database whose only language is Chinese, in yuan and on Shanghai's clock: from the
installation without demo data to the frozen year, as the people of it, over HTTP. What anybody of
them is shown has no word of ours that is not Chinese."""

import re
from datetime import date, datetime, timedelta
from pprint import pformat
from types import SimpleNamespace

import chinese
import pytest
from chinese import ADDON, Person, Refused, english_on, find_english, text_of_pdf
from ground import databases
from pool_case import begin_ago

# ten tests, a minute in all
pytestmark = pytest.mark.takes(6)

BACKBONE = "hr.backbone."
# login: (name, groups)
PEOPLE = {
    "li": ("李总监", "base.group_user"),
    "wang": ("王专员", f"{ADDON}.group_hr_backbone_officer"),
    "zhao": ("赵主席", f"base.group_user,{ADDON}.group_hr_backbone_committee"),
    "qian": ("钱委员", f"base.group_portal,{ADDON}.group_hr_backbone_committee"),
    "sun": ("孙组长", "base.group_portal"),
    "zhou": ("周工", "base.group_portal"),
    "wu": ("吴导师", "base.group_portal"),
    "zheng": ("郑同事", "base.group_portal"),
}
# login: (department, rank)
POSTS = {
    "li": ("中心", "director"),
    "wang": ("中心", "employee"),
    "zhao": ("中心", "director"),
    "sun": ("班组", "team_leader"),
    "zhou": ("班组", "employee"),
    "wu": ("中心", "manager"),
    "zheng": ("班组", "employee"),
}
TEXT = "按计划完成，效果良好"
REPORT_TEXTS = ("work_done", "study", "plan_progress", "problems", "next_quarter")
SCORES = ("performance", "potential", "motivation")
# pages that lead away from what is read
NO_PAGE = re.compile(r"/(pdf|year|certificate|code|calendar|files?/\d+|ics)(\W|$)|\?")


@pytest.fixture(scope="module")
def world():
    with chinese.served_database() as server:
        yield build(server)


def build(server):
    """The company: its people, departments and ranks, as an administrator enters them."""
    admin = Person(server, "admin")
    world = SimpleNamespace(server=server, admin=admin, people={}, employees={}, printed=set())
    departments = {}
    for name, above in (("中心", None), ("班组", "中心")):
        vals = {"name": name, "parent_id": departments.get(above), "is_backbone_center": not above}
        departments[name] = admin.call("hr.department", "create", vals)
    users = {}
    for login, (name, groups) in PEOPLE.items():
        vals = {"name": name, "login": login, "password": login, "email": f"{login}@example.com"}
        vals |= {
            "tz": chinese.ZONE,
            "group_ids": [(6, 0, [ref(admin, g) for g in groups.split(",")])],
        }
        context = {"no_reset_password": True}
        users[login] = admin.call("res.users", "create", vals, context=context)
    for login, (department, rank) in POSTS.items():
        job = {"name": f"{department}岗位{rank_name(admin, rank)}"}
        job["backbone_rank_id"] = ref(admin, f"{ADDON}.rank_{rank}")
        vals = {
            **{"name": PEOPLE[login][0], "user_id": users[login]},
            **{"department_id": departments[department]},
            "job_id": admin.call("hr.job", "create", job),
            **dict.fromkeys(("date_version", "contract_date_start"), "2015-01-05"),
        }
        world.employees[login] = admin.call("hr.employee", "create", vals)
    for name, login in (("中心", "li"), ("班组", "sun")):
        vals = {"manager_id": world.employees[login]}
        admin.call("hr.department", "write", [departments[name]], vals)
    world.users = users
    for login in PEOPLE:
        world.people[login] = Person(server, login)
    return world


def ref(person, xmlid):
    module, _dot, name = xmlid.partition(".")
    where = [("module", "=", module), ("name", "=", name)]
    return person.call("ir.model.data", "search_read", where, ["res_id"])[0]["res_id"]


def rank_name(admin, rank):
    rank = ref(admin, f"{ADDON}.rank_{rank}")
    return admin.call("hr.backbone.rank", "read", [rank], ["name"])[0]["name"]


def press(person, model, button, record, *args):
    return person.call(BACKBONE + model, button, [record], *args)


# -- looking --------------------------------------------------------------------------------


def look_around(world, login, most=30):
    """Every page that the person comes to from the first one, and what is printed there: what is
    not Chinese on it."""
    person, found, seen, papers, waiting = world.people[login], {}, set(), set(), ["/my/backbone"]
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        page = person.page(path)
        if words := english_on(page):
            found[login, path] = words
        for link in page.xpath("//*[@id='wrap']//a/@href"):
            link = link.split("#")[0]
            if link.startswith("/my/backbone") and not NO_PAGE.search(link):
                waiting.append(link)
            elif link.startswith("/my/backbone") and link.endswith(("/pdf", "/year")):
                papers.add(link)
    # a form is the same, whoever prints it
    for link in papers - world.printed:
        world.printed.add(link)
        if words := find_english(text_of_pdf(person.pdf(link))):
            found[login, link] = words
    assert seen, login
    return found


def look_as(world, *logins):
    found = {}
    for login in logins:
        found |= look_around(world, login)
    return found


def refusal(person, model, button, record, *args):
    with pytest.raises(Refused) as caught:
        press(person, model, button, record, *args)
    said = str(caught.value)
    assert re.search(r"[\u4e00-\u9fff]", said), said
    assert not find_english(said), said
    return said


def sql(world, statement):
    return databases.sql(statement, world.server.database)


def today_in_shanghai():
    return (datetime.utcnow() + timedelta(hours=8)).date()


# -- the year ---------------------------------------------------------------------------------


def test_installed(world):
    """What comes with the addon is in Chinese: menus, actions, views, fields, choices, data."""
    assert sql(world, "SELECT code FROM res_lang WHERE active") == [chinese.CODE]
    found = {}
    menus = world.admin.call("ir.ui.menu", "load_menus", False)
    ours = {
        menu["id"]: menu["name"] for menu in menus.values() if ADDON in (menu.get("xmlid") or "")
    }
    assert ours
    names = {"menu": list(ours.values())}
    data = [("module", "=", ADDON)]
    shown = {
        "ir.actions.act_window": ["name", "help"],
        "ir.actions.server": ["name"],
        "ir.actions.report": ["name"],
        "mail.activity.type": ["name", "summary"],
        "mail.template": ["name", "subject", "body_html", "description"],
        "hr.backbone.rank": ["name"],
        "hr.backbone.echelon": ["name", "scope"],
        "hr.backbone.criterion": ["name", "anchor"],
        "res.groups": ["name", "comment"],
        "hr.resume.line.type": ["name"],
        "gamification.badge": ["name", "description"],
    }
    for model, fields in shown.items():
        rows = world.admin.call(
            "ir.model.data", "search_read", [*data, ("model", "=", model)], ["res_id"]
        )
        ids = [row["res_id"] for row in rows]
        rows = world.admin.call(model, "read", ids, fields) if ids else []
        names[model] = [row[field] for row in rows for field in fields if row[field]]
    for kind, texts in names.items():
        for text in texts:
            if words := find_english(strip_code(text)):
                found[kind, text[:60]] = words
    assert not found, pformat(found)


def strip_code(text):
    """A template without its code, and without what stands there until it is filled in."""
    text = re.sub(r"<(\w+)[^>]* t-(?:out|field|esc)=[^>]*>.*?</\1>", " ", text, flags=re.S)
    return re.sub(r"\{\{.*?\}\}|<[^>]*>|&\w+;", " ", text, flags=re.S)


def test_backend(world):
    """Every view of every action, and every field of it, as an administrator has them."""
    rows = [("module", "=", ADDON), ("model", "=", "ir.actions.act_window")]
    ids = [r["res_id"] for r in world.admin.call("ir.model.data", "search_read", rows, ["res_id"])]
    actions = world.admin.call(
        "ir.actions.act_window", "read", ids, ["res_model", "views", "search_view_id"]
    )
    seen, found = set(), {}
    for action in actions:
        views = [
            *action["views"],
            [action["search_view_id"] and action["search_view_id"][0], "search"],
        ]
        key = (action["res_model"], str(views))
        if key in seen or not action["res_model"].startswith(BACKBONE):
            continue
        seen.add(key)
        answer = world.admin.call(action["res_model"], "get_views", views)
        for kind, view in answer["views"].items():
            # one that Odoo makes up has a title that nobody sees
            if view["id"] and (words := english_in_view(view["arch"])):
                found[action["res_model"], kind] = words
        for model, described in answer["models"].items():
            own = model.startswith(BACKBONE)
            for name, field in described["fields"].items() if own else ():
                if name.startswith(ODOO_FIELDS):
                    continue
                texts = [field.get("string"), field.get("help")]
                texts += [
                    label
                    for _value, label in field.get("selection") or ()
                    if isinstance(label, str)
                ]
                if words := find_english(" ".join(filter(None, texts))):
                    found[model, name] = words
    assert len(seen) > 15
    assert not found, pformat(found)


# of the conversation and the to-dos, as Odoo describes them
ODOO_FIELDS = ("activity_", "my_activity_", "message_", "website_message_", "access_", "rating_")
VIEW_TEXTS = ("string", "help", "placeholder", "confirm", "title", "sum", "avg", "confirm-label")


def english_in_view(arch):
    root = chinese.html.fragment_fromstring(arch, create_parent="div")
    texts = [
        node.get(name) for node in root.iter() for name in VIEW_TEXTS if isinstance(node.tag, str)
    ]
    texts += root.xpath(".//text()[not(parent::script)]")
    return sorted({word for text in texts if text for word in find_english(text)})


def test_program(world):
    hr = world.people["wang"]
    day = today_in_shanghai()
    vals = {
        **{"recommendation_start": str(day), "recommendation_end": str(day + timedelta(days=20))},
        "responsibility_ids": [],
    }
    defaults = hr.call(
        "hr.backbone.program", "default_get", ["year", "responsibility_ids", "line_ids"]
    )
    assert defaults["year"] == day.year
    del vals["responsibility_ids"]
    world.program = hr.call("hr.backbone.program", "create", vals)
    [program] = hr.call("hr.backbone.program", "read", [world.program], ["name"])
    assert not find_english(program["name"]), program
    lines = hr.call("hr.backbone.program.line", "search", [("program_id", "=", world.program)])
    hr.call("hr.backbone.program.line", "write", lines, {"incentive_amount": 5000})
    press(hr, "program", "action_start", world.program)
    page = world.people["zheng"].page(f"/my/backbone/programs/{world.program}")
    text = page.text_content()
    assert f"{day.year}/{day.month:02d}/{day.day:02d}" in text or f"{day.year}年" in text, text
    assert "¥" in text and "5,000" in text
    assert english_on(page) == []


def test_application_and_plan(world):
    leader, worker, hr = (world.people[name] for name in ("sun", "zhou", "wang"))
    page = leader.page("/my/backbone/recommend")
    assert "周工" in page.text_content()
    third = ref(world.admin, f"{ADDON}.echelon_3")
    leader.send("/my/backbone/recommend", employee_id=world.employees["zhou"], echelon_id=third)
    [world.application] = hr.call("hr.backbone.application", "search", [])
    url = f"/my/backbone/applications/{world.application}"
    refusal(leader, "application", "action_submit", world.application)
    vals = {f"score_{part}": 90 for part in SCORES} | {f"reason_{part}": TEXT for part in SCORES}
    leader.call("hr.backbone.application", "write", [world.application], vals)
    [world.plan] = worker.call("hr.backbone.plan", "search", [])
    assert find_in(worker.page("/my/backbone"), f"/my/backbone/plans/{world.plan}")
    refusal(worker, "plan", "action_submit", world.plan)
    texts = dict.fromkeys(("strengths", "gaps", "goal_short", "goal_long"), TEXT)
    methods = ("mentoring", "rotation", "internal", "promotion")
    due = str(today_in_shanghai() + timedelta(days=30))
    rows = [(0, 0, {"method": method, "action": TEXT, "date_due": due}) for method in methods]
    worker.call("hr.backbone.plan", "write", [world.plan], {**texts, "line_ids": rows})
    press(worker, "plan", "action_submit", world.plan)
    press(leader, "application", "action_submit", world.application)
    assert not (found := look_as(world, "sun", "zhou", "li")), pformat(found)
    director = world.people["li"]
    said = refusal(director, "application", "action_return", world.application)
    assert "请填写" in said
    press(director, "application", "action_approve", world.application)
    checks = [("application_id", "=", world.application), ("kind", "=", "manual")]
    refusal(hr, "application", "action_pass_review", world.application)
    hr.call(
        "hr.backbone.application.check",
        "write",
        hr.call("hr.backbone.application.check", "search", checks),
        {"answer": "yes"},
    )
    press(hr, "application", "action_pass_review", world.application)
    assert english_on(leader.page(url)) == []


def find_in(page, href):
    return page.xpath(f"//*[@id='wrap']//a[@href='{href}']")


def test_meeting_and_publicity(world):
    hr, chair, member = (world.people[name] for name in ("wang", "zhao", "qian"))
    vals = {
        "name": "春季评审会",
        # nine o'clock in Shanghai
        "date": f"{today_in_shanghai()} 01:00:00",
        "attendee_ids": [(6, 0, [world.users["zhao"], world.users["qian"]])],
        "item_ids": [(0, 0, {"application_id": world.application})],
    }
    world.meeting = hr.call("hr.backbone.meeting", "create", vals)
    press(hr, "meeting", "action_open", world.meeting)
    page = member.page(f"/my/backbone/meetings/{world.meeting}")
    assert "09:00" in page.text_content() and english_on(page) == []
    for person in (chair, member):
        items = person.call("hr.backbone.meeting.item", "search", [])
        person.call("hr.backbone.meeting.item", "action_vote_for", items)
    press(chair, "meeting", "action_close", world.meeting)
    vals = {"line_ids": [(0, 0, {"application_id": world.application})]}
    world.notice = hr.call("hr.backbone.publicity", "create", vals)
    press(hr, "publicity", "action_publish", world.notice)
    page = world.people["zheng"].page(f"/my/backbone/notices/{world.notice}")
    assert english_on(page) == []
    answer = world.people["zheng"].send(f"/my/backbone/notices/{world.notice}", reason="")
    assert english_on(answer) == []
    begin_ago(world.server, "hr_backbone_publicity", world.notice, 14, "date_start", "date_end")
    run_job(world, "publicity")
    [found] = hr.call("hr.backbone.member", "search_read", [], ["state", "display_name"])
    world.member = found["id"]
    assert found["state"] == "active"


def run_job(world, name):
    job = ref(world.admin, f"{ADDON}.ir_cron_backbone_{name}")
    world.admin.call("ir.cron", "method_direct_trigger", [job])


def test_mentor_and_quarter(world):
    hr, worker, mentor = (world.people[name] for name in ("wang", "zhou", "wu"))
    vals = {"member_id": world.member, "mentor_id": world.employees["wu"]}
    world.mentorship = hr.call("hr.backbone.mentorship", "create", vals)
    for person in (worker, mentor):
        press(person, "mentorship", "action_accept", world.mentorship)
    start = f"{today_in_shanghai() + timedelta(days=1)} 01:30:00"
    vals = {"mentorship_id": world.mentorship, "date_start": start, "topics": TEXT}
    talk = mentor.call("hr.backbone.mentorship.session", "create", vals)
    assert "09:30" in worker.page(f"/my/backbone/talks/{talk}").text_content()
    vals = {"name": "班组长培训", "provider": "内部讲师", "cost": 1200, "date_start": start}
    vals["participant_ids"] = [(0, 0, {"member_id": world.member})]
    world.training = hr.call("hr.backbone.training", "create", vals)
    press(hr, "training", "action_plan", world.training)
    run_job(world, "quarter")
    [world.quarter] = hr.call("hr.backbone.quarter", "search", [])
    [world.report] = worker.call("hr.backbone.report", "search", [])
    [world.assessment] = mentor.call("hr.backbone.assessment", "search", [])
    for name in ("quarter_notice", "quarter_remind", "report", "todo", "training", "rotation"):
        run_job(world, name)
    assert not (found := look_as(world, "zhou", "wu", "zheng")), pformat(found)
    refusal(worker, "report", "action_submit", world.report)
    worker.call("hr.backbone.report", "write", [world.report], dict.fromkeys(REPORT_TEXTS, TEXT))
    press(worker, "report", "action_submit", world.report)
    press(hr, "report", "action_return", world.report, "请补充具体数据")
    press(worker, "report", "action_submit", world.report)
    press(hr, "report", "action_accept", world.report, 92, TEXT)
    refusal(mentor, "assessment", "action_submit", world.assessment)
    of_it = [("assessment_id", "=", world.assessment)]
    lines = mentor.call("hr.backbone.assessment.line", "search", of_it)
    mentor.call("hr.backbone.assessment.line", "write", lines, {"score": 85})
    vals = {"comment": TEXT, "proposal": "keep"}
    mentor.call("hr.backbone.assessment", "write", [world.assessment], vals)
    press(mentor, "assessment", "action_submit", world.assessment)
    shown = mentor.call("hr.backbone.assessment.line", "read", lines, ["name", "anchor"])
    assert not find_english(" ".join(row["name"] for row in shown)), shown


def test_year(world):
    hr = world.people["wang"]
    databases.sql(
        "UPDATE hr_backbone_quarter SET date_end = CURRENT_DATE - 2,"
        f" date_start = LEAST(date_start, CURRENT_DATE - 90) WHERE id = {world.quarter}",
        world.server.database,
    )
    press(hr, "quarter", "action_close", world.quarter)
    # a year that is over
    for table in ("program", "quarter"):
        databases.sql(f"UPDATE hr_backbone_{table} SET year = year - 1", world.server.database)
    # of whose quarters one is enough, and in which the member was there from the beginning
    databases.sql("UPDATE res_company SET backbone_least_quarters = 1", world.server.database)
    databases.sql(
        "UPDATE hr_backbone_member SET date_admitted = CURRENT_DATE - 365", world.server.database
    )
    run = hr.call("hr.backbone.evaluation.run", "create", {"program_id": world.program})
    press(hr, "evaluation.run", "action_compute", run)
    press(hr, "evaluation.run", "action_freeze", run)
    press(hr, "evaluation.run", "action_announce", run)
    [row] = hr.call("hr.backbone.evaluation.run", "read", [run], ["state", "method", "name"])
    assert row["state"] == "announced"
    assert not find_english(f"{row['method']} {row['name']}"), row
    world.run = run
    assert not (found := look_as(world, *world.people)), pformat(found)


# -- what is left of it -------------------------------------------------------------------------


def test_forms_on_paper(world):
    """HR prints; the date and the yuan are as in China."""
    hr, found = world.people["wang"], {}
    [evaluation] = hr.call("hr.backbone.evaluation", "search", [])
    printed = {
        "application": world.application,
        "plan": world.plan,
        "meeting": world.meeting,
        "report": world.report,
        "assessment": world.assessment,
        "assessment_year": world.assessment,
        "evaluation": evaluation,
    }
    for name, record in printed.items():
        action = ref(world.admin, f"{ADDON}.action_report_hr_backbone_{name}")
        [report] = world.admin.call("ir.actions.report", "read", [action], ["report_name"])
        text = text_of_pdf(hr.pdf(f"/report/pdf/{report['report_name']}/{record}"))
        assert re.search(r"[\u4e00-\u9fff]{2}", text), name
        if words := find_english(text):
            found[name] = words
    assert not found, pformat(found)


def test_mails_and_to_dos(world):
    """All that anybody was written to, asked to do, or told on a document."""
    rows = {
        "mails": "SELECT subject || ' ' || regexp_replace(body_html, '<[^>]*>', ' ', 'g')"
        " FROM mail_mail m JOIN mail_message g ON g.id = m.mail_message_id"
        " WHERE m.body_html LIKE '%%/my/backbone%%' OR g.model LIKE 'hr.backbone.%%'",
        "to-dos": "SELECT concat_ws(' ', summary, regexp_replace(note, '<[^>]*>', ' ', 'g'))"
        " FROM mail_activity WHERE res_model LIKE 'hr.backbone.%%'",
        "decisions": "SELECT comment FROM hr_backbone_decision WHERE comment IS NOT NULL",
        "messages": "SELECT concat_ws(' ', subject, regexp_replace(body, '<[^>]*>', ' ', 'g'))"
        " FROM mail_message WHERE model LIKE 'hr.backbone.%%'",
        "calendar": "SELECT name || ' ' || COALESCE(location, '') FROM calendar_event",
    }
    found = {}
    for kind, statement in rows.items():
        texts = sql(world, statement.replace("%%", "%"))
        assert texts or kind == "decisions", kind
        for text in texts:
            if words := find_english(text):
                found[kind, text[:80]] = words
    assert not found, pformat(found)
    ours = "m.body_html LIKE '%/my/backbone%' AND g.model LIKE 'hr.backbone.%'"
    subjects = sql(
        world,
        "SELECT g.subject FROM mail_mail m JOIN mail_message g ON g.id = m.mail_message_id"
        f" WHERE {ours} AND g.message_type = 'email_outgoing'",
    )
    assert subjects and all(row.startswith("【骨干培养】") for row in subjects), subjects
    senders = sql(
        world,
        "SELECT DISTINCT email_from FROM mail_message WHERE model IS NULL"
        " OR model LIKE 'hr.backbone.%' AND message_type = 'email_outgoing'",
    )
    assert [row for row in senders if "长江机械有限公司" in row], senders


def test_day_is_that_of_shanghai(world):
    [row] = world.people["wang"].call(
        "hr.backbone.application", "read", [world.application], ["date_submitted"]
    )
    assert abs((date.fromisoformat(row["date_submitted"]) - today_in_shanghai()).days) <= 1
