import type { ConfigKeyType } from "../../../clients/connect.ts";

/** What a key takes: a type of Kafka's ConfigDef, or one of some words (plugins differ on their case). */
export type KeyType = ConfigKeyType | readonly string[];
export type Keys = Readonly<Record<string, KeyType>>;

/** Every connector's, from Kafka's ConnectorConfig. */
const connector: Keys = {
  "tasks.max": "int",
  "tasks.max.enforce": "boolean",
  "connector.plugin.version": "string",
  "key.converter": "class",
  "key.converter.plugin.version": "string",
  "value.converter": "class",
  "value.converter.plugin.version": "string",
  "header.converter": "class",
  "header.converter.plugin.version": "string",
  transforms: "list",
  predicates: "list",
  "config.action.reload": ["none", "restart"],
  "errors.retry.timeout": "long",
  "errors.retry.delay.max.ms": "long",
  "errors.tolerance": ["none", "all"],
  "errors.log.enable": "boolean",
  "errors.log.include.messages": "boolean",
};

/** From Kafka's SourceConnectorConfig. */
const source: Keys = {
  ...connector,
  "topic.creation.groups": "list",
  "exactly.once.support": ["requested", "required"],
  "transaction.boundary": ["poll", "connector", "interval"],
  "transaction.boundary.interval.ms": "long",
  "offsets.storage.topic": "string",
};

/** From Kafka's SinkConnectorConfig. */
const sink: Keys = {
  ...connector,
  topics: "list",
  "topics.regex": "string",
  "errors.deadletterqueue.topic.name": "string",
  "errors.deadletterqueue.topic.replication.factor": "short",
  "errors.deadletterqueue.context.headers.enable": "boolean",
};

/** Keys of which only the start is fixed: they belong to converters, transforms and clients. */
export const openPrefixes: readonly string[] = [
  "key.converter.",
  "value.converter.",
  "header.converter.",
  "transforms.",
  "predicates.",
  "topic.creation.",
  "producer.override.",
  "consumer.override.",
  "admin.override.",
];

/** Aiven's connector began as Confluent's, so they share these. */
const tableSource: Keys = {
  ...source,
  "connection.url": "string",
  "connection.user": "string",
  "connection.password": "password",
  "connection.attempts": "int",
  "connection.backoff.ms": "long",
  "table.whitelist": "list",
  "table.blacklist": "list",
  "catalog.pattern": "string",
  "schema.pattern": "string",
  "numeric.precision.mapping": "boolean",
  "db.timezone": "string",
  "dialect.name": "string",
  mode: ["bulk", "timestamp", "incrementing", "timestamp+incrementing"],
  "incrementing.column.name": "string",
  "timestamp.column.name": "list",
  "validate.non.null": "boolean",
  query: "string",
  "table.types": "list",
  "poll.interval.ms": "int",
  "batch.max.rows": "int",
  "table.poll.interval.ms": "long",
  "topic.prefix": "string",
  "timestamp.delay.interval.ms": "long",
};

const tableSink: Keys = {
  ...sink,
  "connection.url": "string",
  "connection.user": "string",
  "connection.password": "password",
  "db.timezone": "string",
  "dialect.name": "string",
  "batch.size": "int",
  "table.name.format": "string",
  "pk.mode": ["none", "kafka", "record_key", "record_value"],
  "pk.fields": "list",
  "fields.whitelist": "list",
  "auto.create": "boolean",
  "auto.evolve": "boolean",
  "max.retries": "int",
  "retry.backoff.ms": "int",
};

