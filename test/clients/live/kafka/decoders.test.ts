import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as configs from "../../../../src/clients/live/kafka/protocol/configs.ts";
import * as groups from "../../../../src/clients/live/kafka/protocol/groups.ts";
import * as logDirs from "../../../../src/clients/live/kafka/protocol/log-dirs.ts";
import * as metadata from "../../../../src/clients/live/kafka/protocol/metadata.ts";
import * as offsets from "../../../../src/clients/live/kafka/protocol/offsets.ts";
import * as reassignments from "../../../../src/clients/live/kafka/protocol/reassignments.ts";
import type { Request } from "../../../../src/clients/live/kafka/protocol/request.ts";
import * as sasl from "../../../../src/clients/live/kafka/protocol/sasl-handshake.ts";
import * as topics from "../../../../src/clients/live/kafka/protocol/topics.ts";
import { MalformedAnswer, Reader, Writer } from "../../../../src/clients/live/kafka/protocol/wire.ts";

type AnyRequest = Pick<Request<never, unknown>, "name" | "versions" | "flexibleFrom" | "read">;

const requests: readonly AnyRequest[] = [
  configs,
  groups,
  logDirs,
  metadata,
  offsets,
  reassignments,
  sasl,
  topics,
].flatMap((file) => Object.values(file).filter((it): it is AnyRequest => "read" in it));

const readings = requests.flatMap(({ name, versions: [lowest, highest], flexibleFrom, read }) =>
  Array.from({ length: highest - lowest + 1 }, (_, at) => lowest + at).map((version) => ({
    name: `${name} ${version}`,
    flexible: version >= flexibleFrom,
    read: (from: Reader) => read(from, version),
  })),
);

/** Lengths, counts and codes as brokers send them, and as none does. */
const field = fc.oneof(
  fc.constantFrom(-1, -2, -5, -32_768, 0x7fff, 0x7fff_ffff, -0x8000_0000),
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 0, max: 120 }),
);
const piece: fc.Arbitrary<(out: Writer) => void> = fc.oneof(
  field.map((value) => (out: Writer) => out.int8((value << 24) >> 24)),
  field.map((value) => (out: Writer) => out.int16((value << 16) >> 16)),
  field.map((value) => (out: Writer) => out.int32(value)),
  field.map((value) => (out: Writer) => out.int64(BigInt(value))),
  field.map((value) => (out: Writer) => void out.encoder.writeUVarInt(value >>> 0)),
  fc
    .constantFrom("", "orders", "é".repeat(40), "\u001b[2J")
    .map((value) => (out: Writer) => out.string(value)),
);

/** Bytes that get far into an answer: mostly small counts, and now and then a lie. */
const answer = (flexible: boolean) =>
  fc.tuple(fc.array(piece, { maxLength: 60 }), fc.nat(8)).map(([pieces, cut]) => {
    const out = new Writer(flexible);
    for (const write of pieces) write(out);
    const { buffer } = out.encoder;
    return buffer.subarray(0, Math.max(0, buffer.length - cut));
  });

/** What the decoders throw on bytes that are no answer; anything else is a fault of theirs. */
const refusals = /^(MalformedAnswer|RangeError|KafkaJSInvalidVarIntError)$/;

/** Counts what is read: no honest answer has more elements than bytes. */
class Counting extends Reader {
  elements = 0;

  override array<T>(read: () => T): T[] {
    return super.array(() => {
      this.elements += 1;
      return read();
    });
  }
}

describe.each(readings)("the answer to $name", ({ flexible, read }) => {
  test("is read or refused, whatever it holds, and never read twice", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), answer(flexible)), (bytes) => {
        const from = new Counting(Buffer.from(bytes), flexible);
        try {
          read(from);
        } catch (thrown) {
          expect(thrown instanceof Error ? thrown.constructor.name : thrown).toMatch(refusals);
        }
        expect(from.elements).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 150 },
    );
  });
});

test("all requests are here", () => {
  expect(requests.length).toBeGreaterThanOrEqual(17);
});

describe("a length that lies", () => {
  const flexible = (...varints: readonly number[]) => {
    const out = new Writer(true);
    for (const it of varints) out.encoder.writeUVarInt(it);
    return new Reader(out.encoder.buffer, true);
  };
  const plain = (length: number) => {
    const out = new Writer(false);
    out.int16(length);
    return new Reader(Buffer.concat([Buffer.alloc(20), out.encoder.buffer]), false);
  };

  test("of tagged fields ends with the answer", () => {
    expect(() => flexible(0xffff_ffff).end()).toThrow(MalformedAnswer);
    expect(() => flexible(0x7fff_ffff, 1, 0, 1).end()).toThrow(MalformedAnswer);
  });

  test.each([-2, -5, -32_768])("of a string, %d, never leads back", (length) => {
    for (const read of [(it: Reader) => it.string(), (it: Reader) => it.skipString()]) {
      const from = plain(length);
      from.uuid();
      from.int32();
      expect(() => read(from)).toThrow(MalformedAnswer);
    }
  });

  test("of a string in the flexible form ends with the answer", () => {
    expect(() => flexible(0xffff_ffff).string()).toThrow(MalformedAnswer);
    expect(() => flexible(0xffff_ffff).bytes()).toThrow(MalformedAnswer);
  });
});
