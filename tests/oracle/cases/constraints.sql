-- ADD, VALIDATE, ALTER and DROP CONSTRAINT; NOT NULL.

--- schema stock
CREATE TABLE shelf (id int PRIMARY KEY, hall text UNIQUE);
CREATE TABLE item (id int PRIMARY KEY, shelf_id int, hall text, amount int, spare int NOT NULL, span int4range);
CREATE TABLE bare (a int, b int);
INSERT INTO shelf SELECT g, 'h' || g FROM generate_series(1, 300) g;
INSERT INTO item SELECT g, g, 'h' || g, g, g, int4range(g, g + 1) FROM generate_series(1, 300) g;
INSERT INTO bare SELECT g, g FROM generate_series(1, 300) g;

--- case add constraint {constraint} on stock
--- each constraint
---   CHECK (amount > 0)
---   CHECK (amount > 0) NOT VALID
---   CHECK (amount > 0) NO INHERIT
---   CHECK (amount > 0) NOT ENFORCED
---   CONSTRAINT amount_set CHECK (amount IS NOT NULL)
---   CHECK (true)
---   UNIQUE (amount)
---   UNIQUE (amount) DEFERRABLE INITIALLY DEFERRED
---   UNIQUE (amount) INCLUDE (hall)
---   UNIQUE NULLS NOT DISTINCT (amount)
---   EXCLUDE USING gist (span WITH &&)
---   EXCLUDE (amount WITH =) WHERE (amount > 0)
---   FOREIGN KEY (shelf_id) REFERENCES shelf
---   FOREIGN KEY (shelf_id) REFERENCES shelf NOT VALID
---   FOREIGN KEY (shelf_id) REFERENCES shelf NOT ENFORCED
---   FOREIGN KEY (shelf_id) REFERENCES shelf ON DELETE CASCADE DEFERRABLE
---   FOREIGN KEY (hall) REFERENCES shelf (hall)
---   FOREIGN KEY (amount) REFERENCES item
---   FOREIGN KEY (amount) REFERENCES item NOT VALID
---   CONSTRAINT amount_there NOT NULL amount
---   CONSTRAINT amount_there NOT NULL amount NOT VALID
---   CONSTRAINT spare_there NOT NULL spare
---   PRIMARY KEY (amount)
--- run
ALTER TABLE item ADD {constraint};

--- case add primary key {columns} on stock
--- each columns
---   (a)
---   (a, b)
--- run
ALTER TABLE bare ADD PRIMARY KEY {columns};

--- case add primary key to a column that is not null on stock
--- setup
ALTER TABLE bare ALTER a SET NOT NULL;
--- run
ALTER TABLE bare ADD PRIMARY KEY (a);

--- case take over a unique index, {command} on stock
--- each command
---   ADD CONSTRAINT bare_key UNIQUE USING INDEX bare_index
---   ADD CONSTRAINT bare_index UNIQUE USING INDEX bare_index
---   ADD CONSTRAINT bare_key PRIMARY KEY USING INDEX bare_index
---   ADD PRIMARY KEY USING INDEX bare_index
--- setup
CREATE UNIQUE INDEX bare_index ON bare (a);
--- run
ALTER TABLE bare {command};

--- case take over a unique index as primary key, {proof} on stock
--- each proof
---   ALTER a SET NOT NULL
---   ADD CHECK (a IS NOT NULL)
---   ADD CHECK (a IS NOT NULL) NOT VALID
---   ADD CHECK (a > 0)
--- setup
CREATE UNIQUE INDEX bare_index ON bare (a);
ALTER TABLE bare {proof};
--- run
ALTER TABLE bare ADD CONSTRAINT bare_key PRIMARY KEY USING INDEX bare_index;

--- case set not null with {proof} on stock
--- each proof
---   CHECK (a IS NOT NULL)
---   CHECK (a IS NOT NULL) NO INHERIT
---   CHECK (a IS NOT NULL) NOT VALID
---   CHECK (a IS NOT NULL) NOT ENFORCED
---   CHECK (a IS NOT NULL AND b > 0)
---   CHECK (a IS NOT NULL OR b > 0)
---   CHECK (NOT (a IS NULL))
---   CHECK (a IS DISTINCT FROM NULL)
---   CHECK (a > 0)
---   CHECK (coalesce(a, 0) > 0)
---   CHECK (b IS NOT NULL)
---   UNIQUE (a)
---   PRIMARY KEY (a)
---   CONSTRAINT a_there NOT NULL a NOT VALID
--- setup
ALTER TABLE bare ADD {proof};
--- run
ALTER TABLE bare ALTER a SET NOT NULL;

--- case set not null without proof on stock
--- run
ALTER TABLE bare ALTER a SET NOT NULL;

--- case set not null of two columns, one proven on stock
--- setup
ALTER TABLE bare ADD CHECK (a IS NOT NULL);
--- run
ALTER TABLE bare ALTER a SET NOT NULL, ALTER b SET NOT NULL;

