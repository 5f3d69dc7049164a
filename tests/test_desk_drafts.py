"""A released draft that is taken back is gone for everybody at the desk, and comes back with what was written for it."""

import itertools

import polib
import pytest
from django.urls import reverse

from core.models import Language, User
from languages import exchange
from languages.desk.sending_back import send_back
from languages.models import Comment, Origin, Publication, Unit, UnitState
from languages.publishing.publish import publish
from languages.publishing.release import release, retract
from languages.publishing.staleness import carry_over_all
from languages.urls import urlpatterns
from news.models import StoryPage

from .desk import TITLE, Bench, edited, paragraph, posted, publisher, stored, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

A = ("a", "操场已经铺好，学生可以上体育课。")
DRAFT = "操场已经铺好，区长将来剪彩。"
SECRET, SECRET_ONLY, WRITTEN, SAID = "剪彩", "区长", "inauguration", "ruban"
NEAR = "操场已经铺好，校长将来剪纸。"
SCREENS = {"matrix", "matrix_results", "overview", "import", "glossary_import", "memory", "my_work"}
OF_PAGES = {"page_translations"}
OF_ORIGINALS, OF_SEGMENTS = {"workbench", "preview", "mentionable"}, {"segment", "machine"}
OF_PUBLICATIONS = {"roll_back"}


class Desk:
    """A story whose draft is released and translated, and another with nearly the same words as the draft."""

    def __init__(self):
        take_up(review_required=False, is_open=True)
        self.bench = Bench(story_of(A), publisher())
        for text in ("La cour est finie.", "La cour est prête."):
            self.bench.writes_all(UnitState.APPROVED, **{"body.block-a#a": text})
            publish(self.bench.original, "fr", self.bench.user)
        self.other = Bench(story_of(("n", NEAR), ("s", DRAFT.replace("区长", "县长")), title="又一篇"), self.bench.user)
        self.admin = User.objects.create_superuser("admin", "a@example.org", "x")

    def drafts(self, words=DRAFT):
        self.bench.obj.body = [paragraph("a", words)]
        return self.bench.obj.save_revision()

    def releases(self):
        self.drafts()
        release(self.bench.original, self.admin)

    def translates(self, client):
        self.bench.writes(SECRET, f"La cour est prête pour l'{WRITTEN}.", UnitState.APPROVED)
        row = self.bench.row(SECRET)
        client.force_login(self.bench.user)
        address = reverse("languages_comment", args=[self.bench.original.pk, "fr"])
        assert posted(client, address, path=row.segment.path, hash=row.hash, text=f"Quel {SAID}?").status_code == 200

    def takes_back(self):
        retract(self.bench.original)


@pytest.fixture
def desk():
    return Desk()


def answers(desk, client):
    """(what, answer) of every address of the desk that shows something or gives it away."""
    for pattern in urlpatterns:
        name = pattern.name.removeprefix("languages_")
        yield from ((name, answer) for answer in of_address(name, desk, client))
    for format in exchange.FORMATS:
        originals = [desk.bench.original.pk, desk.other.original.pk]
        asked = {"language": "fr", "format": format, "original": originals}
        yield format, client.get(reverse("languages_export"), asked)
    for format in ("csv", "xlsx"):
        yield format, client.get(reverse("languages_matrix"), {"export": format})
    yield "memory_export", client.get(reverse("languages_memory_export"), {"language": "fr"})
    yield "glossary_export", client.get(reverse("languages_glossary_export"))
    for name in ("notices", "wagtailadmin_home"):
        yield name, client.get(reverse(name))


def of_address(name, desk, client):
    if name in SCREENS:
        yield client.get(reverse(f"languages_{name}"))
    elif name in OF_PAGES:
        yield client.get(reverse(f"languages_{name}", args=[desk.bench.obj.pk]))
    elif name in OF_ORIGINALS | OF_SEGMENTS:
        yield from of_segments(name, desk, client)
    elif name in OF_PUBLICATIONS:
        yield from of_publications(name, desk, client)


def of_segments(name, desk, client):
    for bench in (desk.bench, desk.other):
        address = reverse(f"languages_{name}", args=[bench.original.pk, "fr"])
        paths = [row.segment.path for row in bench.rows] if name in OF_SEGMENTS else [""]
        for path in paths:
            yield client.get(address, {"path": path})


