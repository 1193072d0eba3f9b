import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { stateOf } from "../../../src/clients/live/ksql/state.ts";
import type { Address, World } from "../../../src/core/model.ts";
import { definitionsOf } from "../../../src/providers/ksql/definitions.ts";
import { ksqlDiff } from "../../../src/providers/ksql/diff.ts";
import { liveObjects } from "../../../src/providers/ksql/driver/read.ts";
import type { KsqlResource } from "../../../src/providers/ksql/spec.ts";

const folder = fileURLToPath(new URL("../../replay/transcripts/ksql/", import.meta.url));

interface Description {
  readonly name: string;
  readonly type: string;
  readonly statement: string;
  readonly partitions: number;
}

/** Everything that was ever described on the recorded server, the last description of each name. */
const described = new Map<string, Description>();
for (const file of readdirSync(folder).toSorted()) {
  const { response } = JSON.parse(readFileSync(`${folder}${file}`, "utf8"));
  if (!Array.isArray(response?.body)) continue;
  for (const entity of response.body) {
    const found = entity.sourceDescriptions ?? (entity.sourceDescription ? [entity.sourceDescription] : []);
    for (const source of found) if (source.partitions > 0) described.set(source.name, source);
  }
}
const of = (type: string) => ({
  "@type": "source_descriptions",
  sourceDescriptions: [...described.values()].filter((it) => it.type === type),
});
const live = liveObjects(
  stateOf([
    of("STREAM"),
    of("TABLE"),
    { "@type": "query_descriptions", queryDescriptions: [] },
    { "@type": "type_list", types: {} },
  ]),
);

/** Every recorded source declared by the server's own text: whatever differs would be a false difference. */
const position = { file: "pipeline.yaml", line: 1, column: 1, length: 1 };
const desired = new Map(
  [...live].map(([address, { spec }]): [Address, KsqlResource] => [
    address,
    {
      address,
      spec: { ...spec, reported: null, query: null },
      policy: { protect: false, upgrade: "in-place", offsets: null },
      position,
      locate: () => position,
    },
  ]),
);
const world: World = { desired, actual: live };

describe("what a real server reports of its own statements is no difference", () => {
  test("there are many of them", () => expect(live.size).toBeGreaterThan(25));

  // Its SELECT * was recorded before its source gained the columns that were recorded of that: it really is stale.
  const stale = "stream/PURCHASES_HIGH_VALUE";

  test.each([...live.keys()])("%s", (address) => {
    const [is, wants] = [live.get(address), desired.get(address)];
    if (is === undefined || wants === undefined) return expect.fail("declared as it is");
    // Queries weren't recorded with it: whether they run is another matter.
    const difference = ksqlDiff({ ...is, health: [] }, wants, world);
    expect(difference.fields.map(({ path }) => path)).toEqual(address === stale ? [["columns"]] : []);
  });

  test("and the columns that follow from a statement are those that it has", () => {
    const known = [...live.keys()].filter((address) => {
      const definition = definitionsOf(world).desired(address);
      return definition !== undefined && !("kind" in definition) && definition.columns !== undefined;
    });
    expect(known.length).toBeGreaterThan(live.size * 0.8);
  });
});
