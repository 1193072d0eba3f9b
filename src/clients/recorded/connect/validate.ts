import { Secret } from "../../../core/secret.ts";
import type { ConfigDefinition, Validation, WrittenConfig } from "../../connect.ts";
import { judgeValue } from "../config-values.ts";
import type { ConnectState, PluginState } from "../state.ts";

/** A plugin by its class, or why there is none. */
export type Found = { readonly plugin: PluginState } | { readonly refusal: string };

/** What every plugin has, if a recording doesn't tell its keys. */
const commonKeys: readonly ConfigDefinition[] = [{ name: "name", type: "string", required: true }];

/** What a worker says to a config, as far as types and required keys tell. */
export function validation(state: ConnectState, config: WrittenConfig): Validation {
  const found = pluginOf(state, config);
  if ("refusal" in found) return { errors: [], refusal: found.refusal };
  const definitions = found.plugin.definitions ?? commonKeys;
  const errors = definitions.map((definition) => ({
    key: definition.name,
    messages: [
      ...typeErrors(definition, config),
      ...combinationErrors(definition.name, found.plugin, config),
    ],
  }));
  return { errors: errors.filter(({ messages }) => messages.length > 0) };
}

/** The plugin that a config names, by class or by the class's own name without package or `Connector`. */
export function pluginOf({ plugins }: ConnectState, config: WrittenConfig): Found {
  const name = textOf(config.get("connector.class"));
  if (name === undefined) return { refusal: `Connector config ${shown(config)} contains no connector type` };
  const exact = plugins.get(name);
  if (exact) return { plugin: exact };
  const matches = [...plugins].filter(([className]) => aliases(className).includes(name));
  const [match, second] = matches;
  if (!match)
    return { refusal: `Failed to find any class that implements Connector and which name matches ${name}` };
  if (!second) return { plugin: match[1] };
  return {
    refusal: `More than one connector matches alias ${name}. Please use full package and class name instead.`,
  };
}

function aliases(className: string): readonly string[] {
  const simple = className.slice(className.lastIndexOf(".") + 1);
  return [simple, simple.replace(/Connector$/, "")];
}

function typeErrors({ name, type, required }: ConfigDefinition, config: WrittenConfig): readonly string[] {
  const value = config.get(name);
  if (value === undefined)
    return required ? [`Missing required configuration "${name}" which has no default value.`] : [];
  const text = textOf(value);
  if (text === undefined) return [];
  const judged = judgeValue(name, { type, default: null }, text);
  return "refused" in judged ? [judged.refused] : [];
}

function combinationErrors(key: string, { type }: PluginState, config: WrittenConfig): readonly string[] {
  const both = ["topics", "topics.regex"].every((topics) => (textOf(config.get(topics)) ?? "") !== "");
  return type === "sink" && both && (key === "topics" || key === "topics.regex")
    ? ["topics and topics.regex are mutually exclusive options, but both are set."]
    : [];
}

/** Undefined for a secret, too: what it is nobody here needs to know. */
function textOf(value: string | Secret | undefined): string | undefined {
  return value instanceof Secret ? undefined : value;
}

function shown(config: WrittenConfig): string {
  return `{${[...config].map(([key, value]) => `${key}=${value}`).join(", ")}}`;
}
