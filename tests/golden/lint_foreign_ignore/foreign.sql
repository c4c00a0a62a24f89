-- squawk-ignore require-concurrent-index-creation, prefer-robust-stmts
CREATE INDEX countries_name_idx ON countries (name);
CREATE INDEX countries_code_idx ON countries (code); -- squawk-ignore require-concurrent-index-creation
-- eugene: ignore E5
ALTER TABLE countries ALTER COLUMN area TYPE bigint;
-- pgls-ignore lint/safety/banDropColumn: it names another rule
CREATE INDEX countries_flag_idx ON countries (flag);
