const longest = 249;

/** What a broker says of a name that no topic can have; undefined: it can. */
export function invalidName(name: string): string | undefined {
  const reason = invalidity(name);
  return reason && `Topic name is invalid: ${reason}`;
}

function invalidity(name: string): string | undefined {
  if (name === "") return "the empty string is not allowed";
  if (name === "." || name === "..") return `'${name}' is not allowed`;
  if (name.length > longest)
    return `the length of '${name}' is longer than the max allowed length ${longest}`;
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
  return undefined;
}

/** Names that differ only in `.` and `_` have the same metrics; brokers allow one of them. */
export function collisionKey(name: string): string {
  return name.replaceAll(".", "_");
}
