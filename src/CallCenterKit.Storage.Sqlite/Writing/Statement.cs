using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>A prepared statement that is run again and again without leaving garbage, which a command of the driver would.</summary>
/// <remarks>Parameters keep their values from run to run. Writer thread only.</remarks>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[64];

    /// <exception cref="SqliteException">The text is not SQL of this file.</exception>
    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <param name="number">1 for the first parameter, named $1.</param>
    /// <param name="value">What it is from now on.</param>
    public void Bind(int number, long value) => Check(sqlite3_bind_int64(_statement, number, value));

    /// <inheritdoc cref="Bind(int, long)" />
    public void Bind(int number, ReadOnlySpan<byte> utf8) => Check(sqlite3_bind_text(_statement, number, utf8));

    /// <inheritdoc cref="Bind(int, long)" />
    public void Bind(int number, string? value)
    {
        if (value is null)
        {
            Check(sqlite3_bind_null(_statement, number));
            return;
        }
        if (_text.Length < Encoding.UTF8.GetMaxByteCount(value.Length))
            _text = new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
        Bind(number, _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text)));
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="SqliteException">It failed; the transaction may or may not have been rolled back.</exception>
    public void Run() => Read(static _ => 0);

    /// <summary>Runs it and reads the number in its first row; null when it has no row.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public long? ReadNumber() => Read(static row => (long?)sqlite3_column_int64(row, 0));

    /// <summary>Runs it and reads the text in its first row; null when it has no row.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public string? ReadText() => Read(static row => sqlite3_column_text(row, 0).utf8_to_string());

    public void Dispose() => _statement.Dispose();

    private T? Read<T>(Func<sqlite3_stmt, T> first)
    {
        T? read = default;
        int result;
        for (var row = 0; (result = sqlite3_step(_statement)) == SQLITE_ROW; row++)
        {
            if (row == 0)
                read = first(_statement);
        }
        var after = sqlite3_reset(_statement); // says again what went wrong
        Check(result == SQLITE_DONE ? after : result);
        return read;
    }

    private void Check(int result)
    {
        if (result != SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _database);
    }
}
