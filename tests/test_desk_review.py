"""A second pair of eyes that never locks a page: who approves what, and what is sent back."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from core.models import User
from languages.desk import segment_actions, translation_actions
from languages.desk.errors import Conflict, DeskError
from languages.desk.events import sent_back
from languages.desk.seen import ChangedMeanwhile, fingerprints
from languages.desk.sending_back import send_back, send_back_all
from languages.exchange import import_file
from languages.exchange.exporting import export_bytes
from languages.models import Translation, Unit, UnitState
from languages.publishing.publish import publish

from .desk import STANDFIRST, TITLE, Bench, edited, posted, publisher, stored, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

A = ("a", "操场已经铺好。")
HERS, HIS, OTHER = "La cour est fini.", "La cour est finie.", "Le terrain est fini."
REASON = "« fini » : accordez."


@pytest.fixture
def desk():
    """One translator and one publisher, in a language that requires a review. All is handed in."""
    take_up(review_required=True, is_open=True)
    story = story_of(A)
    colette, georges = Bench(story, translator()), Bench(story, publisher())
    colette.writes_all(UnitState.REVIEW, **{"body.block-a#a": HERS})
    return colette, georges


def corrected(colette, georges):
    georges.writes("操场", HIS, None)
    assert georges.row("操场").status == "review"  # his own: for somebody else to approve
    return colette.row("操场")


def approves(bench, text=HIS, **options):
    return bench.writes("操场", text, UnitState.APPROVED, **options)


def sends_back(bench, words="操场", reason=REASON, **options):
    row = bench.row(words)
    send_back(bench.original, bench.language, row.segment.path, row.hash, reason, bench.user, **options)


# One translator, one publisher ---------------------------------------------------------------------


def test_a_correction_is_approved_by_the_translator_and_published_by_the_corrector(desk):
    colette, georges = desk
    translation_actions.approve_all(georges.original, georges.language, georges.user)
    corrected(colette, georges)
    with pytest.raises(DeskError, match="colette"):  # who is asked is named
        approves(georges)
    unit = approves(colette).unit
    assert (unit.state, unit.author, unit.reviewer) == (UnitState.APPROVED, georges.user, colette.user)
    publish(georges.original, "fr", georges.user)
    assert HIS in str(stored(georges.obj, "body"))


def test_she_approves_it_with_the_key_and_all_corrections_with_the_button(desk, client):
    colette, georges = desk
    corrected(colette, georges)
    georges.writes(TITLE, "La rentrée", None)
    client.force_login(colette.user)
    page = client.get(reverse("languages_workbench", args=[colette.original.pk, "fr"])).content.decode()
    assert page.count(" data-approvable") == 2
    assert reverse("languages_approve_all", args=[colette.original.pk, "fr"]) in page
    assert colette.writes("操场", HIS, None).is_done
    answer = client.post(reverse("languages_approve_all", args=[colette.original.pk, "fr"]))
    assert answer.status_code == 302
    assert colette.statuses() == {TITLE: "approved", STANDFIRST: "review", A[1]: "approved"}  # not her own


def test_several_saves_of_the_publisher_are_one_correction(desk):
    colette, georges = desk
    for text in ("La cour", "", "La cour est f", HIS):
        georges.writes("操场", text)
    georges.writes("操场", HIS, UnitState.REVIEW)
    assert approves(colette).is_done


def test_what_an_outdated_text_becomes_is_a_correction_too(desk):
    colette, georges = desk
    edited(georges.obj, ("a", "操场已经铺好了。"))
    georges.writes("操场", HIS, UnitState.REVIEW)
    assert approves(colette).is_done


def test_a_change_without_effect_leaves_somebody_who_may_approve(desk):
    colette, georges = desk
    corrected(colette, georges)
    approves(colette)
    edited(georges.obj, ("a", "操场已经铺好！"))
    row = colette.row("操场")
    segment_actions.carry_over(colette.original, colette.language, row.segment.path, row.hash, colette.user)
    with pytest.raises(DeskError):
        approves(colette)  # it is she who said so
    assert approves(georges).is_done


# No way around the second pair of eyes -------------------------------------------------------------


def test_what_she_writes_after_the_correction_is_hers(desk):
    colette, georges = desk
    corrected(colette, georges)
    with pytest.raises(DeskError):
        approves(colette, OTHER)
    colette.writes("操场", OTHER)
    colette.writes("操场", HIS)  # typed again: his words, her text
    with pytest.raises(DeskError):
        approves(colette)
    assert colette.writes("操场", HIS, None).status == "review"
    assert approves(georges).is_done


def test_another_translator_does_not_approve_it_and_what_they_write_she_does_not(desk):
    colette, georges = desk
    simone = Bench(colette.obj, translator(name="simone"))
    with pytest.raises(DeskError):
        approves(simone, HERS)
    corrected(colette, georges)
    with pytest.raises(DeskError):
        approves(simone)
    simone.writes("操场", OTHER, UnitState.REVIEW)
    with pytest.raises(DeskError):
        approves(colette, OTHER)
    georges.writes("操场", HIS, UnitState.REVIEW)
    with pytest.raises(DeskError):  # now it is simone's that he corrected
        approves(colette)
    assert approves(simone).is_done


def test_a_second_publisher_corrects_the_first(desk):
    colette, georges = desk
    corrected(colette, georges)
    louis = Bench(colette.obj, publisher(name="louis"))
    louis.writes("操场", OTHER, UnitState.REVIEW)
    with pytest.raises(DeskError):
        approves(louis, OTHER)
    assert approves(Bench(colette.obj, colette.user), OTHER).is_done
    louis.writes(TITLE, "Un titre", UnitState.REVIEW)
    assert georges.writes(TITLE, "Un titre", UnitState.APPROVED).is_done


def test_the_correction_of_somebody_who_may_publish_no_more_is_not_approved(desk):
    colette, georges = desk
    corrected(colette, georges)
    User.objects.get(pk=georges.user.pk).groups.clear()
    with pytest.raises(DeskError):
        approves(colette)


def test_a_file_makes_nobody_an_author_or_a_reviewer(desk):
    colette, georges = desk
    corrected(colette, georges)
    file = export_bytes([colette.original], "fr", "po").decode()
    simone = translator(name="simone")
    import_file(file.replace(HIS, OTHER).encode(), simone, overwrite=True)
    with pytest.raises(DeskError):
        approves(colette, OTHER)
    import_file(file.replace("#, fuzzy\n", "").encode(), colette.user, overwrite=True)  # his words, from her file
    with pytest.raises(DeskError):
        approves(colette)


def test_a_moved_paragraph_is_approved_as_the_text_of_who_wrote_it(desk):
    colette, georges = desk
    edited(georges.obj, ("b", A[1]))
    row = approves(georges, HERS)
    assert (row.unit.author, row.unit.reviewer) == (colette.user, georges.user)


# Sent back -----------------------------------------------------------------------------------------


def test_what_is_sent_back_is_a_draft_until_its_author_hands_it_in_again(desk, client):
    colette, georges = desk
    sends_back(georges)
    unit = colette.row("操场").unit
    assert (unit.state, unit.sent_back_reason, unit.sent_back_by) == (UnitState.DRAFT, REASON, georges.user)
    assert Translation.objects.get().stage == "draft"
    client.force_login(colette.user)
    page = client.get(reverse("languages_workbench", args=[colette.original.pk, "fr"])).content.decode()
    told = page[page.index("desk-sent-back") :].partition("</p>")[0]
    assert "georges" in told
    assert REASON in told
    colette.writes("操场", HIS)
    assert colette.row("操场").unit.sent_back_reason == REASON  # still at work
    colette.writes("操场", HIS, UnitState.REVIEW)
    assert colette.row("操场").unit.sent_back_reason == ""
    assert Translation.objects.get().stage == "review"
    assert Unit.objects.exclude(sent_back_at=None).count() == 0


def test_it_is_on_record_and_announced(desk):
    colette, georges = desk
    heard = []

    def hear(**announced):
        heard.append(announced)

    sent_back.connect(hear)
    try:
        sends_back(georges)
        count = send_back_all(georges.original, georges.language, "Tout.", georges.user)
    finally:
        sent_back.disconnect(hear)
    assert count == 2
    assert [(len(each["units"]), each["by"], each["reason"]) for each in heard] == [
        (1, georges.user, REASON),
        (2, georges.user, "Tout."),
    ]
    assert {unit.author for each in heard for unit in each["units"]} == {colette.user}
    [*_, last] = colette.row("操场").unit.versions.order_by("pk")
    assert (last.by, last.state, REASON in last.note) == (georges.user, UnitState.DRAFT, True)
    assert [entry.data["segments"] for entry in PageLogEntry.objects.filter(action="languages.send_back")] == [2, 1]


def test_it_takes_a_reason_and_somebody_who_may_approve(desk):
    colette, georges = desk
    with pytest.raises(DeskError):
        sends_back(georges, reason=" ")
    for bench in (colette, Bench(colette.obj, translator(name="simone"))):
        with pytest.raises(DeskError):
            sends_back(bench)
    georges.writes(TITLE, "La rentrée", UnitState.REVIEW)
    with pytest.raises(DeskError):
        sends_back(georges, TITLE)  # his own he can change
    sends_back(colette, TITLE, "Non.")  # whose text it was, and who may approve it
    with pytest.raises(DeskError):
        sends_back(colette, TITLE, "Non.")  # a draft already
    assert set(colette.statuses().values()) == {"review", "draft"}


def test_who_did_not_see_that_it_was_sent_back_is_told_before_handing_it_in_again(desk):
    colette, georges = desk
    before = colette.row("操场").version
    sends_back(georges)
    with pytest.raises(Conflict, match="accordez"):
        colette.writes("操场", HERS, UnitState.REVIEW, version=before)


def test_a_text_that_changed_meanwhile_is_not_sent_back(desk, client):
    colette, georges = desk
    seen = fingerprints(georges.rows)
    colette.writes("操场", HIS, UnitState.REVIEW)
    with pytest.raises(ChangedMeanwhile):
        sends_back(georges, seen={"body.block-a#a": seen["body.block-a#a"]})
    with pytest.raises(ChangedMeanwhile):
        send_back_all(georges.original, georges.language, REASON, georges.user, seen=seen)
    assert set(colette.statuses().values()) == {"review"}


def test_it_is_done_from_the_panel_and_all_at_once_below(desk, client):
    colette, georges = desk
    client.force_login(colette.user)
    row = colette.row("操场")
    panel = reverse("languages_segment", args=[colette.original.pk, "fr"])
    one, everything = (
        reverse(f"languages_{name}", args=[colette.original.pk, "fr"]) for name in ("send_back", "send_back_all")
    )
    known = {"path": row.segment.path, "hash": row.hash}
    assert "data-send-back-form" not in client.get(panel, known).content.decode()
    assert posted(client, one, **known, reason=REASON).status_code == 422
    client.post(everything, {"reason": REASON})
    assert set(colette.statuses().values()) == {"review"}
    client.force_login(georges.user)
    assert "data-send-back-form" in client.get(panel, known).content.decode()
    answer = posted(client, one, **known, reason=REASON).json()
    assert answer["standing"] == "draft"
    assert REASON in answer["findings"]
    refused = client.post(everything, {"reason": " "})
    assert "reason=" in refused["Location"]  # what was typed is there again
    client.post(everything, {"reason": REASON})
    assert set(colette.statuses().values()) == {"draft"}
    page = client.get(reverse("languages_workbench", args=[colette.original.pk, "fr"])).content.decode()
    assert everything not in page


def test_all_of_it_is_sent_back_as_it_was_seen(desk, client):
    colette, georges = desk
    client.force_login(georges.user)
    address = reverse("languages_send_back_all", args=[colette.original.pk, "fr"])
    answer = client.post(address, {"reason": REASON, "seen": "{}"})
    assert answer.status_code == 409
    assert f'name="reason" value="{REASON}"' in answer.content.decode()
    assert set(colette.statuses().values()) == {"review"}


def test_where_no_review_is_required_what_was_handed_in_can_be_sent_back(desk):
    colette, _georges = desk
    take_up(review_required=False)
    simone = Bench(colette.obj, translator(name="simone"))
    sends_back(simone)
    assert colette.row("操场").unit.sent_back_reason == REASON
