import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MalformedAnswer, Reader, Writer } from "../../../../src/clients/live/kafka/protocol/wire.ts";

describe.each([
  ["flexible", true],
  ["not flexible", false],
])("a version that is %s", (_, flexible) => {
  test("reads what it writes", () => {
    const text = fc.option(fc.string({ unit: "grapheme", maxLength: 200 }));
    fc.assert(
      fc.property(
        text,
        fc.array(fc.integer()),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        (a, b, c) => {
          const numbers = b.map((it) => it | 0);
          const out = new Writer(flexible);
          out.string(a);
          out.int32s(numbers);
          out.int64(c);
          out.string("passed over");
          out.end();
          out.boolean(true);
          const from = new Reader(out.encoder.buffer, flexible);
          const mark = from.mark();
          expect(from.string()).toBe(a);
          expect(from.int32s()).toEqual(numbers);
          expect(from.int64()).toBe(c);
          from.skipString();
          from.end();
          expect(from.boolean()).toBe(true);
          expect(from.textAt(mark)).toBe(a);
        },
      ),
    );
  });

  test("tells no array from an empty one", () => {
    const [none, empty] = [new Writer(flexible), new Writer(flexible)];
    none.strings(null);
    empty.strings([]);
    expect(none.encoder.buffer).not.toEqual(empty.encoder.buffer);
  });

  test("ends at any bytes, with a value or an error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const from = new Reader(Buffer.from(bytes), flexible);
        try {
          from.array(() => [from.string(), from.int64(), from.bytes(), from.end()]);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });

  test("does not reserve what a length claims", () => {
    const out = new Writer(false);
    if (flexible) out.encoder.writeUVarInt(0x7fff_ffff);
    else out.int32(0x7fff_ffff);
    expect(() => new Reader(out.encoder.buffer, flexible).array(() => 0)).toThrow(MalformedAnswer);
  });
});
