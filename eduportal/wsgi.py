import os

from django.core.wsgi import get_wsgi_application


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduportal.settings.production")
django = get_wsgi_application()

from core.caching.wsgi import QuickAnswers  # noqa: E402 (it reads the settings)


application = QuickAnswers(django)
