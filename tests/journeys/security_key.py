"""A security key in the hands of a person: Chromium's own virtual authenticator."""

from playwright.sync_api import CDPSession

from tests.journeys.people import Person


class SecurityKey:
    """Plugged into the page that a person looks at; it answers at once, and with `prf` it can unlock."""

    def __init__(self, person: Person, *, prf: bool = True) -> None:
        self._session: CDPSession = person.context.new_cdp_session(person.page)
        self._session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "usb",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
            "hasPrf": prf,
        }
        self._id = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    @property
    def credentials(self) -> int:
        return len(self._session.send("WebAuthn.getCredentials", {"authenticatorId": self._id})["credentials"])

    def goes_to_a_new_device(self, person: Person) -> None:
        """The same page, with nothing of before on it: what a new device is, with this key plugged in."""
        person.page.goto("/health")
        person.context.clear_cookies()
        self._session.send("Storage.clearDataForOrigin", {"origin": person.server.url, "storageTypes": "all"})
