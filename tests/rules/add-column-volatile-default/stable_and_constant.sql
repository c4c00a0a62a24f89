CREATE TABLE orders (id bigint PRIMARY KEY);
-- next migration
ALTER TABLE orders
    ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN day date DEFAULT CURRENT_DATE,
    ADD COLUMN who text DEFAULT current_user,
    ADD COLUMN total integer NOT NULL DEFAULT (1 + 2),
    ADD COLUMN tags text[] DEFAULT '{}',
    ADD COLUMN data jsonb DEFAULT '{"random()": 1}'::jsonb,
    ADD COLUMN name text COLLATE "C" DEFAULT lower('ÄRGER'),
    ADD COLUMN note text;
