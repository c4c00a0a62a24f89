ALTER TABLE orders ALTER note TYPE varchar(20);
