import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordable, withoutSecrets } from "../../src/clients/recorded/secrecy.ts";
import { passwordsIn } from "../../src/core/url-passwords.ts";
import { guarded } from "../../src/providers/connectors/secrecy.ts";
import { masked } from "../../src/render/masked.ts";

test.each([
  ["jdbc:postgresql://app:pw@db/shop", ["pw"]],
  ["jdbc:oracle:thin:app/pw@db", ["pw"]],
  ["//db?sslpassword=a&token=b", ["a", "b"]],
  ["http://host:8080/x", []],
  ["//a:b //c:d@e:f@ //:g@", ["d", "g"]],
])("the passwords in %s", (text, expected) => {
  expect(passwordsIn(text).map(({ part }) => part)).toEqual(expected);
});

test("they are what the plain patterns find", () => {
  const plain = [/\/\/[^\s/@:]*:([^\s@]+?)@/g, /:thin:[^\s/@:]+\/([^\s@]+)@/g];
  const piece = fc.constantFrom("//", ":", "@", "/", " ", "a", ":thin:", "bc");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join("");
      const expected = plain.flatMap((it) => [...text.matchAll(it)].map(([, part]) => part));
      expect(
        passwordsIn(text)
          .map(({ part }) => part)
          .toSorted(),
      ).toEqual(expected.toSorted());
    }),
  );
});

describe("a value of 300,000 characters that looks like the start of many passwords is read once", () => {
  test.each(["//:", ":thin:a/", "//u:", "?password", "${", "${:", ":", "pass", "a", "a ", "password: 'x', "])(
    "%s",
    (piece) => {
      for (const start of ["", "${a", "@"]) {
        const text = start + piece.repeat(300_000 / piece.length);
        expect(guarded("url", text, () => false)).toBeDefined();
        expect(recordable("url", text, undefined)).toBeDefined();
        expect(withoutSecrets("said", new Map([["url", text]]), undefined)).toBe("said");
        expect(masked([`key: ${text}`])).toHaveLength(1);
        expect(masked([text.slice(0, 9_000)])).toHaveLength(1);
      }
    },
  );
});
