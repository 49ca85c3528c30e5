namespace CallCenterKit.Storage.Sqlite;

/// <summary>The tables of recordings: since the third schema, with mailboxes since the fourth.</summary>
internal static class RecordingSchema
{
    /// <summary>
    /// What is searched for stands in columns, each with an index that ends in the order of the answers; of what a recording
    /// has several of, each stands in a row of its own. An empty number is null.
    /// </summary>
    public const string Tables =
        """
        CREATE TABLE recording (
            center TEXT NOT NULL,
            recording TEXT NOT NULL,
            started_at_us INTEGER NOT NULL,
            interaction TEXT NOT NULL,
            party TEXT,
            caller TEXT,
            dialled TEXT,
            queue TEXT,
            disposition TEXT,
            kind INTEGER NOT NULL,
            starred INTEGER NOT NULL,
            held INTEGER NOT NULL,
            erased INTEGER NOT NULL,
            running INTEGER NOT NULL,
            json TEXT NOT NULL,
            mailbox TEXT,
            unheard INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (center, recording)
        ) WITHOUT ROWID;
        CREATE INDEX recording_by_start ON recording (center, started_at_us, recording);
        CREATE INDEX recording_by_interaction ON recording (center, interaction, started_at_us, recording);
        CREATE INDEX recording_by_party ON recording (center, party, started_at_us, recording);
        CREATE INDEX recording_by_caller ON recording (center, caller, started_at_us, recording);
        CREATE INDEX recording_by_dialled ON recording (center, dialled, started_at_us, recording);
        CREATE INDEX recording_by_queue ON recording (center, queue, started_at_us, recording);
        CREATE INDEX recording_by_disposition ON recording (center, disposition, started_at_us, recording);
        CREATE INDEX recording_starred ON recording (center, started_at_us, recording) WHERE starred = 1;
        CREATE INDEX recording_held ON recording (center, started_at_us, recording) WHERE held = 1;
        CREATE INDEX recording_to_erase ON recording (center, started_at_us, recording) WHERE held = 0 AND erased = 0 AND running = 0;
        CREATE INDEX recording_to_erase_by_queue ON recording (center, queue, started_at_us, recording) WHERE held = 0 AND erased = 0 AND running = 0;
        CREATE TABLE recording_tag (
            center TEXT NOT NULL,
            tag TEXT NOT NULL,
            value TEXT NOT NULL,
            started_at_us INTEGER NOT NULL,
            recording TEXT NOT NULL,
            PRIMARY KEY (center, tag, value, started_at_us, recording)
        ) WITHOUT ROWID;
        """ + MailboxIndexes;

    /// <summary>What a file of the third schema lacks. It holds no messages.</summary>
    public const string FromVersion3 =
        """
        ALTER TABLE recording ADD COLUMN mailbox TEXT;
        ALTER TABLE recording ADD COLUMN unheard INTEGER NOT NULL DEFAULT 0;
        """ + MailboxIndexes;

    private const string MailboxIndexes =
        """

        CREATE INDEX recording_by_mailbox ON recording (center, mailbox, started_at_us, recording) WHERE mailbox IS NOT NULL;
        CREATE INDEX recording_to_erase_by_mailbox ON recording (center, mailbox, started_at_us, recording) WHERE held = 0 AND erased = 0 AND running = 0 AND mailbox IS NOT NULL;
        CREATE INDEX recording_voicemail ON recording (center, started_at_us, recording) WHERE kind = 1;
        """;

    /// <summary>The tag of each agent in the call.</summary>
    public const string Agent = "agent";

    /// <summary>The tag of each phone in the call.</summary>
    public const string Extension = "extension";

    /// <summary>The tag of each list it is on.</summary>
    public const string List = "list";
}
