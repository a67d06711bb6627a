// What only the pages of the agreement need, in a chunk of its own.
import "./agreement-draft.ts";
import "./agreement-sign.ts";
import "./form-steps.ts";
import "./sealed-diff.ts";
