"""A passkey made of nothing but cryptography: what a phone would answer, without a phone."""

import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from tilth.protocol.encoding import b64u

FLAG = AuthenticatorData.FLAG


@dataclass
class Authenticator:
    """Holds one credential for one place."""

    origin: str = "http://localhost:8000"
    place: str = "localhost"
    verified: bool = True
    counter: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    handle: str = ""

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to the options for a new passkey."""
        asked = options["publicKey"]
        self.handle = asked["user"]["id"]
        credential = AttestedCredentialData.create(
            bytes(16), self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        about = AuthenticatorData.create(self._place_hash(), self._flags() | FLAG.AT, self.counter, credential)
        client = self._client("webauthn.create", asked["challenge"])
        return self._credential(
            {
                "clientDataJSON": b64u(client),
                "attestationObject": b64u(AttestationObject.create("none", about, {})),
            }
        )

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to the options for signing in."""
        about = AuthenticatorData.create(self._place_hash(), self._flags(), self.counter)
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        signature = self.key.sign(about + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._credential(
            {
                "clientDataJSON": b64u(client),
                "authenticatorData": b64u(about),
                "signature": b64u(signature),
                "userHandle": self.handle,
            }
        )

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        name = b64u(self.credential_id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def _client(self, purpose: str, challenge: str) -> bytes:
        return CollectedClientData.create(purpose, challenge, self.origin)

    def _place_hash(self) -> bytes:
        return sha256(self.place.encode()).digest()

    def _flags(self) -> FLAG:
        return FLAG.UP | FLAG.UV if self.verified else FLAG.UP
