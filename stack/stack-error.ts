/** Something the person at the keyboard can act on; printed without a stack trace. */
export class StackError extends Error {
  override readonly name = "StackError";
}
