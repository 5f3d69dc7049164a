"""An error or a warning that is none is dismissed with a reason, by those who may, for as long as both texts stand."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageLogEntry

from languages.desk import segment_actions, sending_back, translation_actions
from languages.desk.dismissals import dismiss, judged, take_back
from languages.desk.errors import ChecksFailed, DeskError
from languages.desk.seen import ChangedMeanwhile
from languages.desk.unit_findings import findings
from languages.exchange import import_file
from languages.exchange.exporting import export_bytes
from languages.models import Term, TermTarget, Translation, Unit, UnitState, UnitVersion
from languages.publishing.publish import NotReadyError, publish
from languages.publishing.schedule import check_schedulable, publish_due

from .desk import FRENCH, Bench, edited, posted, publisher, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

SOURCE = "今年资助300名学生，新建20间教室。"
TEXT = "Cette année, des élèves ont été aidés et des salles de classe construites."
PUPILS = "numbers: 300名 of the source is missing."
ROOMS = "numbers: 20间 of the source is missing."
WHY = "Les nombres sont dans le tableau."


@pytest.fixture
def desk():
    """A translator, who has written a text with two errors, and a publisher."""
    take_up(review_required=True, is_open=True)
    story = story_of(("a", SOURCE))
    colette, georges = Bench(story, translator()), Bench(story, publisher())
    for row in colette.rows[:2]:
        colette.writes(row.segment.text, FRENCH[row.segment.path], UnitState.REVIEW)
    colette.writes(SOURCE, TEXT)
    return colette, georges


def judges(bench, key, reason=WHY, act=dismiss, **options):
    row = bench.row("资助")
    given = (key, reason) if act is dismiss else (key,)
    act(bench.original, bench.language, row.segment.path, row.hash, *given, bench.user, **options)


def open_findings(bench):
    row = bench.row("资助")
    found = judged(findings(bench.original, row.segment, row.text, "fr"), row.unit)
    return {each.key for each in found if not each.is_dismissed}


def hands_in(bench):
    return bench.writes(SOURCE, TEXT, UnitState.REVIEW)


def approve_rest(bench):
    return translation_actions.approve_all(bench.original, bench.language, bench.user)


def dismissed_and_approved(colette, georges):
    for key in (PUPILS, ROOMS):
        judges(georges, key)
    hands_in(colette)
    approve_rest(georges)


# Who, and what -------------------------------------------------------------------------------------


def test_a_publisher_dismisses_that_error_and_not_its_check(desk):
    _colette, georges = desk
    judges(georges, PUPILS)
    assert open_findings(georges) == {ROOMS}
    [kept] = georges.row("资助").unit.dismissed
    assert (kept["finding"], kept["level"], kept["reason"], kept["by"], kept["name"]) == (
        PUPILS,
        "error",
        WHY,
        georges.user.pk,
        "georges",
    )
    with pytest.raises(DeskError):  # once is enough
        judges(georges, PUPILS)


def test_of_two_findings_that_say_the_same_one_is_dismissed(desk):
    _colette, georges = desk
    edited(georges.obj, ("a", "资助300名学生和300名教师。"))
    georges.writes("资助", "Des élèves et des enseignants ont été aidés.")
    judges(georges, PUPILS)
    assert open_findings(georges) == {f"{PUPILS} (2)"}
    judges(georges, f"{PUPILS} (2)")
    assert open_findings(georges) == set()


def test_a_translator_asks_for_it_and_a_publisher_decides(desk):
    colette, georges = desk
    with pytest.raises(ChecksFailed):
        hands_in(colette)
    judges(colette, PUPILS)
    assert PUPILS in open_findings(colette)
    with pytest.raises(ChecksFailed) as caught:  # of the other error nobody has said anything
        hands_in(colette)
    assert [each.key for each in caught.value.findings] == [ROOMS]
    judges(colette, ROOMS)
    assert hands_in(colette).status == "review"
    with pytest.raises(ChecksFailed):
        georges.writes(SOURCE, TEXT, UnitState.APPROVED)
    assert approve_rest(georges) == (2, 1)  # the others are approved, this one is left
    judges(georges, PUPILS, "Exact.")
    assert georges.writes(SOURCE, TEXT, None).status == "review"  # done, as far as it may be
    judges(georges, ROOMS, "Exact.")
    assert georges.writes(SOURCE, TEXT, None).is_done
    assert publish(georges.original, "fr", georges.user)


def test_a_request_that_is_sent_back_has_to_be_made_again(desk):
    colette, georges = desk
    for key in (PUPILS, ROOMS):
        judges(colette, key)
    hands_in(colette)
    row = georges.row("资助")
    sending_back.send_back(georges.original, georges.language, row.segment.path, row.hash, "Non.", georges.user)
    with pytest.raises(ChecksFailed):
        hands_in(colette)


def test_ones_own_error_may_be_dismissed_and_needs_a_second_pair_of_eyes(desk):
    _colette, georges = desk
    georges.writes(SOURCE, f"{TEXT} Bravo.")
    for key in (PUPILS, ROOMS):
        judges(georges, key)
    with pytest.raises(DeskError):
        georges.writes(SOURCE, f"{TEXT} Bravo.", UnitState.APPROVED)
    second = Bench(georges.obj, publisher(name="simone"))
    assert second.writes(SOURCE, f"{TEXT} Bravo.", UnitState.APPROVED).is_done


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('资助<a href="https://example.org/">学生</a>。', "Une aide aux élèves."),
        ("资助%(name)s。", "Une aide."),
        ("资助学生。", 'Une <a id="a1">aide</a> aux élèves.'),
    ],
)
def test_links_marks_and_placeholders_are_put_right(desk, source, text):
    _colette, georges = desk
    edited(georges.obj, ("a", source))
    georges.writes("资助", text)
    found = open_findings(georges)
    assert found
    for key in found:
        with pytest.raises(DeskError):
            judges(georges, key)
    with pytest.raises(ChecksFailed):
        georges.writes("资助", text, UnitState.REVIEW)


def test_a_text_that_does_not_fit_its_field_is_put_right(desk):
    _colette, georges = desk
    title = georges.rows[0]
    georges.writes(title.segment.text, "x" * 300)
    [key] = [each for each in keys_of(georges.rows[0], georges) if each.startswith("length: 300 ")]
    with pytest.raises(DeskError):
        dismiss(georges.original, georges.language, "title", title.hash, key, WHY, georges.user)


def keys_of(row, bench):
    return [each.key for each in findings(bench.original, row.segment, row.text, "fr")]


def test_a_warning_is_every_translators_to_dismiss(desk):
    colette, _georges = desk
    TermTarget.objects.create(term=Term.objects.create(source="教室"), language="fr", text="salle de cours")
    key = "glossary: 教室 is “salle de cours” in the glossary."
    assert key in open_findings(colette)
    judges(colette, key)
    assert key not in open_findings(colette)
    judges(colette, key, act=take_back)
    assert key in open_findings(colette)


@pytest.mark.parametrize(
    ("key", "reason"),
    [(PUPILS, " "), (PUPILS, "x" * 301), ("numbers", WHY), ("numbers: 7 of the source is missing.", WHY)],
)
def test_a_finding_that_is_there_and_a_reason_are_asked_for(desk, key, reason):
    with pytest.raises(DeskError):
        judges(desk[1], key, reason)


def test_a_dismissal_is_taken_back_by_those_who_may_dismiss(desk):
    colette, georges = desk
    judges(georges, PUPILS)
    with pytest.raises(DeskError):
        judges(colette, PUPILS, act=take_back)
    judges(georges, PUPILS, act=take_back)
    assert open_findings(georges) == {PUPILS, ROOMS}
    judges(colette, PUPILS)
    judges(colette, PUPILS, act=take_back)  # one's own request
    with pytest.raises(DeskError):
        judges(colette, PUPILS, act=take_back)


# It lapses -----------------------------------------------------------------------------------------


def test_it_lapses_with_the_text(desk):
    _colette, georges = desk
    judges(georges, PUPILS)
    georges.writes(SOURCE, TEXT)  # saved again as it was
    assert open_findings(georges) == {ROOMS}
    georges.writes(SOURCE, f"{TEXT} Oui.")
    georges.writes(SOURCE, TEXT)
    assert open_findings(georges) == {PUPILS, ROOMS}


def test_it_lapses_with_the_chinese_also_if_that_had_no_effect_on_the_meaning(desk):
    colette, georges = desk
    dismissed_and_approved(colette, georges)
    publish(georges.original, "fr", georges.user)
    edited(georges.obj, ("a", SOURCE.replace("，", "、")))
    row = georges.row("资助")
    with pytest.raises(ChecksFailed):
        segment_actions.carry_over(georges.original, georges.language, row.segment.path, row.hash, georges.user)
    with pytest.raises(DeskError):  # there is no text for this wording yet
        judges(georges, PUPILS)
    edited(georges.obj, ("a", SOURCE))
    assert open_findings(georges) == set()  # the Chinese is what it was


def test_a_warning_that_was_dismissed_does_not_cover_an_error(desk):
    colette, _georges = desk
    unit = colette.row("资助").unit
    judges(colette, PUPILS)
    unit.refresh_from_db()
    unit.dismissed[0] |= {"level": "warning", "is_asked": False}
    unit.save()
    assert PUPILS in open_findings(colette)


def test_a_paragraph_that_moves_takes_it_along(desk):
    colette, georges = desk
    dismissed_and_approved(colette, georges)
    edited(georges.obj, ("moved", SOURCE))
    assert open_findings(georges) == set()
    assert georges.row("资助").is_done
    publish(georges.original, "fr", georges.user)


def test_at_another_place_of_the_page_it_can_be_dismissed_too(desk):
    colette, georges = desk
    edited(georges.obj, ("moved", SOURCE))
    judges(georges, PUPILS)
    assert open_findings(georges) == {ROOMS}
    judges(georges, ROOMS)
    row = hands_in(colette)
    assert (row.status, row.unit.path) == ("review", "body.block-moved#moved")
    assert open_findings(georges) == set()
    assert georges.writes(SOURCE, TEXT, UnitState.APPROVED).unit.author == colette.user


# Wherever errors stop a text -----------------------------------------------------------------------


def test_what_was_dismissed_is_published_now_later_and_in_bulk(desk, client):
    colette, georges = desk
    dismissed_and_approved(colette, georges)
    check_schedulable(georges.original, "fr")
    Translation.objects.update(publish_at="2020-01-01T00:00Z", publish_as=georges.user)
    assert [problem for _row, problem in publish_due()] == [""]
    client.force_login(georges.user)
    client.post(reverse("languages_bulk"), {"language": "fr", "act": "publish", "original": georges.original.pk})
    assert Translation.objects.get(language="fr", original=georges.original).publications.count() == 2
    judges(georges, ROOMS, act=take_back)
    with pytest.raises(NotReadyError) as caught:
        publish(georges.original, "fr", georges.user)
    assert [row.segment.text for row in caught.value.rows] == [SOURCE]


def test_a_file_that_leaves_the_text_as_it_was_leaves_what_was_said_of_it(desk):
    colette, georges = desk
    for key in (PUPILS, ROOMS):
        judges(georges, key)
    file = export_bytes([georges.original], "fr", "po").decode().replace("#, fuzzy\n", "")
    outcomes = import_file(file.encode(), colette.user).outcomes
    assert "draft" not in {outcome.status for outcome in outcomes}
    assert colette.row("资助").status == "review"
    assert open_findings(georges) == set()
    import_file(file.replace("des élèves", "quelques élèves").encode(), georges.user, overwrite=True)
    assert open_findings(georges) == {PUPILS, ROOMS}
    assert colette.row("资助").status == "draft"


# It is on record -----------------------------------------------------------------------------------


def test_it_is_in_the_history_of_the_segment_and_of_the_page(desk, client):
    colette, georges = desk
    judges(colette, PUPILS)
    judges(georges, ROOMS)
    judges(georges, ROOMS, act=take_back)
    notes = UnitVersion.objects.exclude(note="").order_by("pk").values_list("by__username", "note")
    assert [by for by, _note in notes] == ["colette", "georges", "georges"]
    assert [WHY in note for _by, note in notes] == [True, True, False]
    entries = PageLogEntry.objects.filter(action__startswith="languages.").order_by("pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("languages.dismiss", georges.user),
        ("languages.take_back", georges.user),
    ]
    with translation.override("en"):
        assert [str(entry.message) for entry in entries] == [
            f"Français: dismissed “20间 of the source is missing.” ({entries[0].data['segment']}): {WHY}",
            f"Français: “20间 of the source is missing.” is not dismissed any more ({entries[0].data['segment']})",
        ]


def test_the_next_reviewer_is_shown_who_dismissed_it_and_why(desk, client):
    _colette, georges = desk
    client.force_login(georges.user)
    row = georges.row("资助")
    address = reverse("languages_dismiss", args=[georges.original.pk, "fr"])
    data = {"path": row.segment.path, "hash": row.hash, "finding": PUPILS, "reason": "<b>Tableau</b>"}
    answer = posted(client, address, **data)
    assert answer.status_code == 200
    assert answer.json()["has_errors"]  # the other one
    client.force_login(publisher(name="simone"))
    page = client.get(reverse("languages_workbench", args=[georges.original.pk, "fr"])).content.decode()
    dismissed = page[page.index("desk-finding--dismissed") :].partition("</li>")[0]
    assert "<s>" in dismissed
    assert "georges" in dismissed
    assert "&lt;b&gt;Tableau" in dismissed
    assert posted(client, address, **data | {"back": True}).status_code == 200
    page = client.get(reverse("languages_workbench", args=[georges.original.pk, "fr"])).content.decode()
    assert "desk-finding--dismissed" not in page


def test_a_finding_of_a_text_that_has_changed_meanwhile_is_not_dismissed(desk, client):
    colette, georges = desk
    client.force_login(georges.user)
    page = client.get(reverse("languages_workbench", args=[georges.original.pk, "fr"])).content.decode()
    row = georges.row("资助")
    shown = page[page.index(f'data-path="{row.segment.path}"') :].partition('data-shown="')[2].partition('"')[0]
    colette.writes(SOURCE, f"{TEXT} Oui.")
    with pytest.raises(ChangedMeanwhile):
        judges(georges, PUPILS, seen={row.segment.path: shown})
    address = reverse("languages_dismiss", args=[georges.original.pk, "fr"])
    known = {"path": row.segment.path, "hash": row.hash, "seen": shown}
    answer = posted(client, address, finding=PUPILS, reason=WHY, **known)
    assert (answer.status_code, answer.json()["moved"]) == (409, True)
    assert colette.row("资助").unit.dismissed == []


def test_what_was_dismissed_after_a_reviewer_looked_is_shown_to_them_first(desk):
    colette, georges = desk
    from languages.desk.seen import fingerprints

    for key in (PUPILS, ROOMS):
        judges(colette, key)
    hands_in(colette)
    seen = fingerprints(georges.rows)
    for key in (PUPILS, ROOMS):
        judges(Bench(georges.obj, georges.user), key)
    with pytest.raises(ChangedMeanwhile):
        translation_actions.approve_all(georges.original, georges.language, georges.user, seen=seen)


def test_somebody_who_is_writing_is_not_disturbed_by_it(desk):
    colette, georges = desk
    before = colette.row("资助").version
    judges(georges, PUPILS)
    assert colette.writes(SOURCE, f"{TEXT} Oui.", version=before).text == f"{TEXT} Oui."


# What was dismissed until now ----------------------------------------------------------------------


def test_what_was_dismissed_before_is_kept_until_the_text_changes(desk):
    colette, _georges = desk
    TermTarget.objects.create(term=Term.objects.create(source="教室"), language="fr", text="salle de cours")
    unit = colette.row("资助").unit
    UnitVersion.objects.create(unit=unit, text=unit.text, state=unit.state, by=colette.user, note="glossary: ici non")
    Unit.objects.filter(pk=unit.pk).update(dismissed=[["glossary", "ici non"], ["numbers", "?"]])
    migration = importlib.import_module("languages.migrations.0005_review")
    migration.to_records(apps, None)
    assert open_findings(colette) == {PUPILS, ROOMS}  # warnings of the check, and no error
    assert [(each["reason"], each["name"]) for each in colette.row("资助").unit.dismissed] == [
        ("ici non", "colette"),
        ("?", ""),
    ]
    migration.to_pairs(apps, None)
    assert colette.row("资助").unit.dismissed == [["glossary", "ici non"], ["numbers", "?"]]
    migration.to_records(apps, None)
    colette.writes(SOURCE, f"{TEXT} Oui.")
    assert colette.row("资助").unit.dismissed == []
