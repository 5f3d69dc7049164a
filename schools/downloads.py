"""The school directory as a file."""

from django.http import Http404, HttpRequest, HttpResponse

from core.caching.parameters import depends_on
from core.languages import TAGS, content_language
from core.open_data.responses import open_data
from core.open_data.spreadsheets import Cell, Table, csv_bytes

from .labels import all_names, directory_columns
from .models import SchoolIndexPage, SchoolPage


def schools_table(request: HttpRequest, name: str = "schools") -> Table:
    """The schools that readers find in the directory, those in Chinese only with their Chinese texts: two queries."""
    columns = directory_columns()
    schools = SchoolPage.objects.for_listing().select_related("zone", "group")
    public = dict(SchoolPage.objects.readable().values_list("pk", "key"))
    rows = [_row(school, public, request) for school in schools]
    return Table(name, list(columns.values()), [[row[key] for key in columns] for row in rows])


@depends_on()
@open_data
def directory_csv(request: HttpRequest) -> HttpResponse:
    if not SchoolIndexPage.objects.readable().exists():
        raise Http404
    headers = {
        "Content-Disposition": 'attachment; filename="directory.csv"',
        "Content-Language": TAGS[content_language()],
    }
    return HttpResponse(csv_bytes(schools_table(request)), content_type="text/csv; charset=utf-8", headers=headers)


def _row(school: SchoolPage, public: dict[int, str], request: HttpRequest) -> dict[str, Cell]:
    """`public` are the keys of the schools that may be named."""
    return {
        "key": school.key,
        "name": str(school),
        "language": TAGS[school.shown_in(content_language())],
        "official_name": school.text("official_name"),
        "other_names": ", ".join(all_names(school)),
        "stage": str(school.get_stage_display()),
        "ownership": str(school.get_ownership_display()),
        "setting": str(school.get_setting_display()),
        "status": str(school.get_status_display()),
        "town": str(school.town or school.text("area")),
        "zone": str(school.zone or ""),
        "group": str(school.group or ""),
        "campus_of": public.get(school.parent_campus_id, ""),
        "opened": school.opened_year,
        "address": school.text("address"),
        "telephone": school.telephone,
        "website": school.website,
        "latitude": school.latitude,
        "longitude": school.longitude,
        "catchment": school.text("catchment"),
        "catchment_year": school.catchment_year,
        "verified_on": school.verified_on,
        "page": request.build_absolute_uri(school.get_url(request)),
    }
