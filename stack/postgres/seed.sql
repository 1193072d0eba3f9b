CREATE ROLE kafka LOGIN SUPERUSER PASSWORD 'kafka';
CREATE DATABASE shop OWNER kafka;
CREATE DATABASE warehouse OWNER kafka;

\connect shop

CREATE TABLE purchases (
  id serial PRIMARY KEY,
  username text NOT NULL,
  currency text NOT NULL,
  amount int NOT NULL
);
ALTER TABLE purchases OWNER TO kafka;

INSERT INTO purchases (username, currency, amount) VALUES
  ('ada', 'EUR', 1250),
  ('grace', 'USD', 250000),
  ('linus', 'EUR', 99900),
  ('margaret', 'GBP', 130000);
