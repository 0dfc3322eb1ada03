-- The roles of the processes. They belong to the whole server, so they may be there already: the
-- deployment makes them, with their passwords, and this file only fills in what is missing.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'millrace_writer') THEN
        CREATE ROLE millrace_writer LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'millrace_reader') THEN
        CREATE ROLE millrace_reader LOGIN;
    END IF;
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO millrace_writer, millrace_reader;

-- Table partitions are made later and are also read leaf by leaf.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO millrace_reader;
