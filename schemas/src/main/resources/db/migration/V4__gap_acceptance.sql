-- A sink that was started with --accept-gap writes down when.
GRANT UPDATE (accepted_at) ON sink_gap TO millrace_writer;
