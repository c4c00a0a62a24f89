-- Back to an empty database.
DROP TABLE products;
DROP TABLE customers;