def of_publications(name, desk, client):
    """Also those that are of another text, or in another language, than the address says."""
    for publication in Publication.objects.all():
        for bench, code in itertools.product((desk.bench, desk.other), ("fr", "en")):
            address = reverse(f"languages_{name}", args=[bench.original.pk, code])
            yield client.get(address, {"publication": publication.pk})


def places(desk, client, user):
    """For each of the three marks, where it is shown to somebody."""
    client.force_login(user)
    read = [(what, b"".join(answer).decode("utf-8", "replace")) for what, answer in answers(desk, client)]
    return [{what for what, words in read if mark in words} for mark in (SECRET_ONLY, WRITTEN, SAID)]


def test_every_screen_of_the_desk_is_walked():
    names = {pattern.name.removeprefix("languages_") for pattern in urlpatterns}
    acts = {"bulk", "language_action", "release", "save", "dismiss", "carry_over", "comment", "submit", "approve_all"}
    acts |= {
        "pretranslate",
        "publish",
        "withdraw",
        "schedule",
        "send_back",
        "send_back_all",
        "take_along",
        "memory_remove",
    }
    files = {"export", "memory_export", "glossary_export"}
    assert names - acts - files == SCREENS | OF_PAGES | OF_ORIGINALS | OF_SEGMENTS | OF_PUBLICATIONS


@pytest.mark.parametrize("who", ["a translator", "an administrator"])
def test_a_draft_taken_back_is_on_no_screen_and_in_no_file(desk, client, who):
    user = desk.admin
    if who == "a translator":
        user = translator(name="simone")
        desk.bench.row(A[1]).unit.delete()  # nothing was written for what readers see: the draft's text is all there is
    assert places(desk, client, user) == [set(), set(), set()]  # a draft is nobody's business
    desk.releases()
    desk.translates(client)
    in_words, in_french, in_comments = places(desk, client, user)
    assert in_words - {"segment"} == {"workbench", "memory_export", *exchange.FORMATS}
    assert in_french == {"workbench", "segment", "preview", "memory_export", *exchange.FORMATS}
    assert in_comments == {"segment"}
    desk.takes_back()
    assert places(desk, client, user) == [set(), set(), set()]


def test_going_back_shows_what_readers_saw_and_nothing_of_a_draft(desk, client):
    """Also while a draft is released: it is for publishers, and compares what was published with what is."""
    desk.releases()
    desk.translates(client)
    first = Publication.objects.order_by("pk").first()
    address = reverse("languages_roll_back", args=[desk.bench.original.pk, "fr"], query={"publication": first.pk})
    page = client.get(address).content.decode()
    assert "<ins>finie</ins>" in page
    assert not [mark for mark in (SECRET, SECRET_ONLY, WRITTEN, SAID) if mark in page]
    client.force_login(translator(name="simone"))
    assert client.get(address).status_code == 302


def test_what_was_written_is_there_again_with_the_draft(desk, client):
    desk.releases()
    desk.translates(client)
    desk.takes_back()
    assert desk.bench.texts()[A[1]] == "La cour est prête."
    desk.releases()
    assert WRITTEN in desk.bench.texts()[DRAFT]
    assert desk.bench.row(SECRET).is_done
    desk.takes_back()
    desk.drafts().publish()
    assert WRITTEN in desk.bench.texts()[DRAFT]
    assert Comment.objects.known().count() == 1


def test_no_other_text_takes_over_what_was_written_for_it(desk, client):
    desk.releases()
    desk.translates(client)
    same = Bench(story_of(("x", DRAFT), title="第三篇"), desk.bench.user)
    desk.takes_back()
    client.force_login(desk.bench.user)
    client.post(reverse("languages_pretranslate", args=[same.original.pk, "fr"]))
    assert same.row(SECRET).text == ""


def test_a_correction_of_a_draft_taken_back_reaches_no_reader(desk):
    correction = Bench(desk.bench.obj, desk.admin, "zh-hant")
    desk.releases()
    correction.writes(SECRET, "球場已經鋪好，區長將來剪綵。", UnitState.APPROVED)
    desk.takes_back()
    edited(desk.bench.obj, ("a", "操场已经铺好，学生可以踢球。"))
    assert "操場已經鋪好" in str(stored(desk.bench.obj, "body", "zh-hant"))


def test_the_present_texts_are_not_touched_by_a_draft_that_comes_and_goes(desk):
    before = desk.bench.texts(), desk.bench.statuses()
    desk.releases()
    desk.takes_back()
    assert (desk.bench.texts(), desk.bench.statuses()) == before
    assert edited(desk.bench.obj, ("a", "操场已经铺好，学生可以踢球。"))
    assert desk.bench.row("踢球").earlier.text == "La cour est prête."  # what readers saw stays the earlier wording
    assert publish(desk.bench.original, "fr", desk.bench.user, accept_outdated=True)


