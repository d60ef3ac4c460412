"""The log-in of an Official Account: a consent in the browser, or a pair from the API Explorer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from channels.answers import ChannelFailure, Closed, NotSent
from channels.sandbox.faults import Fault
from channels.sandbox.zalo.oa import Pkce, ZaloAccount
from channels.sandbox.zalo.tokens import challenge_of
from channels.sandbox.zalo.world import APP_ID, APP_SECRET, OA_ID
from channels.zalo.login import login
from loa.core.words import LANGUAGES, catalogue
from tests.channels.sandbox.calls import call
from tests.channels.zalo_account import POST, SECRET_NAME, TOKEN_NAME, Book, Office, zalo_office, zalo_settings


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    with zalo_office(tmp_path) as office:
        yield office


@dataclass
class Person:
    """Who sits at the terminal: opens addresses in a browser, types what was prepared."""

    office: Office
    answers: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def ask(self, key: str, /, *, hidden: bool = False, **values: object) -> str:
        self.tell(key, **values)
        if hidden:
            self.hidden.append(key)
        return self.answers[key]

    def tell(self, key: str, /, **values: object) -> None:
        self.told += [catalogue(language).word(key, **values) for language in LANGUAGES]
        if key == "zalo.open":
            address = str(values["address"])
            self.answers.setdefault("zalo.back", call("GET", address).headers["Location"])

    def log_in(self, **changes: object) -> None:
        settings = zalo_settings(self.office.box.address, **changes)
        login(settings, self.office.secrets, self.ask, self.tell, self.office.clock.now)


@pytest.fixture(name="person")
def _person(office: Office) -> Person:
    """An office that has only the secret of its app."""
    office.file.unlink()
    office.secrets.store({SECRET_NAME: APP_SECRET})
    return Person(office)


def test_a_consent_gives_a_pair_that_publishes(person: Person) -> None:
    person.log_in()
    kept = person.office.kept()
    assert (kept.oa_id, kept.version) == (OA_ID, 1)
    assert person.office.publish(person.office.open()).link
    told = "\n".join(person.told)
    assert not [s for s in (APP_SECRET, kept.access.reveal(), kept.refresh.reveal()) if s in told]


def test_a_missing_secret_of_the_app_is_asked_for_hidden_and_kept(person: Person) -> None:
    person.office.file.unlink()
    person.answers["zalo.app_secret"] = APP_SECRET
    person.log_in()
    assert person.hidden == ["zalo.app_secret"]
    assert person.office.secrets.stored()[SECRET_NAME] == APP_SECRET
    assert person.office.open().probe()


def test_the_code_alone_may_be_typed(person: Person) -> None:
    person.answers["zalo.back"] = person.office.box.zalo.world.tokens.consent(APP_ID, OA_ID, "")
    person.log_in(pkce="none")
    assert person.office.kept().oa_id == OA_ID


def test_a_fixed_verifier_is_used_where_the_app_has_a_fixed_challenge(person: Person) -> None:
    verifier = "v" * 43
    registered = person.office.box.zalo.world.apps[APP_ID]
    registered.pkce, registered.challenge = Pkce.STATIC, challenge_of(verifier)
    person.office.secrets.store({"ZALO_VERIFIER": verifier})
    person.log_in(pkce="static", verifier_env="ZALO_VERIFIER")
    assert person.office.kept().oa_id == OA_ID


def test_a_pair_from_the_explorer_is_typed_hidden_and_renewed_before_its_first_use(person: Person) -> None:
    pair = person.office.box.zalo.world.tokens.issue(APP_ID, OA_ID)
    person.answers |= {"zalo.back": "", "zalo.access": pair.access, "zalo.refresh": pair.refresh}
    person.log_in()
    assert person.hidden == ["zalo.access", "zalo.refresh"]
    person.office.open().probe()
    assert person.office.kept().version == 2


def test_without_a_callback_only_a_pair_can_be_typed(person: Person) -> None:
    pair = person.office.box.zalo.world.tokens.issue(APP_ID, OA_ID)
    person.answers |= {"zalo.access": pair.access, "zalo.refresh": pair.refresh}
    person.log_in(callback=None)
    assert "permission" not in "\n".join(person.told)
    assert person.office.kept().access.reveal() == pair.access


def refusal(person: Person, **changes: object) -> str:
    """Why the log-in fails; what was kept before is still there, byte for byte."""
    before = person.office.file.read_bytes()
    with pytest.raises(ChannelFailure) as caught:
        person.log_in(**changes)
    assert isinstance(caught.value, NotSent)
    assert person.office.file.read_bytes() == before
    return caught.value.reason_key


def test_another_account_than_that_of_the_settings_is_refused(person: Person) -> None:
    world = person.office.box.zalo.world
    world.accounts["5000"] = ZaloAccount(oa_id="5000", name="OA khác")
    world.consenting = "5000"
    assert refusal(person) == "zalo.other_account"
    pair = world.tokens.issue(APP_ID, "5000")
    person.answers |= {"zalo.back": "", "zalo.access": pair.access, "zalo.refresh": pair.refresh}
    assert refusal(person) == "zalo.other_account"


def test_the_address_of_another_consent_is_refused(person: Person) -> None:
    person.answers["zalo.back"] = f"http://127.0.0.1:8766/zalo?code=x&oa_id={OA_ID}&state=old"
    assert refusal(person) == "zalo.login_state"


def test_a_code_that_is_no_good_is_refused(person: Person) -> None:
    person.answers["zalo.back"] = "nonsense"
    assert refusal(person) == "zalo.login_code"


def test_a_wrong_callback_ends_on_zalos_page_of_errors(person: Person) -> None:
    assert refusal(person, callback="https://snv.example.gov.vn/zalo") == "zalo.setup"


def test_a_wrong_secret_of_the_app_is_told_as_such(person: Person) -> None:
    person.office.secrets.store({SECRET_NAME: "wrong"})
    assert refusal(person) == "zalo.setup"


def test_a_pair_of_which_zalo_knows_nothing_is_refused(person: Person) -> None:
    person.answers |= {"zalo.back": "", "zalo.access": "nonsense", "zalo.refresh": "nonsense"}
    assert refusal(person) == "zalo.login_token"


@pytest.mark.parametrize("name", ["zalo.app_secret", "zalo.access", "zalo.refresh"])
def test_what_is_left_empty_is_asked_for(person: Person, name: str) -> None:
    typed = {"zalo.app_secret": APP_SECRET, "zalo.back": "", "zalo.access": "a", "zalo.refresh": "r"}
    person.answers |= typed | {name: ""}
    person.office.file.unlink()
    with pytest.raises(ChannelFailure) as caught:
        person.log_in()
    assert caught.value.reason_key == "login.nothing_typed"
    assert not person.office.file.exists()


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.HTTP_500, Fault.HTML_200, Fault.RATE_LIMITED])
def test_an_account_that_cannot_be_asked_for_is_asked_for_later(person: Person, fault: Fault) -> None:
    person.office.box.faults.next("zalo", "getoa", fault, times=3)
    assert refusal(person) == "login.later"


def test_an_exchange_without_answer_is_begun_anew(person: Person) -> None:
    person.office.box.faults.next("oauth", "token", Fault.DROP_AFTER)
    assert refusal(person) == "zalo.login_code"


def test_a_new_consent_ends_a_closed_account(person: Person, office: Office) -> None:
    person.log_in()
    world = office.box.zalo.world
    world.tokens.revoke(OA_ID)
    with pytest.raises(Closed):
        office.open().publish(POST, Book())
    del person.answers["zalo.back"]
    person.log_in()
    office.publish(office.open())
    assert TOKEN_NAME in office.secrets.stored()
