-- Which tokens of a corpus are learned; null for all of them.
alter table corpus add column loss text;