def test_a_published_wording_that_a_draft_took_up_again_stays_known(desk):
    first = desk.bench.row(A[1])
    edited(desk.bench.obj, ("a", "操场已经铺好，学生可以踢球。"))
    desk.drafts(A[1])
    release(desk.bench.original, desk.admin)
    desk.takes_back()
    assert desk.bench.row("踢球").earlier == first.unit


def test_what_a_later_draft_or_a_publication_replaced_stays_the_earlier_wording(desk, client):
    """Only what is taken back is hidden: else an editor's last correction would cost the translation."""
    desk.releases()
    desk.translates(client)
    desk.drafts("操场已经铺好，区长将来揭幕。")
    release(desk.bench.original, desk.admin)
    assert WRITTEN in desk.bench.row("揭幕").earlier.text
    desk.drafts("操场已经铺好，区长将来致辞。").publish()
    assert WRITTEN in desk.bench.row("致辞").earlier.text
    desk.drafts("操场已经铺好，还有草稿。")
    release(desk.bench.original, desk.admin)
    desk.takes_back()
    assert WRITTEN in desk.bench.row("致辞").earlier.text


def test_taking_back_hides_the_drafts_that_were_released_before_it_too(desk, client):
    desk.releases()
    desk.translates(client)
    desk.drafts("操场已经铺好，来宾将来揭幕。")
    release(desk.bench.original, desk.admin)
    desk.takes_back()
    assert desk.bench.texts()[A[1]] == "La cour est prête."
    edited(desk.bench.obj, ("a", "操场已经铺好，来宾很多。"))
    assert desk.bench.row("来宾").earlier.text == "La cour est prête."


def test_what_editors_keep_for_an_unreleased_draft_is_shown_to_no_translator(desk, client):
    """The memory of another page would quote it."""
    desk.drafts("操场已经铺好，学生可以上体育课了。")
    assert carry_over_all(StoryPage.objects.get(pk=desk.bench.obj.pk), desk.admin) == (1, 0)
    near = Bench(story_of(("x", "操场已经铺好，学生可以上音乐课了。"), title="第三篇"), desk.bench.user)
    client.force_login(desk.bench.user)
    address = reverse("languages_segment", args=[near.original.pk, "fr"])
    panel = client.get(address, {"path": near.row("音乐").segment.path}).content.decode()
    assert "La cour est prête." in panel
    assert "<ins>了</ins>" in panel  # how the published text differs, not the draft
    desk.bench.obj.get_latest_revision().publish()
    assert desk.bench.row("体育课了").is_done


def test_a_file_from_before_is_stored_and_shows_nothing_of_others(desk, client):
    desk.releases()
    desk.translates(client)
    file = polib.pofile(exchange.export_bytes([desk.bench.original], "fr", "po").decode())
    Unit.objects.filter(text__contains=WRITTEN).update(
        text=f"Pour l'{WRITTEN} du maire.", updated_at="2999-01-01T00:00Z"
    )
    entry = next(entry for entry in file if SECRET in entry.msgid)
    entry.msgstr = "La cour est prête pour la fête."
    desk.takes_back()
    [outcome] = exchange.import_file(str(file).encode(), desk.admin, dry_run=True).shown
    assert outcome.before == ""
    exchange.import_file(str(file).encode(), desk.admin, overwrite=True)
    assert desk.bench.texts()[A[1]] == "La cour est prête."
    desk.releases()
    assert desk.bench.row(SECRET).unit.origin == Origin.IMPORT
    assert TITLE in desk.bench.statuses()


def test_why_a_text_for_a_draft_taken_back_was_sent_back_is_in_no_notice(desk, client):
    desk.releases()
    simone = translator(name="simone")
    row = desk.bench.writes(SECRET, "La cour est prête.", UnitState.REVIEW)
    Unit.objects.filter(pk=row.unit.pk).update(author=simone)
    language, wording = Language.objects.get(code="fr"), (row.segment.path, row.hash)
    send_back(desk.bench.original, language, *wording, f"Un {SAID} ?", desk.admin)
    assert {"notices", "wagtailadmin_home", "my_work"} <= places(desk, client, simone)[2]
    desk.takes_back()
    assert places(desk, client, simone)[2] == set()
    desk.releases()
    assert "notices" in places(desk, client, simone)[2]