/** Confluent's connector up to 10.8. */
export const confluentSource: Keys = {
  ...tableSource,
  "numeric.mapping": ["none", "precision_only", "best_fit", "best_fit_eager_double"],
  "quote.sql.identifiers": ["always", "never"],
  "query.suffix": "string",
  "query.masked": "password",
  "query.retry.attempts": "int",
  "incrementing.relaxed.monotonic": "boolean",
  "incrementing.column.mapping": "list",
  "timestamp.columns.mapping": "list",
  "timestamp.initial": "long",
  "timestamp.granularity": [
    "connect_logical",
    "micros_long",
    "micros_string",
    "micros_iso_datetime_string",
    "nanos_long",
    "nanos_string",
    "nanos_iso_datetime_string",
  ],
  "timestamp.fields.list": "list",
  "table.include.list": "list",
  "table.exclude.list": "list",
  "table.monitoring.startup.polling.limit.ms": "long",
  "poll.linger.ms": "long",
  "max.retries": "int",
  "transaction.isolation.mode": [
    "default",
    "read_uncommitted",
    "read_committed",
    "repeatable_read",
    "serializable",
    "sql_server_snapshot",
  ],
  "jdbc.credentials.provider.class": "class",
  "date.calendar.system": ["legacy", "proleptic_gregorian"],
};

export const confluentSink: Keys = {
  ...tableSink,
  "connection.attempts": "int",
  "connection.backoff.ms": "long",
  "insert.mode": ["insert", "upsert", "update"],
  "delete.enabled": "boolean",
  "table.types": "list",
  "db.timezone.date": ["none", "utc"],
  "date.timezone": ["db_timezone", "utc"],
  "date.calendar.system": ["legacy", "proleptic_gregorian"],
  "timestamp.fields.list": "list",
  "timestamp.precision.mode": ["microseconds", "nanoseconds"],
  "quote.sql.identifiers": ["always", "never"],
  "mssql.use.merge.holdlock": "boolean",
  "trim.sensitive.log": "boolean",
  "replace.null.with.default": "boolean",
  "max.retries.on.errors": "int",
  "jdbc.credentials.provider.class": "class",
};

/** Aiven's connector up to 6.12. */
export const aivenSource: Keys = {
  ...tableSource,
  "numeric.mapping": ["none", "precision_only", "best_fit"],
  "table.names.qualify": "boolean",
  "sql.quote.identifiers": "boolean",
  "timestamp.initial.ms": "long",
  "incrementing.initial": "long",
};

export const aivenSink: Keys = {
  ...tableSink,
  "insert.mode": ["insert", "multi", "upsert", "update"],
  "sql.quote.identifiers": "boolean",
  "table.name.normalize": "boolean",
  "topics.to.tables.mapping": "list",
  "handle.tombstone": "boolean",
};

/** Debezium's JDBC sink, 2.2 to 3.6; the old names are still taken as aliases. */
export const debeziumSink: Keys = {
  ...sink,
  "connection.provider": "class",
  "connection.url": "string",
  "connection.username": "string",
  "connection.password": "password",
  "connection.pool.min_size": "int",
  "connection.pool.max_size": "int",
  "connection.pool.acquire_increment": "int",
  "connection.pool.timeout": "long",
  "connection.restart.on.errors": "boolean",
  "use.time.zone": "string",
  "database.time_zone": "string",
  "delete.enabled": "boolean",
  "truncate.enabled": "boolean",
  "insert.mode": ["insert", "upsert", "update"],
  "primary.key.mode": ["none", "kafka", "record_key", "record_value", "record_header"],
  "primary.key.fields": "string",
  "quote.identifiers": "boolean",
  "schema.evolution": ["none", "basic"],
  "collection.name.format": "string",
  "table.name.format": "string",
  "collection.table.format": "string",
  "collection.naming.strategy": "class",
  "table.naming.strategy": "class",
  "column.naming.strategy": "class",
  "field.include.list": "list",
  "field.exclude.list": "list",
  "batch.size": "int",
  "use.reduction.buffer": "boolean",
  "flush.max.retries": "int",
  "flush.retry.delay.ms": "long",
  "dialect.postgres.postgis.schema": "string",
  "dialect.postgres.unnest.insert.enabled": "boolean",
  "dialect.sqlserver.identity.insert": "boolean",
  "cloud.events.schema.name.pattern": "string",
};
