-- Whether what a cancelled stage has left is to be removed: nobody needs it any more.
alter table stage add column discarding boolean not null default false;
create index stage_discarding on stage (id) where discarding;
