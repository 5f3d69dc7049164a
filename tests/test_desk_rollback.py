"""Going back to an earlier publication: always possible, and what would change is shown first."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import PageLogEntry

from languages.desk.errors import DeskError
from languages.desk.seen import ChangedMeanwhile
from languages.models import Publication, Translation, TranslationStage, UnitState
from languages.publishing.publish import NotReadyError, publish, withdraw
from languages.publishing.rollback import planned_return, roll_back
from metrics.tests.factories import make_metric, make_observation, make_unit
from schools.tests.factories import make_image

from .desk import FRENCH, Bench, edited, publisher, stored, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

A, B, NEW = ("a", "操场已经铺好。"), ("b", "图书馆还在装修。"), ("n", "校门朝南。")
FIRST, SECOND = "La cour est prête.", "La cour est finie."


@pytest.fixture
def bench():
    """A story that was published in French twice. No review is required."""
    take_up(review_required=False, is_open=True)
    bench = Bench(story_of(A, B), publisher())
    bench.writes_all(
        UnitState.APPROVED, **{"body.block-a#a": FIRST, "body.block-b#b": "La bibliothèque est en travaux."}
    )
    publish(bench.original, "fr", bench.user)
    bench.writes("操场", SECOND, UnitState.APPROVED)
    publish(bench.original, "fr", bench.user)
    return bench


def first():
    return Publication.objects.earliest("pk")


def goes_back(bench, **options):
    return roll_back(first(), bench.user, **options)


def body(bench):
    return str(list(stored(bench.obj, "body").raw_data))


def translation():
    return Translation.objects.get(language="fr")


# It always works -----------------------------------------------------------------------------------


def test_readers_see_what_they_saw_and_the_desk_says_the_same(bench):
    goes_back(bench)
    assert FIRST in body(bench)
    assert bench.texts()[A[1]] == FIRST
    assert bench.row("操场").is_done
    assert (translation().stage, translation().waiting) == (TranslationStage.PUBLISHED, "")
    publish(bench.original, "fr", bench.user)
    assert FIRST in body(bench)  # the next publication does not undo it
    assert PageLogEntry.objects.filter(action="languages.roll_back").get().user == bench.user


def test_after_a_withdrawal(bench):
    withdraw(bench.original, "fr", bench.user)
    assert not stored(bench.obj)
    roll_back(Publication.objects.latest("pk"), bench.user)
    assert SECOND in body(bench)
    assert translation().stage == TranslationStage.PUBLISHED


def test_what_has_changed_since_is_outdated_and_blocks_nothing(bench):
    edited(bench.obj, ("a", "操场明年铺好。"), B)
    followed = first().source_date
    shown = goes_back(bench)
    assert FIRST in body(bench)
    assert (shown.source_date, translation().stage) == (followed, TranslationStage.OUTDATED)
    row = bench.row("操场")
    assert (row.status, row.text) == ("outdated", FIRST)  # of what was wrong nothing is suggested any more
    edited(bench.obj, ("a", "操场明年铺好。"), NEW, B)
    assert FIRST in body(bench)
    bench.writes("操场", "La cour sera prête.", UnitState.APPROVED)
    bench.writes("校门", "La porte est au sud.", UnitState.APPROVED)
    publish(bench.original, "fr", bench.user)
    assert translation().stage == TranslationStage.PUBLISHED


def test_moved_blocks_and_other_pictures_are_those_of_today(bench):
    shown = {"image": make_image().pk, "caption": "", "credit": "", "alt": "", "wide": False}
    edited(bench.obj, B, {"type": "image", "value": shown, "id": "picture"}, A)
    goes_back(bench)
    found = body(bench)
    assert found.index("block-b") < found.index("picture") < found.index("block-a")
    assert FIRST in found


def test_a_page_with_new_texts_has_the_form_that_it_had(bench):
    edited(bench.obj, A, NEW, B)
    bench.writes("校门", "La porte est au sud.", UnitState.APPROVED)
    publish(bench.original, "fr", bench.user)
    assert "block-n" in body(bench)
    plan = planned_return(first(), bench.original.live())
    assert plan.has_old_form
    goes_back(bench)
    assert FIRST in body(bench)
    assert "block-n" not in body(bench)  # whole, as it was: no Chinese in it, and nothing of another time
    assert translation().stage == TranslationStage.OUTDATED
    assert bench.row("校门").is_done  # what was written since stays at the desk
    publish(bench.original, "fr", bench.user)
    assert "La porte est au sud." in body(bench)


def test_after_a_withdrawal_also_of_a_page_with_new_texts(bench):
    withdraw(bench.original, "fr", bench.user)
    edited(bench.obj, NEW, title="双福六小迎新")
    roll_back(Publication.objects.latest("pk"), bench.user)
    assert SECOND in body(bench)
    assert stored(bench.obj) == FRENCH["title"]
    assert translation().stage == TranslationStage.OUTDATED


def test_a_publication_from_before_its_form_was_kept(bench):
    """What it lacks is filled up; what nobody has translated stays Chinese, and is no text of the desk."""
    edited(bench.obj, ("a", "操场已经铺好。"), NEW, B, ("z", "还有一段。"))
    bench.writes("校门", "La porte est au sud.", UnitState.APPROVED)
    Publication.objects.update(columns=None)
    shown = goes_back(bench)
    found = body(bench)
    assert all(words in found for words in (FIRST, "La porte est au sud.", "还有一段。"))
    assert "还有一段。" not in str(shown.texts)
    assert bench.row("还有一段").status == "missing"
    assert translation().stage == TranslationStage.OUTDATED


def test_links_that_the_chinese_has_no_more(bench):
    link = '操场<a href="https://example.org/">已经</a>铺好。'
    edited(bench.obj, ("a", link), B)
    bench.writes("铺好", '<a id="a1">La cour</a> &amp; le jardin', UnitState.APPROVED)
    linked = publish(bench.original, "fr", bench.user)
    edited(bench.obj, A, B)
    publish(bench.original, "fr", bench.user)
    Publication.objects.update(columns=None)
    roll_back(linked, bench.user)
    assert "La cour &amp; le jardin" in body(bench)
    assert "example.org" not in body(bench)


def test_texts_with_errors_and_a_language_that_requires_a_review(bench):
    edited(bench.obj, ("a", "操场已经铺好，有300平方米。"), B)
    bench.writes("操场", "La cour de 300 m² est prête.", UnitState.APPROVED)
    right = publish(bench.original, "fr", bench.user)
    bench.writes("操场", "La cour est refaite, elle a 300 m².", UnitState.APPROVED)
    publish(bench.original, "fr", bench.user)
    Publication.objects.filter(pk=right.pk).update(
        texts={path: [digest, text.replace("300", "30")] for path, (digest, text) in right.texts.items()}
    )
    take_up(review_required=True)
    roll_back(Publication.objects.get(pk=right.pk), bench.user)
    assert "La cour de 30 m² est prête." in body(bench)
    with pytest.raises(NotReadyError):  # it is no text that would pass today
        publish(bench.original, "fr", bench.user)


def test_what_somebody_is_working_on_stays(bench):
    Bench(bench.obj, translator()).writes("操场", "La cour, bientôt…")
    goes_back(bench)
    assert FIRST in body(bench)
    assert bench.texts()[A[1]] == "La cour, bientôt…"


def test_what_was_planned_for_later_does_not_undo_it(bench):
    Translation.objects.update(publish_at="2040-01-01T00:00Z", publish_as=bench.user)
    goes_back(bench)
    assert translation().publish_at is None


def test_what_readers_see_is_nothing_to_go_back_to(bench):
    with pytest.raises(DeskError):
        roll_back(Publication.objects.latest("pk"), bench.user)


# The difference is shown first ---------------------------------------------------------------------


def address(bench, **query):
    return reverse("languages_roll_back", args=[bench.original.pk, "fr"], query=query)


def page_of(client, bench, publication=None):
    answer = client.get(address(bench, publication=(publication or first()).pk))
    return BeautifulSoup(answer.content.decode(), "html.parser")


def form_of(page):
    return {each["name"]: each["value"] for each in page.select_one("form.desk-actions").select("input")}


def changes_of(page):
    return [each.get_text(strip=True) for each in page.select(".desk-row--change .desk-diff")]


def test_the_difference_is_shown_and_then_it_is_done(bench, client):
    client.force_login(bench.user)
    bench_page = client.get(reverse("languages_workbench", args=[bench.original.pk, "fr"])).content.decode()
    assert address(bench, publication=first().pk) in bench_page
    page = page_of(client, bench)
    [change] = page.select(".desk-row--change .desk-diff")
    assert str(change).partition(">")[2].strip() == "La cour est <del>finie</del><ins>prête</ins>.</div>"
    assert SECOND in body(bench)  # nothing is done yet
    assert client.post(address(bench), form_of(page)).status_code == 302
    assert FIRST in body(bench)


def test_after_a_withdrawal_it_is_offered_and_all_of_it_is_shown(bench, client):
    client.force_login(bench.user)
    withdrawn = client.post(reverse("languages_withdraw", args=[bench.original.pk, "fr"]), follow=True)
    offered = address(bench, publication=Publication.objects.latest("pk").pk)
    message = BeautifulSoup(withdrawn.content.decode(), "html.parser").select_one(".messages")
    assert [link["href"] for link in message.select("a")] == [offered]
    page = BeautifulSoup(client.get(offered).content.decode(), "html.parser")
    assert changes_of(page) == [FRENCH["title"], FRENCH["standfirst"], SECOND, "La bibliothèque est en travaux."]
    client.post(address(bench), form_of(page))
    assert SECOND in body(bench)


def test_what_is_new_since_then_and_what_is_outdated_is_said(bench, client):
    edited(bench.obj, ("a", "操场明年铺好。"), B)
    client.force_login(bench.user)
    page = page_of(client, bench)
    assert len(page.select(".desk-row--change .desk-stage--outdated")) == 1
    edited(bench.obj, A, NEW, B)
    bench.writes("校门", "La porte est au sud.", UnitState.APPROVED)
    publish(bench.original, "fr", bench.user)
    page = page_of(client, bench)
    assert page.select_one(".help-warning")
    assert "La porte est au sud." in changes_of(page)


def test_what_has_changed_since_it_was_shown_is_shown_again(bench, client):
    client.force_login(bench.user)
    seen = form_of(page_of(client, bench))
    bench.writes("操场", "Troisième texte.", UnitState.APPROVED)
    publish(bench.original, "fr", bench.user)
    answer = client.post(address(bench), seen)
    assert answer.status_code == 409
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    assert "Troisième" in changes_of(page)[0]
    assert "Troisième texte." in body(bench)
    with pytest.raises(ChangedMeanwhile):
        goes_back(bench, seen="")
    assert client.post(address(bench), form_of(page)).status_code == 302
    assert FIRST in body(bench)


def test_it_is_for_publishers_and_of_this_text(bench, client):
    other = Bench(story_of(("c", "食堂开放。"), title="又一篇"), bench.user)
    client.force_login(bench.user)
    for odd in ("", "x", "0", "99999999999999999999"):
        assert client.get(address(bench, publication=odd)).status_code == 404
    assert client.get(address(other, publication=first().pk)).status_code == 404
    assert client.post(address(other), {"publication": first().pk}).status_code == 404
    client.force_login(translator())
    seen = planned_return(first(), bench.original.live()).seen
    assert client.get(address(bench, publication=first().pk)).status_code == 302
    assert client.post(address(bench), {"publication": first().pk, "seen": seen}).status_code == 302
    assert SECOND in body(bench)


def test_tokens_are_shown_with_the_words_that_readers_see(bench, client):
    yuan = make_unit(key="yuan", symbol="元", symbol_fr="yuan | de yuans | yuans", kind="money")
    figure = make_observation(metric=make_metric(name="学生资助", unit=yuan), value=Decimal(137_000_000))
    edited(bench.obj, ("a", f'<a linktype="figure" id="{figure.pk}">1.37亿元</a>。'), B)
    texts = ['Une aide : <a id="a1"></a>.', '<a id="a1"></a> d’aide.']
    linked = []
    for text in texts:
        bench.writes("1.37亿", text, UnitState.APPROVED)
        linked.append(publish(bench.original, "fr", bench.user))
    client.force_login(bench.user)
    [change] = changes_of(page_of(client, bench, linked[0]))
    assert "137 millions de yuans" in change
