"""Rules of house style that editors keep: in the list before publishing, in the admin, in files."""

import csv
import io
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry

from core.models import User
from core.publishing.acts import NotPublishable
from core.publishing.checklist import Level, findings_for
from core.roles import sync
from languages.exchange.errors import BadFile
from news.models import StoryPage
from news.tests.factories import make_story, publish
from newsroom import style
from newsroom.models import StyleRule
from newsroom.style.exchange import exported, import_rules


pytestmark = [pytest.mark.django_db, pytest.mark.once]

SHIPPED = Path(style.__file__).parent / "data" / "rules.csv"


@pytest.fixture(autouse=True)
def _no_rules():
    StyleRule.objects.all().delete()


def rule(words, right="", **values):
    made = StyleRule(words=words, right=right, **({} if right else {"advice": "forbidden"}) | values)
    made.full_clean()
    made.save()
    return made


def text(html, number=1):
    return {"type": "text", "id": f"t{number}", "value": html}


def listed(page, *names):
    checks = names or ("newsroom.style", "newsroom.style-rules", "newsroom.style-errors")
    with translation.override("en"):
        return [each for each in findings_for(page) if each.check in checks]


def story(*body, **fields):
    return make_story(live=False, body=list(body), **fields)


def mended(page, finding):
    finding.mend.apply()
    page.save_revision()
    return StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()


class TestListed:
    def test_what_is_built_in(self):
        page = story(
            text("<p>近<b>500</b>人左右，到校.</p><p>截止目前，好。</p>"),
            text("<p>截止目前，再好。</p>", 2),
            title="近百人左右到场",
        )
        found = listed(page)
        assert [(each.place, each.message, each.level) for each in found] == [
            ("title", "Two hedges where one is enough: “近百人左右”; right is “近百人”", Level.WARNING),
            ("body.t1", "Two hedges where one is enough: “近500人左右”; right is “近500人”", Level.WARNING),
            ("body.t1", "Half-width mark in Chinese text: “.”; right is “。”", Level.WARNING),
            ("body.t1", "Word that sounds like the right one: “截止”; right is “截至”", Level.WARNING),
        ]
        assert [each.mend and each.mend.label for each in found] == [
            "Write “近百人”",
            None,
            "Write “。”",
            "Write “截至”",
        ]

    def test_one_click_writes_it_wherever_it_is_wrong(self):
        page = story(
            text('<p data-block-key="a">截止目前 &amp; 报名截止日期，<b>截止目前</b>。</p>'),
            text("<p>截止目前。</p>", 2),
        )
        after = mended(page, listed(page)[0])
        assert [block.value.source for block in after.body] == [
            '<p data-block-key="a">截至目前 &amp; 报名截止日期，<b>截至目前</b>。</p>',
            "<p>截至目前。</p>",
        ]
        assert listed(after) == []

    def test_paragraphs_are_looked_through_one_by_one(self):
        assert listed(story(text("<p>他说：</p><p>“好。”</p><p>”</p><ul><li>一、</li><li>、二</li></ul>"))) == []

    def test_rules_of_the_editors(self):
        rule("差生", "学困生", exceptions="温差生\n双差生", note="不贴标签")
        rule("状元", severity="error")
        page = story(text("<p>差生和温差生，双差生，<b>状元</b>。</p>"))
        error, warning = listed(page)
        assert (error.check, error.level, error.message) == (
            "newsroom.style-errors",
            Level.ERROR,
            "House style: “状元” is not to be used",
        )
        assert (warning.message, warning.mend.label) == (
            "House style: “差生” is wrong; right is “学困生” (不贴标签)",
            "Write “学困生”",
        )
        assert mended(page, warning).body[0].value.source == "<p>学困生和温差生，双差生，<b>状元</b>。</p>"

    def test_an_error_stops_publishing(self):
        rule("状元", severity="error")
        page = story(text("<p>状元</p>"))
        with pytest.raises(NotPublishable, match="状元"):
            publish(page)

    def test_a_rule_that_is_not_active_says_nothing(self):
        made = rule("状元")
        page = story(text("<p>状元</p>"))
        assert len(listed(page)) == 1
        made.is_active = False
        made.save()
        assert listed(page) == []

    def test_what_is_right_may_hold_what_is_wrong(self):
        rule("邮箱", "电子邮箱")
        assert listed(story(text("<p>请发到电子邮箱。</p>"))) == []
        assert len(listed(story(text("<p>请发到邮箱。</p>"), slug="b"))) == 1

    def test_a_rule_goes_before_what_is_built_in(self):
        rule("截止目前", "到现在")
        assert [each.check for each in listed(story(text("<p>截止目前，好。</p>")))] == ["newsroom.style-rules"]


