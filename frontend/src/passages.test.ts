import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { diffWordsWithSpace } from "diff";
import { passages } from "./passages.ts";

test("words that changed one after the other are one change", () => {
  const changes = diffWordsWithSpace("They don’t know yet. Stay.", "They have known since the spoons. Stay.");
  deepEqual(passages(changes, "removed"), [
    { text: "They ", changed: false },
    { text: "don’t know yet", changed: true },
    { text: ". Stay.", changed: false },
  ]);
  deepEqual(passages(changes, "added"), [
    { text: "They ", changed: false },
    { text: "have known since the spoons", changed: true },
    { text: ". Stay.", changed: false },
  ]);
});

test("a word that stayed parts what changed before it from what changed after it", () => {
  const changes = diffWordsWithSpace("on Tuesday or Friday", "on Monday or Sunday");
  deepEqual(
    passages(changes, "added").map(({ text }) => text),
    ["on ", "Monday", " or ", "Sunday"],
  );
});

test("a space at the edge of a change stays where it is", () => {
  const changes = diffWordsWithSpace("Answer soon.", "Answer soon. No rush.");
  deepEqual(passages(changes, "removed"), [{ text: "Answer soon.", changed: false }]);
  deepEqual(passages(changes, "added").at(-1), { text: " No rush.", changed: true });
});
