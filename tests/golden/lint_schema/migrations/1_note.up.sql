ALTER TABLE orders ALTER note TYPE varchar(40);
ALTER TABLE orders ALTER note TYPE varchar(30);
