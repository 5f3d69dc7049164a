"""The screens of an import: what is broken, what one click does about it, what is named; and long pastes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from metrics.models import Observation
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_index
from newsroom.importing.document import Box, Note, Paragraph, Place, Span
from newsroom.importing.limits import MAX_CHARACTERS
from newsroom.importing.recognised import recognised
from newsroom.importing.story import Fields, Kind, Piece
from newsroom.imports import mending, receiving, standing
from newsroom.imports.standing import Standing
from newsroom.imports.storing import choices_of
from newsroom.models import StoryImport
from schools.tests.factories import make_school

from .test_damage import listed, marked
from .test_import_moving import FILE, GOES_ON, STRAY, A, B, C
from .test_import_screens import act, imported, keys, media, person, screen, soup, undo  # noqa: F401 (media is a fixture)


pytestmark = [pytest.mark.django_db, pytest.mark.once]

XHR = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def reporter(client):
    make_index()
    return person("Reporters", "reporter", client)


def text_of(*paragraphs):
    return "\n\n".join(paragraphs).encode()


def stored(client, *paragraphs):
    return imported(client, content=text_of(*(paragraphs or FILE)), name="残稿.txt")


def errors(page):
    return " ".join(each.text for each in page.select(".w-field__errors"))


# Broken copy -------------------------------------------------------------------------------------------


def test_it_is_said_above_and_beside_its_part(reporter, client):
    file = stored(client)
    page = screen(client, file)
    assert page.select_one(".import-broken h2").text.strip() == "Broken copy (2)"
    links = [link["href"] for link in page.select(".import-broken a")]
    assert links == [f"#part-{keys(file)[3]}", f"#part-{keys(file)[6]}"]
    assert [link.text.strip() for link in page.select(".import-broken a")] == ["line 7", "line 13"]
    marks = {part["id"]: part.select_one(".import-mark") for part in page.select(".import-part:has(.import-mark)")}
    assert [f"#{name}" for name in marks] == links
    stray = marks[links[1][1:]]
    assert "it seems to belong before “于创新的劲头" in stray.text
    assert (stray.a["href"], stray.a.text) == (links[0], "Go to line 7")
    assert stray.button["value"] == f"mend:{keys(file)[6]}"
    assert stray.button.text == "Move it there"
    assert "Broken copy" in page.select_one("form.import").text  # its buttons take the choices along


def test_nothing_is_said_of_a_whole_text(reporter, client):
    page = screen(client, stored(client, "标题", A, B, C))
    assert not page.select(".import-broken, .import-mark, .import-put-back")


def test_a_long_list_is_cut_short_and_the_parts_are_marked(reporter, client):
    file = stored(
        client,
        "标题",
        *(f"第{n}所学校在去年的改革里把课堂教学、教师成长和评价方式一起向前推动了一大步，今年" for n in range(120)),
        A,
    )
    page = screen(client, file)
    assert len(page.select(".import-broken li")) == 20
    assert "beside their parts" in page.select_one(".import-broken").text
    assert len(page.select(".import-part")) == 100
    assert 80 < len(page.select(".import-mark")) < 100


def test_one_click_moves_it_and_another_puts_it_back(reporter, client):
    file = stored(client)
    before = keys(file)
    answer = act(client, file, f"mend:{before[6]}", kinds={before[6]: "heading"})
    assert answer.url.endswith(f"#part-{before[6]}")
    page = screen(client, file)
    assert [part["data-kind"] for part in page.select(".import-part")][3:6] == ["heading", "text", "text"]
    assert not page.select(".import-mark")
    assert [each.text.strip() for each in page.select(".import-moved")] == ["moved here"] * 3
    assert keys(file)[5] == f"{before[8]}-{before[3]}"
    assert act(client, file, "put-back").status_code == 302
    assert keys(file) == before
    assert screen(client, file).find(id=f"part-{before[6]}")["data-kind"] == "heading"
    act(client, file, f"mend:{before[6]}")
    act(client, file, "reset")
    assert keys(file) == before
    assert not screen(client, file).select(".import-put-back")


def test_the_draft_has_it_where_it_belongs(reporter, client):
    file = stored(client)
    act(client, file, f"mend:{keys(file)[6]}")
    act(client, file, "make")
    page = StoryPage.objects.get()
    assert STRAY[1] + GOES_ON in page.body[-1].value.source
    assert listed(page) == []
    file.refresh_from_db()
    assert not screen(client, file).select(".import-mark, .import-broken")  # the list beside the form says it now
    assert "taken back" in soup(undo(client, file)).text
    assert keys(file)[5].count("-") == 1
    assert len(screen(client, file).select(".import-moved")) == 3


def test_a_corrected_file_has_it_there_as_well(reporter, client):
    file = stored(client)
    act(client, file, f"mend:{keys(file)[6]}")
    act(client, file, "make")
    page = StoryPage.objects.get()
    before = page.get_latest_revision_as_object().body.get_prep_value()
    content = SimpleUploadedFile("残稿.txt", text_of(*FILE[:2], B.replace("山歌", "民歌"), *FILE[3:]))
    client.post(f"{reverse('import_story')}?onto={page.pk}", {"file": content})
    again = StoryImport.objects.latest("pk")
    compared = soup(client.get(reverse("story_import_compare", args=[again.pk])))
    rows = [row.select_one("strong").text for row in compared.select(".import-compared")]
    assert rows.count("Changed") == 1
    assert set(rows) == {"Changed", "Unchanged"}
    data = {"token": compared.select_one("[name=token]")["value"]}
    data["row"] = [box["value"] for box in compared.select("[name=row][checked]")]
    client.post(reverse("story_import_compare", args=[again.pk]), data)
    after = StoryPage.objects.get().get_latest_revision_as_object().body.get_prep_value()
    assert [each["value"] for each in after] == [
        each["value"] if isinstance(each["value"], dict) else each["value"].replace("山歌", "民歌") for each in before
    ]


def test_what_is_not_so_any_more_is_not_done(reporter, client):
    file = stored(client)
    before = keys(file)
    for odd in (f"mend:{before[6]}", "mend:", "mend:9.9.9", f"mend:{before[3]}", "put-back:x"):
        act(client, file, odd, kinds={before[3]: "quote"})
    assert keys(file) == before
    assert "changed meanwhile" in screen(client, file).text


def test_a_script_is_told_what_is_broken_now(reporter, client):
    file = stored(client)
    address = reverse("story_import", args=[file.pk])
    first, stray = keys(file)[3], keys(file)[6]
    said = client.post(address, {"act": "save", f"kind-{keys(file)[0]}": "kicker"}, headers=XHR).json()
    assert list(said["marks"]) == [first, stray]
    assert f"mend:{stray}" in said["marks"][stray]
    assert "Broken copy (2)" in said["broken"]
    kinds = {f"kind-{key}": "left-out" for key in keys(file)[6:]}
    said = client.post(address, {"act": "save"} | kinds, headers=XHR).json()
    assert said["marks"] == {}
    assert "Broken copy" not in said["broken"]


def test_whoever_only_looks_has_no_buttons(reporter, client):
    file = stored(client)
    client.force_login(person("Reporters", "colleague"))
    stored(client)  # the same file: so it is theirs to read
    page = screen(client, file)
    assert len(page.select(".import-mark")) == 2
    assert not page.select(".import-mark button")


def test_it_is_looked_through_once(reporter, client, monkeypatch):
    file = stored(client)
    calls = []
    for module, name in ((mending, "damage_of"), (standing, "recognised"), (standing, "fold")):
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *args, real=real, name=name: calls.append(name) or real(*args))
    screen(client, file)
    assert sorted(calls) == ["damage_of", "fold", "recognised"]
    calls.clear()
    client.post(reverse("story_import", args=[file.pk]), {"act": "save"}, headers=XHR)
    assert sorted(calls) == ["damage_of", "fold", "recognised"]
    calls.clear()
    act(client, file, "save")
    assert calls == []  # it is only saved


# What is named -----------------------------------------------------------------------------------------


NAMED = ("江津再添学位", "今年，江津中学滨江校区开学，江津中学也有了新校门。全区新增公办中小学学位8660个，投入3亿元。")


def report(client, file):
    return " ".join(screen(client, file).select_one(".import-report").text.split())


def test_schools_and_numbers_are_said_as_things_are(reporter, client):
    for title in ("江津中学", "江津中学滨江校区"):
        make_school(title=title)
    make_observation(metric=make_metric(name="新增公办中小学学位"))
    file = stored(client, *NAMED)
    said = report(client, file)
    assert "Schools named (2): 江津中学滨江校区、江津中学" in said
    assert "Numbers with likely figures: 1" in said
    assert "They are offered for linking beside the form of the draft." in said
    address = reverse("story_import", args=[file.pk])
    data = {"act": "save", f"kind-{keys(file)[1]}": "left-out"}
    assert "Schools named" not in client.post(address, data, headers=XHR).json()["report"]
    assert "Schools and figures" not in report(client, file)


def test_what_readers_may_not_see_is_not_named(reporter, client):
    make_school(title="江津中学").unpublish()
    metric = make_metric(name="新增公办中小学学位")
    make_observation(metric=metric)
    metric.unpublish()
    assert "Schools and figures" not in report(client, stored(client, *NAMED))


def test_asides_and_notes_are_read_too():
    make_school(title="江津中学")
    make_school(title="双福中学")
    words = (Span("江津中学开学了。"),)
    box = Box(place=Place(3), blocks=[Paragraph(words=words)])
    note = Note(place=Place(4), mark="[1]", words=(Span("双福中学也开学了。"),))
    found = recognised(Fields(body=[Piece(Kind.ASIDE, box), Piece(Kind.NOTE, note)]))
    assert found.names == "江津中学、双福中学"
    assert [each.passage.place for each in found.schools] == ["3", "4"]


def test_queries_do_not_grow_with_the_text(reporter, client):
    for number in range(6):
        make_school(title=f"第{number}实验中学")
    metric = make_metric(name="新增公办中小学学位")
    make_observation(metric=metric)

    def queries(count):
        texts = [f"第{n}实验中学开学，新增公办中小学学位8660个，投入{n}亿元。" for n in range(count)]
        now = Standing(choices_of(stored(client, "标题", *texts)))
        with CaptureQueriesContext(connection) as captured:
            assert (len(now.recognised.schools), len(now.recognised.numbers)) == (count, count)
            assert now.broken == []
        return len(captured)

    assert queries(2) == queries(6) <= 5
    assert Observation.objects.count() == 1


# Long pastes -------------------------------------------------------------------------------------------


def test_a_paste_that_is_too_long_comes_back(reporter, client):
    pasted = "早读课\n\n" + "清晨七点，铃声响起。" * 110_000  # 3.3 MB
    page = soup(client.post(reverse("import_story"), {"pasted": pasted}))
    assert f"at most {MAX_CHARACTERS} characters" in errors(page)
    assert page.select_one("textarea[name=pasted]").text.strip() == pasted
    assert not StoryImport.objects.exists()


def test_a_long_page_is_pasted(reporter, client):
    filler = f"<!-- {'x' * 4_000_000} -->"
    client.post(reverse("import_story"), {"pasted": "早读课", "pasted_html": f"<h1>早读课</h1>{filler}<p>{A}</p>"})
    assert [kind for kind, _slices in StoryImport.objects.get().parts] == ["title", "text"]


def test_more_than_a_page_may_have_is_said(reporter, client):
    answer = client.post(reverse("import_story"), {"pasted": "x" * (receiving.MOST + 1)})
    assert answer.status_code == 200
    assert "more than 12 MB" in errors(soup(answer))
    half = "x" * (receiving.MOST // 2 + 1)
    answer = client.post(reverse("import_story"), {"pasted": half, "pasted_html": half})
    assert "more than 12 MB" in errors(soup(answer))
    assert not StoryImport.objects.exists()


def test_a_form_with_more_fields_than_it_has_is_refused(reporter, client):
    data = {f"field{number}": "x" for number in range(receiving.PARTS + 1)}
    assert client.post(reverse("import_story"), data).status_code == 400


def test_files_come_with_their_names_and_no_more(reporter, client, monkeypatch):
    content = text_of("标题", A)
    client.post(reverse("import_story"), {"file": SimpleUploadedFile("C:\\稿件\\早读.txt", content)})
    assert StoryImport.objects.latest("pk").name == "早读.txt"
    client.post(reverse("import_story"), {"file": SimpleUploadedFile("早读.txt", content, content_type="")})
    assert StoryImport.objects.count() == 2
    monkeypatch.setattr(receiving, "MAX_BYTES", 10)
    monkeypatch.setattr("newsroom.imports.forms.MAX_BYTES", 10)
    answer = client.post(reverse("import_story"), {"file": SimpleUploadedFile("早读.txt", content * 9_000)})
    assert "The file is too large" in errors(soup(answer))


def test_what_is_broken_in_an_article_of_a_newspaper(reporter, client):
    file = imported(client, content=marked("damaged")[0].encode(), name="残稿.txt")
    page = screen(client, file)
    assert "Broken copy (7)" in page.text
    buttons = [each.text.strip() for each in page.select(".import-mark button")]
    assert buttons == ["Leave it out", "Move it there"]
