// The elements of the key pages, in a chunk of their own.
import "./key-maker.ts";
import "./key-unlock.ts";
import "./key-passkey.ts";
import "./key-phrase.ts";
import "./passkey-sign-in.ts";
import "./passkey-remove.ts";
