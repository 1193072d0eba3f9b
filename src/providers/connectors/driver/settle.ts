import type { ConnectorPlugin } from "../../../clients/connect.ts";
import { type Diagnostic, error } from "../../../core/errors.ts";
import type { Settled } from "../../../core/kind.ts";
import type { Actual, Resource } from "../../../core/model.ts";
import { familiesOf } from "../jdbc/families.ts";
import { guarded } from "../secrecy.ts";
import { type ConnectorSpec, DEFAULT_CONNECT, isJdbcType } from "../spec.ts";
import { answersTo, type Facts, type Ports } from "./facts.ts";

type Declared = Resource<ConnectorSpec>;
type Answer = { readonly resource: Declared; readonly diagnostics: readonly Diagnostic[] };

/** Puts a class in the place of each type, and marks the values that the plugin calls passwords. */
export async function settleConnectors(
  ports: Ports,
  facts: Facts,
  resources: readonly Declared[],
  actual: Actual,
): Promise<Settled<ConnectorSpec>> {
  const answers = await Promise.all(
    resources.map(async (resource): Promise<Answer> => {
      const { spec, address } = resource;
      if (!ports.has(spec.connect)) return { resource, diagnostics: [unknownCluster(resource, ports)] };
      const liveClass = actual.get(address)?.spec.class;
      const found = await classFor(resource, typeof liveClass === "string" ? liveClass : undefined, facts);
      if (typeof found !== "string") return { resource, diagnostics: [found] };
      const isPassword = await facts.passwords(spec.connect, found);
      const config = Object.fromEntries(
        Object.entries(spec.config).map(([key, value]) => [
          key,
          typeof value === "string" ? guarded(key, value, isPassword) : value,
        ]),
      );
      return { resource: { ...resource, spec: { ...spec, class: found, config } }, diagnostics: [] };
    }),
  );
  return {
    resources: answers.map(({ resource }) => resource),
    diagnostics: answers.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** The class to run: the given one, else that of the live connector, else the only one that fits. */
async function classFor(
  { spec, address, locate }: Declared,
  live: string | undefined,
  facts: Facts,
): Promise<string | Diagnostic> {
  if (spec.class === live) return live;
  const fitting = familiesOf(spec.class).map((family) => family.class);
  if (isJdbcType(spec.class) && live !== undefined && fitting.includes(live)) return live;
  const plugins = await facts.plugins(spec.connect);
  if (!isJdbcType(spec.class)) {
    if (plugins.some((plugin) => answersTo(plugin, spec.class))) return spec.class;
    return notInstalled(`${spec.class} is not installed`, plugins, { address, position: locate(["class"]) });
  }
  const [first, ...others] = fitting.filter((it) => plugins.some((plugin) => plugin.class === it));
  const place = { address, position: locate(["type"]) };
  if (first === undefined) return notInstalled(`no ${spec.class} plugin is installed`, plugins, place);
  if (others.length === 0) return first;
  return error("KP2052", `${spec.class} may be ${[first, ...others].join(" or ")}`, {
    ...place,
    next: `Give \`class: ${first}\` instead of \`type\`, or another of them.`,
  });
}

function notInstalled(
  message: string,
  plugins: readonly ConnectorPlugin[],
  details: { readonly address: Declared["address"]; readonly position: Declared["position"] },
): Diagnostic {
  const list = plugins.map((plugin) => `${plugin.class} ${plugin.version}`);
  const installed = list.length === 0 ? "No connector is installed." : `Installed are:\n${list.join("\n")}`;
  return error("KP2051", `${message}\n${installed}`, details);
}

function unknownCluster({ spec, address, position, locate }: Declared, ports: Ports): Diagnostic {
  const [first, ...others] = ports.keys();
  if (first === undefined)
    return error("KP2050", "the file has no connections.connect", { address, position });
  const names = [first, ...others].join(", ");
  // Whoever names several clusters has none that is called default.
  return spec.connect === DEFAULT_CONNECT
    ? error("KP2050", `it doesn't say on which Connect cluster: there is ${names}`, {
        address,
        position,
        next: `Give it \`connect: ${first}\`${others.length > 0 ? ", or another of them" : ""}.`,
      })
    : error("KP2050", `there is no Connect cluster ${spec.connect}; there is ${names}`, {
        address,
        position: locate(["connect"]),
      });
}
