-- Each service owns its database; nothing reads another's tables.
CREATE DATABASE holdfast_data;
CREATE DATABASE holdfast_trainer;
CREATE DATABASE holdfast_eval;
CREATE DATABASE holdfast_frontier;
