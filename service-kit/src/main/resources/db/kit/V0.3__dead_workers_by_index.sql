-- db-scheduler asks for "picked = ?": a plan that is kept for any value cannot use an index of the picked rows alone, and
-- every pod asks every few seconds.
drop index kit_work_heartbeat;
create index kit_work_heartbeat on kit_work (picked, last_heartbeat);