--- case set not null after a validation of its own on stock
--- setup
ALTER TABLE bare ADD CONSTRAINT a_there CHECK (a IS NOT NULL) NOT VALID;
ALTER TABLE bare VALIDATE CONSTRAINT a_there;
--- run
ALTER TABLE bare ALTER a SET NOT NULL;

--- case set not null while dropping its proof on stock
--- setup
ALTER TABLE bare ADD CONSTRAINT a_there CHECK (a IS NOT NULL);
--- run
ALTER TABLE bare ALTER a SET NOT NULL, DROP CONSTRAINT a_there;

--- case set not null, then drop its proof on stock
--- setup
ALTER TABLE bare ADD CONSTRAINT a_there CHECK (a IS NOT NULL);
--- run
ALTER TABLE bare ALTER a SET NOT NULL;
ALTER TABLE bare DROP CONSTRAINT a_there;

--- case add a not null constraint that a check proves on stock
--- setup
ALTER TABLE bare ADD CHECK (a IS NOT NULL);
--- run
ALTER TABLE bare ADD CONSTRAINT a_there NOT NULL a;

--- case drop not null on stock
--- run
ALTER TABLE item ALTER spare DROP NOT NULL;

--- case validate {constraint} on stock
--- each constraint
---   CHECK (amount > 0)
---   FOREIGN KEY (shelf_id) REFERENCES shelf
---   FOREIGN KEY (amount) REFERENCES item
---   NOT NULL amount
--- setup
ALTER TABLE item ADD CONSTRAINT later {constraint} NOT VALID;
--- run
ALTER TABLE item VALIDATE CONSTRAINT later;

--- case validate what is valid, {constraint} on stock
--- each constraint
---   CHECK (amount > 0)
---   FOREIGN KEY (shelf_id) REFERENCES shelf
--- setup
ALTER TABLE item ADD CONSTRAINT done {constraint};
--- run
ALTER TABLE item VALIDATE CONSTRAINT done;

--- case add not valid and validate in one transaction, {constraint} on stock
--- each constraint
---   CHECK (amount > 0)
---   FOREIGN KEY (shelf_id) REFERENCES shelf
--- run
ALTER TABLE item ADD CONSTRAINT later {constraint} NOT VALID;
ALTER TABLE item VALIDATE CONSTRAINT later;

--- case validate next to a default on stock
--- setup
ALTER TABLE item ADD CONSTRAINT later CHECK (amount > 0) NOT VALID;
--- run
ALTER TABLE item VALIDATE CONSTRAINT later, ALTER amount SET DEFAULT 1;

--- case alter a foreign key, {change} on stock
--- each change
---   DEFERRABLE
---   DEFERRABLE INITIALLY DEFERRED
---   NOT ENFORCED
--- setup
ALTER TABLE item ADD CONSTRAINT on_shelf FOREIGN KEY (shelf_id) REFERENCES shelf;
--- run
ALTER TABLE item ALTER CONSTRAINT on_shelf {change};

--- case alter a foreign key back to enforced on stock
--- setup
ALTER TABLE item ADD CONSTRAINT on_shelf FOREIGN KEY (shelf_id) REFERENCES shelf NOT ENFORCED;
--- run
ALTER TABLE item ALTER CONSTRAINT on_shelf ENFORCED;

--- case drop constraint {constraint} on stock
--- each constraint
---   CHECK (amount > 0)
---   UNIQUE (amount)
---   EXCLUDE USING gist (span WITH &&)
---   FOREIGN KEY (shelf_id) REFERENCES shelf
---   FOREIGN KEY (amount) REFERENCES item
---   FOREIGN KEY (hall) REFERENCES shelf (hall) NOT VALID
--- setup
ALTER TABLE item ADD CONSTRAINT gone {constraint};
--- run
ALTER TABLE item DROP CONSTRAINT gone;

--- case drop constraint that is not there on stock
--- run
ALTER TABLE item DROP CONSTRAINT IF EXISTS nowhere;

--- case drop the primary key on stock
--- run
ALTER TABLE item DROP CONSTRAINT item_pkey;

--- case drop a key that another table refers to, {behaviour} on stock
--- each behaviour
---   RESTRICT
---   CASCADE
--- setup
ALTER TABLE item ADD FOREIGN KEY (shelf_id) REFERENCES shelf;
--- run
ALTER TABLE shelf DROP CONSTRAINT shelf_pkey {behaviour};

--- case rename constraint {name} on stock
--- each name
---   item_pkey
---   amount_positive
--- setup
ALTER TABLE item ADD CONSTRAINT amount_positive CHECK (amount > 0);
--- run
ALTER TABLE item RENAME CONSTRAINT {name} TO other;

--- case swap a key for another on stock
--- setup
CREATE UNIQUE INDEX item_key_2 ON item (id);
--- run
ALTER TABLE item DROP CONSTRAINT item_pkey, ADD CONSTRAINT item_pkey PRIMARY KEY USING INDEX item_key_2;

