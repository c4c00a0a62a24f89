-- Day one: who buys, and what we sell. Four products are enough to open the doors.
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email varchar(254) NOT NULL,
    full_name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE products (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku varchar(20) NOT NULL UNIQUE,
    name varchar(40) NOT NULL,
    description text NOT NULL DEFAULT '',
    price_cents integer NOT NULL CHECK (price_cents > 0)
);

INSERT INTO products (sku, name, description, price_cents)
VALUES
    ('TEA-001', 'Grüner Tee „Frühling“', 'Erste Pflückung, 100 g', 1290),
    ('TEA-002', 'Thé à la menthe', 'Minze aus Meknès; 80 g', 890),
    ('POT-001', 'Teekanne Møn', 'Steingut, 0,9 l', 3900),
    ('CUP-001', 'Schale 茶碗', 'Jede ein wenig anders', 1850);
