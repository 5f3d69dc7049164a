"""The glossary in the admin: what is typed is stored, found, exported; what is wrong is said beside its field."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.translation import gettext
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from core.models import User
from languages.models import Term, TermTarget


pytestmark = [pytest.mark.django_db, pytest.mark.once]

LISTING = "wagtailsnippets_languages_term"


def make_term(source="学位", *rows, **values):
    """`rows` are (language, text, forbidden)."""
    term = Term(source=source, **values)
    term.targets = [
        TermTarget(language=code, text=text, forbidden=forbidden, sort_order=order)
        for order, (code, text, forbidden) in enumerate(rows)
    ]
    term.full_clean()
    term.save()
    return term


@pytest.fixture(params=["zh-hans", "en"])
def admin(request, client):
    user = User.objects.create_superuser("admin", "admin@example.org", "demo")
    UserProfile.objects.create(user=user, preferred_language=request.param)
    client.force_login(user)
    client.cookies["django_language"] = request.param
    return client


def url(name, *args):
    return reverse(f"{LISTING}:{name}", args=args)


def form_data(*rows, initial=0, **values):
    targets = [{"forbidden": "", "note": "", **row} for row in rows]
    data = {"source": "学位", "subject": "schools", "note": "", "place": ""} | values
    return nested_form_data(data | {"targets": inline_formset(targets, initial=initial)})


def row(text, language="en", **values):
    return {"language": language, "text": text} | values


def refused(client, data, msgid):
    """The form comes back with the error in the admin's language; nothing is stored."""
    response = client.post(url("add"), data)
    assert response.status_code == 200
    form = response.context["form"]
    errors = [form.errors, *form.formsets["targets"].errors]
    with translation.override(UserProfile.objects.get().preferred_language):
        words = gettext(msgid)
        assert words in [str(error) for each in errors for messages in each.values() for error in messages]
    assert conditional_escape(words) in response.content.decode()
    assert not Term.objects.exists()


def listed(client, **query):
    """The terms on the listing, by their links."""
    return [term.source for term in client.get(url("list"), query).context["object_list"]]


class TestForm:
    def test_a_term_is_stored_with_its_renderings_in_order(self, admin):
        data = form_data(row("school place"), row("degree", forbidden="on"), row("place scolaire", "fr"), note="座位")
        assert admin.post(url("add"), data).status_code == 302
        term = Term.objects.get()
        assert (term.source, term.note, str(term)) == ("学位", "座位", "学位")
        assert (term.allowed(), term.forbidden()) == ("en: school place\nfr: place scolaire", "en: degree")

    def test_a_rendering_is_changed_and_found_by_its_new_words(self, admin):
        term = make_term("学位", ("en", "school place", False))
        target = term.targets.get()
        data = form_data(row("seat at a school", id=target.pk), initial=1)
        assert admin.post(url("edit", term.pk), data).status_code == 302
        assert term.targets.get().text == "seat at a school"
        assert listed(admin, q="seat") == ["学位"]
        assert listed(admin, q="place") == []

    def test_a_rendering_given_twice_is_refused(self, admin):
        data = form_data(row("School place"), row("school place", forbidden="on"))
        refused(admin, data, "This rendering is already there for this language.")

    def test_the_same_rendering_in_two_languages_is_not_twice(self, admin):
        assert admin.post(url("add"), form_data(row("mu"), row("mu", "fr"))).status_code == 302

    def test_a_rendering_deleted_and_typed_again_is_not_twice(self, admin):
        term = make_term("学位", ("en", "school place", False))
        data = form_data(row("school place", id=term.targets.get().pk, DELETE="on"), row("school places"), initial=1)
        assert admin.post(url("edit", term.pk), data).status_code == 302
        assert term.targets.get().text == "school places"

    def test_what_is_not_translated_has_no_rendering_to_use(self, admin):
        msgid = "A term that is not translated has no renderings, unless they are forbidden."
        refused(admin, form_data(row("school place"), do_not_translate="on"), msgid)
        allowed = form_data(row("degree", forbidden="on"), do_not_translate="on")
        assert admin.post(url("add"), allowed).status_code == 302

    @pytest.mark.parametrize("bad", [{"text": ""}, {"language": ""}])
    def test_half_a_rendering_is_refused(self, admin, bad):
        refused(admin, form_data(row("school place") | bad), "This field is required.")

    def test_the_source_language_is_no_target(self, admin):
        response = admin.post(url("add"), form_data(row("学位", "zh-hans")))
        assert list(response.context["form"].formsets["targets"].errors[0]) == ["language"]
        assert not Term.objects.exists()

    def test_a_term_that_is_there_already_is_refused(self, admin):
        make_term("学位")
        response = admin.post(url("add"), form_data())
        assert list(response.context["form"].errors) == ["source"]
        assert Term.objects.count() == 1

    def test_a_copy_needs_another_term(self, admin):
        term = make_term("学位", ("en", "school place", False))
        assert admin.get(url("copy", term.pk)).context["form"].initial["source"] == "学位"

    def test_a_deleted_term_takes_its_renderings_along(self, admin):
        term = make_term("学位", ("en", "school place", False))
        assert admin.post(url("delete", term.pk)).status_code == 302
        assert not TermTarget.objects.exists()


