import type { Request } from "./request.ts";

/** Which mechanisms a listener offers; kafkajs drops them when it reports that one isn't among them. */
export const saslHandshake: Request<string, readonly string[]> = {
  key: 17,
  name: "SaslHandshake",
  versions: [1, 1],
  flexibleFrom: 2,
  since: "1.0",
  write(out, mechanism) {
    out.string(mechanism);
  },
  read(from) {
    from.int16(); // error_code
    return from.array(() => from.text());
  },
};
