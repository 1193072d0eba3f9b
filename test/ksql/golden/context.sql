-- What the statements of this folder are read against.
CREATE TYPE address AS STRUCT<street VARCHAR, num INT>;
CREATE TYPE person AS STRUCT<name VARCHAR, home address>;
CREATE STREAM purchases (username VARCHAR, currency VARCHAR, amount INT)
  WITH (KAFKA_TOPIC='purchases', VALUE_FORMAT='JSON');
CREATE STREAM orders (id BIGINT KEY, customer VARCHAR, amount DECIMAL(10, 2), placed TIMESTAMP, tags ARRAY<VARCHAR>,
                      extra MAP<VARCHAR, INT>, ship_to address)
  WITH (KAFKA_TOPIC='orders', VALUE_FORMAT='AVRO');
CREATE STREAM payments (id BIGINT KEY, order_id BIGINT, amount DECIMAL(10, 2), method VARCHAR, ok BOOLEAN)
  WITH (KAFKA_TOPIC='payments', VALUE_FORMAT='JSON');
CREATE STREAM clicks (user_id VARCHAR KEY, url VARCHAR, ms BIGINT, score DOUBLE)
  WITH (KAFKA_TOPIC='clicks', FORMAT='JSON');
CREATE TABLE users (id VARCHAR PRIMARY KEY, name VARCHAR, country VARCHAR, address address)
  WITH (KAFKA_TOPIC='users', VALUE_FORMAT='JSON');
CREATE TABLE countries (code VARCHAR PRIMARY KEY, name VARCHAR)
  WITH (KAFKA_TOPIC='countries', VALUE_FORMAT='JSON');
CREATE STREAM `camelCase` (`userId` INT KEY, plain VARCHAR) WITH (KAFKA_TOPIC='camel', VALUE_FORMAT='JSON');
CREATE TABLE hourly WITH (KAFKA_TOPIC='hourly') AS
  SELECT user_id, COUNT(*) AS n FROM clicks WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY user_id;
CREATE STREAM traced (id INT KEY, v INT, trace BYTES HEADER('trace')) WITH (KAFKA_TOPIC='traced', VALUE_FORMAT='JSON');
CREATE STREAM generated (id INT KEY, ksql_col_0 INT, street VARCHAR, home address)
  WITH (KAFKA_TOPIC='generated', VALUE_FORMAT='JSON');
