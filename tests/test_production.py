"""Production settings are really loaded here, in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


ROOT = Path(__file__).resolve().parents[1]
KEY = "k3y-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2


def run(*args, key=KEY, settings="eduportal.settings.production"):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "SECRET_KEY": key, "ALLOWED_HOSTS": "example.org"}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # set for the browser tests
    environment["DATABASE_URL"] = "sqlite://:memory:"
    command = [sys.executable, *args]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)  # noqa: S603


def test_check_deploy_finds_nothing():
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


def test_static_files_are_hashed_and_compressed():
    code = (
        "import django; django.setup();"
        "from django.core.files.storage import storages; print(type(storages['staticfiles']).__name__)"
    )
    result = run("-c", code)
    assert result.stdout.strip() == "CompressedManifestStaticFilesStorage", result.stderr


@pytest.mark.parametrize("key", ["", "short", "django-insecure-" + "x1" * 40, "a" * 80])
def test_it_refuses_to_start_without_a_real_key(key):
    result = run("-c", "import django; django.setup()", key=key)
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr


def test_the_demo_is_refused():
    result = run("manage.py", "seed_demo")
    assert result.returncode != 0
    assert "production" in result.stderr


@pytest.mark.django_db
def test_public_pages_forbid_inline_scripts_and_set_no_cookie(client):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert not response.cookies
    assert "unsafe-inline" in client.get("/admin/login/").headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_only_answer_reads(client, method):
    assert getattr(client, method)("/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/?q=%00", "/news/?page=%00", "/?q=%ff", "/%00/"])
def test_an_address_that_is_no_text_is_a_bad_request(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/api/v1/stories?topic=%00", "/api/v1/schools?q=%ff", "/api/v1/metrics/%00"])
def test_programs_are_told_so_in_json(client, path):
    refused = client.get(path)
    assert (refused.status_code, refused.headers["Content-Type"]) == (400, "application/json")
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert "NUL" in refused.json()["message"]


@pytest.mark.django_db
@pytest.mark.django_db
def test_only_renditions_are_served(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for folder in ("images", "original_images", "documents"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.png").write_bytes(b"x")
    response = client.get("/media/images/x.png")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"x"
    for path in (
        "original_images/x.png",
        "documents/x.png",
        "images/../original_images/x.png",
        "images/%2e%2e/documents/x.png",
    ):
        assert client.get(f"/media/{path}").status_code == 404, path
