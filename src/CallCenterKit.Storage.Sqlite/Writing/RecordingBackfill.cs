using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using Microsoft.Data.Sqlite;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>Fills the tables of recordings from the records of a file of an earlier schema. Within the transaction that makes them.</summary>
internal static class RecordingBackfill
{
    public static void Run(SqliteConnection connection)
    {
        using var json = new JsonBuffer();
        foreach (var center in Read(connection, "SELECT DISTINCT center FROM call_record").ToList())
        {
            using var recordings = new RecordingStatements(connection, new(center), json);
            var records = Read(connection, "SELECT json FROM call_record WHERE center = $1 AND json_array_length(json, '$.recordings') > 0", center);
            foreach (var facts in records.Select(ToRecord).SelectMany(StoredRecordingFold.Of))
                recordings.Apply(new RecordingChange.Known(facts));
        }
    }

    private static CallRecord ToRecord(string json) =>
        JsonSerializer.Deserialize<CallRecord>(json, EventCatalog.JsonOptions) ?? throw new JsonException("A call record is null.");

    private static IEnumerable<string> Read(SqliteConnection connection, string sql, string? center = null)
    {
#pragma warning disable CA2100 // The texts are the constants above.
        using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
        if (center is not null)
            command.Parameters.Add(new SqliteParameter("$1", center));
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return rows.GetString(0);
    }
}