class TestListing:
    def test_terms_are_found_by_parts_of_chinese_and_of_renderings(self, admin):
        make_term("普惠性幼儿园", ("en", "inclusive kindergarten", False))
        make_term("学位", ("en", "school place", False), ("en", "degree", True))
        assert listed(admin, q="幼儿") == ["普惠性幼儿园"]
        assert listed(admin, q="degr") == ["学位"]

    def test_filters_by_what_is_rendered_and_what_is_missing(self, admin):
        make_term("学位", ("en", "school place", False))
        make_term("学区", ("en", "school district", True), subject="schools")
        make_term("中学", ("fr", "collège", False))
        make_term("源·活", do_not_translate=True)
        assert listed(admin, rendered_in="en") == ["学位"]
        assert sorted(listed(admin, missing_in="en")) == sorted(["学区", "中学"])
        assert listed(admin, subject="schools") == ["学区"]
        assert listed(admin, do_not_translate="true") == ["源·活"]

    def test_the_number_of_queries_does_not_grow(self, admin, django_assert_max_num_queries):
        for number in range(30):
            make_term(f"词{number}", ("en", f"term {number}", False), ("fr", f"mot {number}", False))
        admin.get(url("list"))
        with django_assert_max_num_queries(20):
            assert len(listed(admin)) == 30

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_export(self, admin, kind):
        make_term("学位", ("en", "school place", False), ("en", "degree", True))
        answer = admin.get(url("list"), {"export": kind})
        body = b"".join(answer.streaming_content)
        assert answer.status_code == 200
        assert kind == "xlsx" or "学位,en: school place,en: degree" in body.decode()

    def test_exported_text_is_no_formula(self, admin):
        make_term("=1+1", note="@SUM(A1)")
        body = b"".join(admin.get(url("list"), {"export": "csv"}).streaming_content).decode()
        assert "'=1+1" in body
        assert "'@SUM(A1)" in body

    def test_the_menu_leads_to_it(self, admin):
        assert url("list") in admin.get(reverse("wagtailadmin_home")).content.decode()


class TestModel:
    @pytest.mark.parametrize("text", ["school place", "School Place"])
    def test_the_database_refuses_a_rendering_twice(self, text):
        term = make_term("学位", ("en", "school place", False))
        with transaction.atomic(), pytest.raises(IntegrityError):
            TermTarget.objects.create(term=term, language="en", text=text)

    def test_an_unknown_language_is_no_choice(self):
        with pytest.raises(ValidationError):
            TermTarget(term=make_term(), language="xx", text="x").full_clean()
