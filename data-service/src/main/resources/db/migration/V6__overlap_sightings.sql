-- What each comparison saw, so that several corpora can be counted together. What was found before
-- does not say it and is found anew, when it is next asked about.
delete from corpus_overlap;
alter table corpus_overlap add column sightings bytea;