class TestRules:
    @pytest.mark.parametrize(
        ("field", "values"),
        [
            ("words", {"words": "的", "right": "地"}),
            ("right", {"words": "签定"}),
            ("right", {"words": "签定", "right": "签定"}),
            ("exceptions", {"words": "差生", "right": "学困生", "exceptions": "温差"}),
            ("exceptions", {"words": "差生", "right": "学困生", "exceptions": "差生"}),
        ],
    )
    def test_what_no_rule_may_be(self, field, values):
        with pytest.raises(ValidationError) as refused:
            StyleRule(**values).full_clean()
        assert set(refused.value.message_dict) == {field}

    def test_those_of_our_own_are_sound_and_told_apart(self):
        report = import_rules(SHIPPED.read_bytes(), None)
        assert not report.is_wrong
        assert report.counts["new"] == StyleRule.objects.count() > 90
        rights = set(StyleRule.objects.values_list("right", flat=True)) - {""}
        assert not rights & set(StyleRule.objects.values_list("words", flat=True))


class TestFiles:
    def test_what_goes_out_comes_in_unchanged(self):
        rule("差生", "学困生", exceptions="温差生\n双差生", note="=1+1")
        rule("状元", severity="error", is_active=False)
        for code in ("en", "zh-hans"):
            with translation.override(code):
                content = exported()
                assert content.startswith(b"\xef\xbb\xbf")
                assert import_rules(content, None).counts == {"new": 0, "changed": 0, "unchanged": 2, "wrong": 0}
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert [row["词语"] for row in rows] == ["差生", "状元"]

    def test_a_dry_run_writes_nothing_and_says_what_would_change(self):
        rule("差生", "学困生")
        content = "words;right;severity;exceptions\n差生;后进生;error;\n签定;签订;;\n".encode()
        with translation.override("en"):
            report = import_rules(content, None, dry_run=True)
        assert [(row.number, row.status, row.changes) for row in report.rows] == [
            (2, "changed", ["Write instead: 学困生 → 后进生", "Severity: warning → error"]),
            (3, "new", ["Write instead: – → 签订"]),
        ]
        assert StyleRule.objects.get().right == "学困生"

    def test_all_or_nothing(self, admin_user):
        content = "words,right,advice\n签定,签订,wrong\n差生,,nonsense\n签定,签订,wrong\n的,地,\n".encode()
        report = import_rules(content, admin_user)
        assert [row.status for row in report.rows] == ["new", "wrong", "wrong", "wrong"]
        assert all(row.problems for row in report.rows[1:])
        assert not StyleRule.objects.exists()
        with translation.override("en"):
            assert import_rules("words,right,advice\n签定,签订,错误\n".encode(), admin_user).is_wrong
        with translation.override("zh-hans"):
            assert not import_rules("词语,改为,类别\n签定,签订,错误\n".encode(), admin_user).is_wrong
        assert [entry.action for entry in ModelLogEntry.objects.all()] == ["wagtail.create"]

    @pytest.mark.parametrize(
        "content",
        [b"", b"a,b\n1,2\n", "words,words\n签定,签订\n".encode(), b"\xff\xfe\x00", "words\n签定,签订\n".encode()],
    )
    def test_what_is_no_file_of_rules(self, content):
        with pytest.raises(BadFile):
            import_rules(content, None)


class TestAdmin:
    @pytest.fixture
    def people(self):
        sync()
        found = {}
        for name in ("Reporters", "Final review", "Site managers"):
            found[name] = User.objects.create_user(name, password="x")
            found[name].groups.add(Group.objects.get(name=name))
        return found

    def test_who_may(self, client, people):
        rule("状元")
        for name, may in (("Reporters", False), ("Final review", True), ("Site managers", True)):
            client.force_login(people[name])
            for address in ("style_rules_import", "style_rules_export", StyleRule.snippet_viewset.get_url_name("list")):
                assert (client.get(reverse(address)).status_code == 200) == may, (name, address)

    def test_a_file_is_previewed_then_imported(self, client, people):
        client.force_login(people["Final review"])
        file = io.BytesIO("words,right\n签定,签订\n".encode())
        file.name = "rules.csv"
        shown = client.post(reverse("style_rules_import"), {"file": file})
        assert "签定" in shown.content.decode()
        assert not StyleRule.objects.exists()
        client.post(reverse("style_rules_import"), {"kept": shown.context["signed"]})
        assert StyleRule.objects.get().right == "签订"

    def test_search(self, client, people):
        rule("签定", "签订")
        rule("差生", "学困生")
        client.force_login(people["Site managers"])
        found = client.get(reverse(StyleRule.snippet_viewset.get_url_name("list")), {"q": "签订"})
        page = found.content.decode()
        assert "签定" in page
        assert "学困生" not in page
