import { error, warning } from "../../core/errors.ts";
import type { Entry, Report } from "../../core/kind.ts";
import { type Address, addressOf } from "../../core/model.ts";
import { Secret } from "../../core/secret.ts";
import { schemalessConverter } from "./formats.ts";
import { familiesOf } from "./jdbc/families.ts";
import { findings, isKnownPassword } from "./jdbc/findings.ts";
import { guarded } from "./secrecy.ts";
import {
  type ConnectorConfig,
  type ConnectorPolicy,
  type ConnectorResource,
  type ConnectorSpec,
  connectorStates,
  DEFAULT_CONNECT,
  isJdbcType,
} from "./spec.ts";

/** One entry of `connectors` as a resource; what is wrong with it whatever the worker has goes to `report`. */
export function connectorFromEntry(entry: Entry, report: Report): readonly ConnectorResource[] {
  const { key: name, value, position } = entry;
  const address = addressOf("connector", name);
  if (/[/%\\\p{Cc}]/u.test(name)) {
    const message = "a name with /, % or a backslash can't be deleted through Connect's REST API";
    report(error("KP1107", message, { position, address }));
  }
  const { type, connectorClass } = classFrom(entry, address, report);
  const spec: ConnectorSpec = {
    connect: plainText(entry, ["connect"]) ?? DEFAULT_CONNECT,
    class: connectorClass,
    config: configFrom(entry, address, report),
    state: connectorStates.find((it) => it === value.state) ?? "running",
  };
  for (const { severity, code, key, part, message, next } of findings(spec.config, familiesOf(spec.class))) {
    const given = spec.config[key] !== undefined;
    const place = given ? entry.locate(["config", key], part) : nearest(entry);
    const diagnostic = severity === "error" ? error : warning;
    report(diagnostic(code, message, { position: place, address, next }));
  }
  const schemaless = schemalessConverter(spec);
  if (schemaless !== undefined) {
    const { path, message, next } = schemaless;
    report(warning("KP1216", message, { position: entry.locate(path), address, next }));
  }
  const policy: ConnectorPolicy = { protect: value.protect === true, type };
  return [{ address, spec, policy, position, locate: (path) => entry.locate(path) }];
}

/** A missing key stands nowhere: the place is the key of the config, or of the entry without one. */
function nearest(entry: Entry) {
  return entry.value.config === undefined ? entry.position : entry.locate(["config"], "key");
}

function classFrom(entry: Entry, address: Address, report: Report) {
  const { type } = entry.value;
  const given = plainText(entry, ["class"]);
  const inConfig = plainText(entry, ["config", "connector.class"]);
  const jdbcType = isJdbcType(type) ? type : null;
  const connectorClass = given ?? inConfig;
  if (jdbcType !== null && connectorClass !== undefined) {
    const position = entry.locate(given === undefined ? ["config", "connector.class"] : ["class"], "key");
    const message = "type already stands for a class; give one of the two";
    report(error("KP1211", message, { position, address, next: "Remove `type`, or the class." }));
  } else if (given !== undefined && inConfig !== undefined && given !== inConfig) {
    const position = entry.locate(["config", "connector.class"], "key");
    report(error("KP1215", `class says ${given}`, { position, address, next: "Remove connector.class." }));
  } else if (jdbcType === null && connectorClass === undefined) {
    report(error("KP1211", "neither type nor class says what it is", { position: entry.position, address }));
  }
  return {
    type: connectorClass === undefined ? jdbcType : null,
    connectorClass: connectorClass ?? jdbcType ?? "",
  };
}

/** In the order of the file; a null leaves the key out, because Connect would store it and fail on it. */
function configFrom(entry: Entry, address: Address, report: Report): ConnectorConfig {
  const { config } = entry.value;
  if (config === null || typeof config !== "object" || Array.isArray(config)) return {};
  const keys = Object.keys(config).filter((key) => key !== "connector.class");
  return Object.fromEntries(
    keys.flatMap((key): (readonly [string, string | Secret])[] => {
      const text = entry.text(["config", key]);
      if (text === undefined || text === null) return [];
      if (key === "name") {
        if (text !== entry.key) {
          const message = `the connector is called ${entry.key}`;
          const position = entry.locate(["config", key]);
          report(
            error("KP1215", message, {
              position,
              address,
              next: "Remove `name`: the entry's key is the name.",
            }),
          );
        }
        return [];
      }
      return [[key, text instanceof Secret ? text : guarded(key, text, isKnownPassword)]];
    }),
  );
}

function plainText(entry: Entry, path: readonly string[]): string | undefined {
  const text = entry.text(path);
  return typeof text === "string" ? text : undefined;
}
