import { describe, inject } from "vitest";
import { given } from "./given.ts";
import { lostAnswers } from "./lost-answers.ts";
import { middle } from "./middle.ts";
import { unreachable } from "./unreachable.ts";

// One broker and one worker serve all of these: starting them takes longer than most of the tests.
describe.skipIf(inject("stackMissing") !== "")("failures, end to end", () => {
  const servers = given();
  unreachable(servers);
  lostAnswers(servers);
  middle(servers);
});