--- schema sorted
CREATE TABLE box (id int PRIMARY KEY);
CREATE TABLE load (part int NOT NULL, box_id int, mass int) PARTITION BY RANGE (part);
CREATE TABLE load_a PARTITION OF load FOR VALUES FROM (0) TO (100);
CREATE TABLE load_b PARTITION OF load FOR VALUES FROM (100) TO (200);
INSERT INTO box SELECT g FROM generate_series(1, 300) g;
INSERT INTO load SELECT g % 200, g, g FROM generate_series(1, 300) g WHERE g <> 200;

--- case add to a partitioned table {constraint} on sorted
--- each constraint
---   CHECK (mass > 0)
---   CHECK (mass > 0) NOT VALID
---   FOREIGN KEY (box_id) REFERENCES box
---   FOREIGN KEY (box_id) REFERENCES box NOT VALID
---   CONSTRAINT mass_there NOT NULL mass
--- run
ALTER TABLE load ADD {constraint};

--- case add a key to a partitioned table, {constraint}
--- each constraint
---   UNIQUE (part)
---   PRIMARY KEY (part)
--- setup
CREATE TABLE row_of (part int NOT NULL, mass int) PARTITION BY RANGE (part);
CREATE TABLE row_of_a PARTITION OF row_of FOR VALUES FROM (0) TO (1000);
CREATE TABLE row_of_b PARTITION OF row_of FOR VALUES FROM (1000) TO (2000);
INSERT INTO row_of SELECT g, g FROM generate_series(701, 1300) g;
--- run
ALTER TABLE row_of ADD {constraint};

--- case add a key to a partitioned table whose partitions have it, {constraint}
--- each constraint
---   UNIQUE (part)
---   PRIMARY KEY (part)
--- setup
CREATE TABLE row_of (part int NOT NULL, mass int) PARTITION BY RANGE (part);
CREATE TABLE row_of_a PARTITION OF row_of FOR VALUES FROM (0) TO (1000);
CREATE TABLE row_of_b PARTITION OF row_of FOR VALUES FROM (1000) TO (2000);
INSERT INTO row_of SELECT g, g FROM generate_series(701, 1300) g;
ALTER TABLE row_of_a ADD {constraint};
ALTER TABLE row_of_b ADD {constraint};
--- run
ALTER TABLE row_of ADD {constraint};

--- case add only to the partitioned table a unique constraint on sorted
--- run
ALTER TABLE ONLY load ADD UNIQUE (part);

--- case set not null in a partitioned table on sorted
--- run
ALTER TABLE load ALTER mass SET NOT NULL;

--- case drop not null in a partitioned table on sorted
--- setup
ALTER TABLE load ALTER mass SET NOT NULL;
--- run
ALTER TABLE load ALTER mass DROP NOT NULL;

--- case validate in a partitioned table, {constraint} on sorted
--- each constraint
---   CHECK (mass > 0)
---   FOREIGN KEY (box_id) REFERENCES box
--- setup
ALTER TABLE load ADD CONSTRAINT later {constraint} NOT VALID;
--- run
ALTER TABLE load VALIDATE CONSTRAINT later;

--- case drop from a partitioned table {constraint} on sorted
--- each constraint
---   CHECK (mass > 0)
---   FOREIGN KEY (box_id) REFERENCES box
---   UNIQUE (part, mass)
--- setup
ALTER TABLE load ADD CONSTRAINT gone {constraint};
--- run
ALTER TABLE load DROP CONSTRAINT gone;

--- case refer to a partitioned table, {constraint} on sorted
--- each constraint
---   FOREIGN KEY (id) REFERENCES lot
---   FOREIGN KEY (id) REFERENCES lot NOT VALID
--- setup
CREATE TABLE lot (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE lot_1 PARTITION OF lot FOR VALUES FROM (0) TO (200);
CREATE TABLE lot_2 PARTITION OF lot FOR VALUES FROM (200) TO (400);
INSERT INTO lot SELECT g FROM generate_series(1, 300) g;
--- run
ALTER TABLE box ADD CONSTRAINT in_lot {constraint};

--- case add a check to a table with children
--- setup
CREATE TABLE shape (id int);
CREATE TABLE circle (radius int) INHERITS (shape);
INSERT INTO shape SELECT g FROM generate_series(1, 300) g;
INSERT INTO circle SELECT g, g FROM generate_series(1, 300) g;
--- run
ALTER TABLE shape ADD CHECK (id > 0);

--- schema buyers
CREATE TABLE buyers (id bigint PRIMARY KEY, note text);
INSERT INTO buyers SELECT g, 'x' FROM generate_series(1, 1000) g;

--- case a new table without a row refers to one with rows on buyers
--- run
CREATE TABLE sales (id bigint PRIMARY KEY, buyer_id bigint);
ALTER TABLE sales ADD FOREIGN KEY (buyer_id) REFERENCES buyers;

--- case a new table with rows refers to one with rows on buyers
--- run
CREATE TABLE sales (id bigint PRIMARY KEY, buyer_id bigint);
INSERT INTO sales SELECT g, g FROM generate_series(1, 1000) g;
ALTER TABLE sales ADD FOREIGN KEY (buyer_id) REFERENCES buyers;
