import type { Migration } from './migrations'

/**
 * All migrations, oldest first. Never edit a published migration: append another one.
 *
 * Columns hold what SQL searches or compares; the rest of a row is JSON that its owner parses with zod.
 */
export const migrations: readonly Migration[] = [
  {
    name: 'first tables',
    sql: `
      CREATE TABLE media (
        id TEXT PRIMARY KEY,
        path TEXT NOT NULL,
        name TEXT NOT NULL,
        bytes INTEGER,
        modified_at REAL,
        added_at INTEGER NOT NULL,
        position INTEGER NOT NULL,
        facts_json TEXT,
        -- 1: the person took it out of the list, but jobs and drafts may still name it.
        removed INTEGER NOT NULL DEFAULT 0,
        json TEXT NOT NULL DEFAULT '{}'
      ) STRICT;
      CREATE INDEX media_by_path ON media (path);

      CREATE TABLE drafts (
        clip_id TEXT PRIMARY KEY,
        json TEXT NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE jobs (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        provider TEXT NOT NULL,
        task_id TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        -- The process that drives it: see main/jobs/job-lease.ts.
        owner TEXT,
        owner_pid INTEGER,
        lease_until INTEGER,
        json TEXT NOT NULL
      ) STRICT;
      CREATE INDEX jobs_by_state ON jobs (state);
      CREATE INDEX jobs_by_task ON jobs (provider, task_id);

      CREATE TABLE job_events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        from_state TEXT,
        to_state TEXT,
        detail_json TEXT NOT NULL
      ) STRICT;
      CREATE INDEX job_events_by_job ON job_events (job_id, id);
      CREATE TRIGGER job_events_are_never_changed BEFORE UPDATE ON job_events
        BEGIN SELECT RAISE(ABORT, 'job_events is append-only'); END;
      CREATE TRIGGER job_events_are_never_deleted BEFORE DELETE ON job_events
        BEGIN SELECT RAISE(ABORT, 'job_events is append-only'); END;

      CREATE TABLE library (
        id TEXT PRIMARY KEY,
        job_id TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        provider TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        -- What is searched, folded: see main/library/search-text.ts.
        search_text TEXT NOT NULL,
        json TEXT NOT NULL
      ) STRICT;
      CREATE INDEX library_by_time ON library (created_at DESC);
    `,
  },
  {
    name: 'bills that outlive their results',
    sql: `
      CREATE TABLE bills (
        job_id TEXT PRIMARY KEY,
        provider TEXT NOT NULL,
        at INTEGER NOT NULL,
        currency TEXT,
        amount REAL,
        seconds REAL
      ) STRICT;
      CREATE TRIGGER results_are_billed AFTER INSERT ON library BEGIN
        INSERT OR IGNORE INTO bills VALUES (
          NEW.job_id, NEW.provider, NEW.created_at, json_extract(NEW.json, '$.billed.currency'),
          json_extract(NEW.json, '$.billed.amount'), json_extract(NEW.json, '$.billed.seconds')
        );
      END;
      INSERT INTO bills SELECT
        job_id, provider, created_at, json_extract(json, '$.billed.currency'),
        json_extract(json, '$.billed.amount'), json_extract(json, '$.billed.seconds')
        FROM library;
    `,
  },
  {
    name: 'events that go with their job',
    // Events that name a task stay: the provider's list may still show it (main/jobs/reconcile.ts).
    sql: `
      DROP TRIGGER job_events_are_never_deleted;
      CREATE TRIGGER job_events_stay_with_their_job BEFORE DELETE ON job_events
        WHEN EXISTS (SELECT 1 FROM jobs WHERE id = OLD.job_id)
        BEGIN SELECT RAISE(ABORT, 'job_events is append-only'); END;
      DELETE FROM job_events
        WHERE to_state IS NOT 'pending' AND job_id NOT IN (SELECT id FROM jobs);
    `,
  },
]
