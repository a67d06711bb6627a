"""Where people sign in, keep their keys and look after their account."""

from django.urls import path

from tilth.accounts.views import account, key_pages, key_store, links, passkeys, signing_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", signing_in.address, name="sign-in"),
    path("sign-in/code/", signing_in.code, name="code"),
    path("sign-in/you/", signing_in.about_you, name="about-you"),
    path("sign-in/link/<str:token>", links.link, name="link"),
    path("sign-in/passkey/options", passkeys.sign_in_options, name="passkey-options"),
    path("sign-in/passkey", passkeys.sign_in_with_passkey, name="passkey"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("keys/", key_pages.make, name="keys"),
    path("keys/unlock", key_pages.unlock, name="unlock"),
    path("keys/new", key_pages.renew, name="new-keys"),
    path("account/", account.account, name="account"),
    path("account/profile", account.profile, name="profile"),
    path("account/theme", account.theme, name="theme"),
    path("account/devices/others/out", account.devices_out, name="devices-out"),
    path("account/devices/<uuid:device_id>/out", account.device_out, name="device-out"),
    path("account/passkeys/options", passkeys.add_options, name="passkey-add-options"),
    path("account/passkeys", passkeys.add, name="passkey-add"),
    path("account/passkeys/<uuid:passkey_id>/delete", passkeys.delete, name="passkey-delete"),
    path("account/erase", account.erasing, name="erase"),
    path("account/erased", account.erased, name="erased"),
    path("account/keys", key_store.keys, name="stored-keys"),
    path("account/keys/wraps", key_store.wraps, name="wraps"),
    path("account/keys/wraps/<uuid:wrap_id>/delete", key_store.wrap_delete, name="wrap-delete"),
    path("account/keyring", key_store.keyring, name="keyring"),
]
