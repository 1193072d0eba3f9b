interface ErrorEntry {
  /** What the screen says beside the code: two to five words. */
  readonly title: string;
  /** What the user does next; a diagnostic that knows better says its own. */
  readonly next: string;
}

/**
 * Every code that kpipe can print. A code is never given a new meaning. The first digit says the stage:
 * 1 the file, 2 the plan, 3 the servers, 4 the apply, 5 the guards, 6 recordings and other files that kpipe
 * writes, 64 the command line, 9 bugs of kpipe.
 */
export const errorTable = {
  KP1001: { title: "not valid YAML", next: "Mend the syntax at this place." },
  KP1002: { title: "file not readable", next: "Check the path and that it is a UTF-8 text file." },
  KP1003: { title: "declared twice", next: "Keep one of the two." },
  KP1004: {
    title: "nothing in the file",
    next: "Write a pipeline into it; `kpipe init` makes one to start from.",
  },
  KP1005: { title: "too large or too deep", next: "Split the file, or use fewer levels and aliases." },
  KP1006: { title: "no such overlay", next: "Create the file, or leave `--env` out." },
  KP1007: { title: "nothing to remove", next: "Remove the line, or write `{}` to declare it here." },
  KP1008: {
    title: "outside the pipeline's folder",
    next: "Move the file into the folder of the pipeline file, or below it.",
  },

  KP1101: { title: "unknown key", next: "Correct the name, or remove the key." },
  KP1102: { title: "wrong type", next: "Write what is expected here." },
  KP1103: { title: "missing key", next: "Add the key." },
  KP1104: { title: "unknown topic config", next: "Correct the name, or remove the key." },
  KP1105: { title: "value not allowed", next: "Write what is expected here." },
  KP1106: { title: "impossible topic config", next: "Write a value that brokers accept." },
  KP1107: { title: "name not possible", next: "Choose another name." },
  KP1108: { title: "names collide", next: "Rename one of the two." },
  KP1109: {
    title: "too many in-sync replicas",
    next: "Lower min.insync.replicas, or raise the replication factor.",
  },

  KP1201: {
    title: "environment variable not set",
    next: "Set it, give it in a file with --env-file, or name a file with its value in NAME_FILE.",
  },
  KP1202: {
    title: "secret not allowed here",
    next: "Write the value out, or use `${var.NAME}` and `--var NAME=VALUE`; secrets go into connections and connector config.",
  },
  KP1203: { title: "unknown variable", next: "Give it with `--var NAME=VALUE`." },
  KP1204: {
    title: "not a reference",
    next: "Write `${env.NAME}` or `${var.NAME}`, or `$${` where the text itself is meant.",
  },

  KP1211: { title: "no connector class", next: "Give `type: jdbc-source`, `type: jdbc-sink`, or `class`." },
  KP1212: { title: "connector config value", next: "Write what the connector expects here." },
  KP1213: { title: "missing connector config", next: "Add the key." },
  KP1214: { title: "unknown connector config", next: "Correct the key, or remove it." },
  KP1215: { title: "connector config at odds", next: "Change or remove one of the keys." },
  KP1216: {
    title: "records without schemas",
    next: "A JDBC sink takes the columns from the schema of each record: use a converter that keeps it.",
  },

  KP1250: { title: "start without topics", next: "Name the topics that the group reads under `topics`." },
  KP1251: { title: "not a start", next: "Write earliest, latest, or a time with its zone." },
  KP1252: { title: "unknown group config", next: "Correct the name, or remove the key." },
  KP1253: { title: "impossible group config", next: "Write a value that brokers accept." },

  KP1270: { title: "not one form", next: "Give one of `stream`, `table`, `type`, `sql` and `file`." },
  KP1271: {
    title: "nothing declared",
    next: "Write CREATE STREAM, TABLE or TYPE, or INSERT INTO ... SELECT; kpipe runs nothing else.",
  },
  KP1272: {
    title: "statement not understood",
    next: "Check it at this place. kpipe creates what it doesn't understand if the server takes it, and never changes it.",
  },
  KP1273: { title: "names differ", next: "Make the two equal." },
  KP1274: {
    title: "no offsets for a replace",
    next: "Add `onReplace: { offsets: earliest }` to read everything again, or `latest`.",
  },
  KP1275: { title: "ksqlDB variable not defined", next: "Add a DEFINE before it, or use `${var.NAME}`." },
  KP1276: { title: "statement left out", next: "Remove it from the file, or run it yourself." },
  KP1277: { title: "no id for a query", next: "Choose another name." },
  KP1278: {
    title: "not one statement",
    next: "Give every statement an entry, or name the file under `ksqlFiles`.",
  },

  KP1301: {
    title: "pattern not possible",
    next: "Write a whole name, or a pattern with `*` for any characters.",
  },
  KP1302: { title: "outside the claim", next: "Add a pattern to the claim that covers it, or rename it." },
  KP1303: { title: "declared and removed", next: "Remove the declaration, or the line under `removed`." },
  KP1304: { title: "not an address", next: "Write a kind and a name, as in `topic/purchases`." },

  KP2001: {
    title: "change not possible",
    next: "Declare what the cluster has, or a new resource beside it.",
  },
  KP2002: {
    title: "circular dependency",
    next: "Break the circle: one of them must not read what another one writes.",
  },
  KP2003: {
    title: "fewer partitions",
    next: "Declare as many as it has, or declare a new topic and move the data.",
  },
  KP2010: { title: "refused by the broker", next: "Change what the broker objects to." },
  KP2011: {
    title: "more replicas than brokers",
    next: "Lower the replication factor, or start more brokers.",
  },
  KP2012: {
    title: "too many in-sync replicas",
    next: "Lower min.insync.replicas, or raise the replication factor.",
  },
  KP2013: {
    title: "against the brokers' policy",
    next: "Declare what the policy allows, or ask those who run the brokers.",
  },
  KP2014: { title: "changed while planning", next: "Plan again." },
  KP2050: {
    title: "no such Connect cluster",
    next: "Add it under `connections.connect`, or correct the name.",
  },
  KP2051: {
    title: "plugin not installed",
    next: "Install it in the workers' plugin.path, or use one that is installed.",
  },
  KP2052: { title: "several plugins fit", next: "Say which by `class` instead of `type`." },
  KP2053: { title: "refused by the worker", next: "Change what the worker objects to." },
  KP2054: {
    title: "topic of a source missing",
    next: "Declare the topic, or give `topic.creation.default.partitions` and `topic.creation.default.replication.factor`.",
  },
  KP2055: { title: "formats don't match", next: "Change the converter of one side." },
  KP2057: {
    title: "another Kafka cluster",
    next: "Check both addresses: topics and connectors would land in different clusters.",
  },
  KP2058: {
    title: "same name twice",
    next: "Delete the other one, if this one takes its place; both would do the same work.",
  },

  KP2150: { title: "no group configs", next: "Remove `config`, or upgrade the brokers." },
  KP2151: { title: "group config refused", next: "Change what the broker objects to." },
  KP2152: { title: "group in use", next: "Stop its application first, or declare the group." },
  KP2153: {
    title: "topic to start on missing",
    next: "Declare the topic, correct its name, or select it too: a group can't start on what isn't there.",
  },

  KP2200: {
    title: "no ksqlDB server",
    next: "Add `ksql: { url: ... }` under `connections`.",
  },
  KP2201: {
    title: "not possible in place",
    next: "Write `upgrade: replace` and `onReplace: { offsets: earliest }` (or `latest`) to drop and create it anew.",
  },
  KP2202: { title: "no way to change it", next: "Change it back, or declare another one beside it." },
  KP2203: {
    title: "others depend on it",
    next: "Declare them with `upgrade: replace`, so that they are made anew with it, or drop them first.",
  },
  KP2204: { title: "refused by ksqlDB", next: "Change what ksqlDB objects to." },
  KP2205: {
    title: "name taken",
    next: "Drop the other one in an apply of its own, by `removed:`, or choose another name.",
  },
  KP2206: {
    title: "dependants not selected",
    next: "Select them too, or plan without --target and --exclude.",
  },

  KP3001: { title: "server not reachable", next: "Check the address, and that the server is up." },
  KP3002: { title: "no answer", next: "Check that the server is well, or give it longer with `--timeout`." },
  KP3003: {
    title: "connection lost",
    next: "Some of it may be done. Run the command again when the server is back: what is done won't be repeated.",
  },
  KP3004: { title: "host not known", next: "Check the spelling, and this machine's name server." },
  KP3005: { title: "certificate not accepted", next: "Check the server's certificate and `ssl.ca`." },
  KP3006: { title: "TLS on one side only", next: "Make `ssl` and the server's port agree." },
  KP3007: {
    title: "TLS refused",
    next: "A server that asks clients for a certificate wants `ssl.cert` and `ssl.key`; check that it trusts who signed yours.",
  },
  KP3008: {
    title: "not a Kafka broker",
    next: "Check the address and the port: something else answers there.",
  },
  KP3009: { title: "authentication failed", next: "Check the username and the password under `sasl`." },
  KP3010: { title: "SASL doesn't fit", next: "Use a mechanism that the listener offers." },
  KP3011: { title: "not authorized", next: "Give the principal this right, or use another principal." },
  KP3012: {
    title: "another cluster",
    next: "Correct `brokers`, or `clusterId` if this is the cluster that is meant.",
  },
  KP3013: { title: "server too old", next: "Upgrade the brokers, or use a kpipe that knows these." },
  KP3014: { title: "connection setting not usable", next: "Correct the setting." },
  KP3015: { title: "no token", next: "Check how `sasl.token` gets its tokens." },
  KP3016: { title: "request refused", next: "The broker's log may tell more." },
  KP3021: { title: "nothing listens", next: "Check the port, and that the server is up." },
  KP3022: {
    title: "no answer",
    next: "Check the address and the firewalls between, or give it longer with --timeout.",
  },
  KP3023: { title: "unknown host", next: "Check the spelling of the address, and the DNS of this machine." },
  KP3024: { title: "no TLS connection", next: "Give the authority that signed its certificate as `ssl.ca`." },
  KP3025: {
    title: "connection broken off",
    next: "Check the server's log and what stands between; then run it again.",
  },
  KP3026: { title: "not authorized", next: "Check `auth` of this connection." },
  KP3027: { title: "unexpected answer", next: "Check the address: something else answers there." },
  KP3028: {
    title: "certificate not readable",
    next: "Check the path; it is relative to the file that names it.",
  },
  KP3029: { title: "variable not set", next: "Set the environment variable." },
  KP3030: {
    title: "server busy",
    next: "Run it again when the workers have stopped rebalancing, or with a longer --wait.",
  },

  KP3040: {
    title: "no cluster",
    next: "Write `connections.kafka.brokers` into the file, or give a recorded cluster with `--cluster FILE`.",
  },

  KP3050: { title: "not a ksqlDB server", next: "Check the address: something else answers there." },
  KP3051: {
    title: "ksqlDB not ready",
    next: "Run it again when the server is up, or give it longer with --wait.",
  },
  KP3052: {
    title: "ksqlDB busy",
    next: "Run it again when the server has finished what it does, or give it longer with --wait.",
  },
  KP3053: {
    title: "answer not readable",
    next: "Check that the address is ksqlDB's own. If it is, kpipe doesn't know this version of it.",
  },
  KP3054: { title: "question refused by ksqlDB", next: "The server's log may tell more." },
  KP3055: {
    title: "statement not finished",
    next: "ksqlDB goes on with it. Apply again when it is done, or give it longer with --wait.",
  },
  KP3056: {
    title: "not known whether it was done",
    next: "Plan again: the plan shows what is left to do.",
  },
  KP3057: {
    title: "executed instead of checked",
    next: "Plan again to see what has changed, and report this with the server's version: it must not happen.",
  },
  KP3058: {
    title: "ksqlDB not well",
    next: "It executes no statements in this state. Its log tells why; GET /healthcheck tells which part.",
  },
  KP3059: {
    title: "another Kafka cluster",
    next: "Check both addresses: topics and streams would land in different clusters.",
  },

  KP4001: {
    title: "change not made",
    next: "Run `kpipe apply` again; if it happens again, report it with the plan as a bug of kpipe.",
  },
  KP4010: {
    title: "not confirmed",
    next: "Run `kpipe plan`: if nothing differs any more, it has arrived.",
  },
  KP4011: {
    title: "data not moved yet",
    next: "Run `kpipe apply` again: it waits for what is under way and moves the rest.",
  },
  KP4012: { title: "interrupted half-way", next: "Run `kpipe apply` again to finish it." },

  KP4002: { title: "evidence changed", next: "Run `kpipe plan` again, and see what would be lost now." },

  KP4050: { title: "refused by the worker", next: "Change what the worker objects to, and apply again." },
  KP4051: {
    title: "connector failed",
    next: "Mend what the trace tells, then apply again: failed tasks are restarted.",
  },
  KP4052: {
    title: "connector not running yet",
    next: "Look at the worker's log, or give it longer with --wait; apply again to go on.",
  },
  KP4053: { title: "created by somebody else", next: "Plan again, to see how it differs." },
  KP4054: { title: "deleted meanwhile", next: "Plan again, to create it." },

  KP4090: {
    title: "group in use",
    next: "Stop its application, then apply again; members decide otherwise.",
  },
  KP4091: { title: "topic not there", next: "Run `kpipe apply` again when the topic is there." },
  KP4092: {
    title: "refused by the coordinator",
    next: "Change what the broker objects to, and apply again.",
  },

  KP4100: { title: "refused by ksqlDB", next: "Change what ksqlDB objects to, and apply again." },
  KP4101: {
    title: "dropped and not created",
    next: "Mend what ksqlDB objects to, and run `kpipe apply` again: it creates what is missing.",
  },

  KP5001: { title: "stale plan", next: "Run `kpipe apply` again, and see what it would do now." },

  KP6001: {
    title: "damaged recording",
    next: "Record the cluster again with `kpipe record -o FILE`, or mend the file at this place.",
  },
  KP6002: { title: "not a recording", next: "Give `--cluster` a file that `kpipe record -o FILE` wrote." },
  KP6003: { title: "newer recording", next: "Update kpipe, or record the cluster again with this version." },
  KP6004: { title: "recording not readable", next: "Check the path, and that the file may be read." },
  KP6005: {
    title: "recording not written",
    next: "Check that the folder may be written and has space left; the file is as it was before.",
  },
  KP6006: {
    title: "recording in use",
    next: "Wait until the other kpipe has ended. If there is none, delete the lock and run it again.",
  },

  KP6010: { title: "nothing written", next: "Move it away, or edit it." },
  KP6011: { title: "file not writable", next: "Check the folder and its permissions." },

  KP6401: {
    title: "nobody to ask",
    next: "Add --auto-approve, or run it on a terminal.",
  },

  KP9001: {
    title: "a bug of kpipe",
    next: "Please report it with this text. `kpipe plan` shows what is left to do.",
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ErrorCode = keyof typeof errorTable;
