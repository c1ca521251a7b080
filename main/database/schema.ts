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
        -- The process that drives it: see main/jobs/lease.ts.
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
        -- What is searched, folded: see main/library/rows.ts.
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
  {
    name: 'drafts with ids, sets of jobs, files with roles',
    sql: `
      ALTER TABLE drafts RENAME TO drafts_of_clips;
      CREATE TABLE drafts (
        id TEXT PRIMARY KEY,
        -- The clip it is made from; NULL for other sources.
        clip_id TEXT,
        json TEXT NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX drafts_by_clip ON drafts (clip_id);
      INSERT INTO drafts (id, clip_id, json, updated_at)
        SELECT new.id, new.clip_id,
          json_set(
            json_remove(new.json, '$.clipId', '$.selection', '$.moreSelections', '$.imageIds'),
            '$.id', new.id,
            '$.source', json_object(
              'kind', 'clip',
              'clipId', new.clip_id,
              'selection', json_extract(new.json, '$.selection'),
              'moreSelections', json(coalesce(json_extract(new.json, '$.moreSelections'), '[]')),
              'imageIds', json(coalesce(json_extract(new.json, '$.imageIds'), '[]'))
            )
          ),
          new.updated_at
        FROM (SELECT lower(hex(randomblob(16))) AS id, * FROM drafts_of_clips) AS new
        WHERE json_valid(new.json);
      DROP TABLE drafts_of_clips;

      ALTER TABLE jobs ADD COLUMN set_id TEXT;
      UPDATE jobs SET set_id = id;
      CREATE INDEX jobs_by_set ON jobs (set_id);
      UPDATE jobs SET json = json_set(
        json_remove(json, '$.spec.clip', '$.spec.images', '$.files'),
        '$.setId', id,
        '$.spec.mode', 'edit',
        '$.spec.files', (
          SELECT json_group_array(json(file)) FROM (
            SELECT json_set(json_extract(jobs.json, '$.spec.clip'), '$.role', 'clip') AS file
            UNION ALL
            SELECT json_set(value, '$.role', 'reference-image', '$.selection', NULL)
              FROM json_each(jobs.json, '$.spec.images')
          )
        ),
        '$.files', CASE WHEN json_type(json, '$.files') = 'object' THEN (
          SELECT json_group_array(json(file)) FROM (
            SELECT json_set(json_extract(jobs.json, '$.files.clip'), '$.role', 'clip') AS file
            UNION ALL
            SELECT json_set(value, '$.role', 'reference-image')
              FROM json_each(jobs.json, '$.files.images')
          )
        ) END
      ) WHERE json_valid(json);
    `,
  },
  {
    name: 'prompts that were used',
    sql: `
      CREATE TABLE prompts (
        text TEXT NOT NULL UNIQUE,
        used_at INTEGER NOT NULL,
        starred INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      INSERT INTO prompts (text, used_at)
        SELECT text, max(used_at) FROM (
          SELECT json_extract(json, '$.edit.prompt') AS text, created_at AS used_at FROM library
            WHERE json_valid(json)
          UNION ALL
          SELECT json_extract(json, '$.spec.prompt'), created_at FROM jobs WHERE json_valid(json)
        ) WHERE trim(text) <> '' GROUP BY text ORDER BY 2 DESC LIMIT 100;
      CREATE TRIGGER prompts_are_remembered AFTER INSERT ON jobs
        WHEN trim(coalesce(json_extract(NEW.json, '$.spec.prompt'), '')) <> ''
      BEGIN
        INSERT INTO prompts (text, used_at)
          VALUES (json_extract(NEW.json, '$.spec.prompt'), NEW.created_at)
          ON CONFLICT (text) DO UPDATE SET used_at = excluded.used_at;
        DELETE FROM prompts WHERE starred = 0 AND rowid NOT IN (
          SELECT rowid FROM prompts WHERE starred = 0 ORDER BY used_at DESC, rowid DESC LIMIT 100
        );
      END;
    `,
  },
]
