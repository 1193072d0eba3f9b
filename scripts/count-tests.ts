import { readFileSync } from "node:fs";
import { sep } from "node:path";

// count-tests.ts STATUS REPORT...
// Adds up Vitest's JSON reports and prints `N passed, N failed`. What failed without a test's name counts as well: a file
// that can't be loaded, an error outside of tests. A test of the real servers that was skipped has failed to run.

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const [status = "1", ...reports] = process.argv.slice(2);
const files = reports.flatMap(
  (file): Report["testResults"] => JSON.parse(readFileSync(file, "utf8")).testResults,
);
const isReal = (file: { readonly name: string }) => file.name.includes(["", "test", "real", ""].join(sep));

let passed = 0;
let skipped = 0;
const failures: string[] = [];
for (const file of files) {
  for (const test of file.assertionResults) {
    if (test.status === "passed") passed += 1;
    else if (test.status === "failed") failures.push(`${file.name}: ${test.fullName}`);
    else if (isReal(file)) failures.push(`${file.name}: ${test.fullName} was skipped`);
    else skipped += 1;
  }
  const named = file.assertionResults.some((test) => test.status === "failed");
  if (file.status === "failed" && !named) failures.push(`${file.name}: ${file.message}`);
}
if (!files.some(isReal)) failures.push("no test of the real servers ran");
if (status !== "0" && failures.length === 0) failures.push("the test runner failed outside of any test");

for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`${passed} passed, ${failures.length} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`);
process.exitCode = failures.length === 0 ? 0 : 1;
