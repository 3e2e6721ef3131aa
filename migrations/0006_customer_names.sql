-- The words of every name that a node was ever called by, for finding customers by name.
CREATE TABLE customer_name_words (
    word TEXT NOT NULL,
    node BIGINT NOT NULL,
    PRIMARY KEY (word, node)
);
CREATE INDEX customer_name_words_by_node ON customer_name_words (node);

-- Up to which node the traits that were there before the table have been read into it.
CREATE TABLE customer_name_progress (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    until_node BIGINT NOT NULL,
    is_complete BIGINT NOT NULL CHECK (is_complete IN (0, 1))
);
INSERT INTO customer_name_progress (id, until_node, is_complete) VALUES (1, 0, 0);
