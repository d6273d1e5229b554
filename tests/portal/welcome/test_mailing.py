"""The mail test: honest about where mail goes, and proved only by whoever holds the mail."""

import re
from typing import Any

import pytest
from django.test import Client

from kith.config.environment import MailAddress
from kith.messaging.mail.models import MailOut, MailState
from kith.people.persons.models import Person
from tests.portal.welcome import make
from tests.portal.welcome.test_screens import url

pytestmark = pytest.mark.django_db
URL = "/welcome/steps/mail/"


def signed_in(**given: Any) -> Client:
    browser = Client()
    token = make.begun()
    browser.post(url(token, "name"), {"name": "Bamboo"})
    browser.post(url(token, "administrator"), make.administrator(**given))
    return browser


def test_without_a_server_the_page_says_so_and_where_mail_is_kept() -> None:
    browser = signed_in()
    text = browser.get(URL).text
    assert "KITH_EMAIL_URL is not set" in text
    assert 'href="/desk/outbox/"' in text
    answer = browser.post(URL, follow=True)
    assert "kept on the outbox desk" in answer.text
    mail = MailOut.objects.get()
    assert (mail.state, mail.address, mail.subject) == (MailState.KEPT, "mai@example.org", "Mail from Kith arrives")


def test_with_a_server_it_is_named(settings: Any) -> None:
    settings.KITH_MAIL = MailAddress("mail.example.org", 25, "", "", tls=False)
    browser = signed_in()
    text = browser.get(URL).text
    assert "mail.example.org" in text
    assert "KITH_EMAIL_URL" not in text
    assert "on its way" in browser.post(URL, follow=True).text
    assert MailOut.objects.get().state == MailState.WAITING


def test_the_link_proves_the_mailbox_by_its_button_only() -> None:
    browser = signed_in()
    browser.post(URL)
    found = re.search(r"/t/[^/\s]+/", MailOut.objects.get().text)
    assert found is not None
    reader = Client()  # a phone where nobody is signed in
    assert reader.get(found[0]).status_code == 200
    assert Person.objects.get().mailbox_proven_at is None
    assert reader.post(found[0]).status_code == 200
    assert Person.objects.get().mailbox_proven_at is not None
    assert "A mail arrived" in browser.get(URL).text
    assert "/welcome/steps/mail/" not in browser.get("/").text


def test_without_a_mailbox_no_mail_goes_anywhere() -> None:
    browser = signed_in(username="E0001")
    assert "no mail address of yours" in browser.get(URL).text
    answer = browser.post(URL)
    assert answer.status_code == 422
    assert not MailOut.objects.exists()
    assert browser.post("/welcome/steps/mail/skip/").status_code == 303


def test_ten_an_hour_are_enough() -> None:
    browser = signed_in()
    for _each in range(10):
        assert browser.post(URL).status_code == 303
    assert browser.post(URL).status_code == 422
    assert MailOut.objects.count() == 10
