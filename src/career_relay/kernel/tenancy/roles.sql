-- The roles of a Career Relay database. Run as superuser inside the application's database; may be run again.
-- relay_owner  runs migrations and owns tables; FORCE ROW LEVEL SECURITY binds it too
-- relay_app    web and worker: owns nothing, bypasses nothing
-- relay_gate   nobody signs in as it: owns the few SECURITY DEFINER functions of schema `gate`
-- relay_ops    statistics views only
-- relay_backup dumps
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'relay_owner') THEN
    CREATE ROLE relay_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'relay_app') THEN
    CREATE ROLE relay_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'relay_gate') THEN
    CREATE ROLE relay_gate NOLOGIN NOSUPERUSER BYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'relay_ops') THEN
    CREATE ROLE relay_ops NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'relay_backup') THEN
    CREATE ROLE relay_backup NOLOGIN NOSUPERUSER BYPASSRLS;
  END IF;
  EXECUTE format('ALTER DATABASE %I OWNER TO relay_owner', current_database());
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO relay_app, relay_ops, relay_backup', current_database());
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO relay_app', current_database()); -- imports are staged
END
$$;

GRANT relay_gate TO relay_owner;

ALTER SCHEMA public OWNER TO relay_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO relay_app, relay_gate, relay_ops, relay_backup;

CREATE SCHEMA IF NOT EXISTS gate AUTHORIZATION relay_owner;
GRANT USAGE ON SCHEMA gate TO relay_app;
GRANT USAGE, CREATE ON SCHEMA gate TO relay_gate;

ALTER DEFAULT PRIVILEGES FOR ROLE relay_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE relay_gate REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE relay_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO relay_app;
ALTER DEFAULT PRIVILEGES FOR ROLE relay_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO relay_app;
ALTER DEFAULT PRIVILEGES FOR ROLE relay_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO relay_app;
ALTER DEFAULT PRIVILEGES FOR ROLE relay_owner IN SCHEMA public GRANT SELECT ON TABLES TO relay_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE relay_owner IN SCHEMA public GRANT SELECT ON SEQUENCES TO relay_backup;
