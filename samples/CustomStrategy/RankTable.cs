using Microsoft.Data.Sqlite;

namespace CustomStrategy;

/// <summary>The table of the sales department: one row an agent, with a rank.</summary>
public sealed class RankTable(string connectionString)
{
    /// <summary>Makes the table and fills it when it is new.</summary>
    public void Create(IEnumerable<(string Agent, int Rank)> rows)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var create = new SqliteCommand("CREATE TABLE IF NOT EXISTS sales_rank (agent TEXT NOT NULL PRIMARY KEY, rank INTEGER NOT NULL)", connection);
        create.ExecuteNonQuery();
        foreach (var (agent, rank) in rows)
        {
            using var insert = new SqliteCommand("INSERT OR IGNORE INTO sales_rank (agent, rank) VALUES ($agent, $rank)", connection);
            insert.Parameters.AddWithValue("$agent", agent);
            insert.Parameters.AddWithValue("$rank", rank);
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Every agent's rank. On a thread of the pool, since SQLite has no asynchronous calls.</summary>
    public Task<IReadOnlyDictionary<string, double>> ReadAsync(CancellationToken cancellationToken) => Task.Run(Read, cancellationToken);

    private IReadOnlyDictionary<string, double> Read()
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var select = new SqliteCommand("SELECT agent, rank FROM sales_rank", connection);
        using var rows = select.ExecuteReader();
        var ranks = new Dictionary<string, double>(StringComparer.Ordinal);
        while (rows.Read())
            ranks[rows.GetString(0)] = rows.GetDouble(1);
        return ranks;
    }
}
