// The elements of inviting and joining, in a chunk of their own.
import "./invite-form.ts";
import "./join-form.ts";
