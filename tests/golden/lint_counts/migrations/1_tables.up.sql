CREATE TABLE orders (id bigint PRIMARY KEY, note text, total int);
CREATE TABLE items (id bigint PRIMARY KEY, note text, total int);
