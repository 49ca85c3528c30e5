using System.Globalization;
using System.Text;
using System.Text.Json;
using CallCenterKit.Recordings;

namespace CallCenterKit.Storage.Sqlite.Reading;

/// <summary>Turns a query into one statement that reads along one index, in the order of the answers.</summary>
/// <remarks>
/// Nobody has counted how selective each condition is, so the narrowest leads by rule: interaction, customer, number,
/// mailbox, list, agent, phone, then the rest; SQLite is told the index. A unary plus keeps it from leaving the rows of a tag for another.
/// </remarks>
internal sealed class RecordingSql
{
    private readonly StringBuilder _text = new();
    private readonly List<object> _values = [];
    private readonly string _prefix;

    private RecordingSql(string begin, string prefix = "r.")
    {
        _text.Append(begin);
        _prefix = prefix;
    }

    /// <summary>$1 is the center.</summary>
    public string Text => _text.ToString();

    /// <summary>From $2 on.</summary>
    public object[] Values => [.. _values];

    /// <summary>One row more than the page holds, so that it is known whether another follows.</summary>
    public static RecordingSql Of(RecordingQuery query)
    {
        var tags = Tags(query).ToList();
        var isLedByTag = tags.Count > 0 && query is { Interaction: null, Customer: null, Caller: null, Dialled: null, Mailbox: null };
        var lead = isLedByTag ? "t" : "r";
        var sql = isLedByTag
            ? new RecordingSql("SELECT r.json FROM recording_tag t CROSS JOIN recording r ON r.center = t.center AND r.recording = t.recording WHERE t.center = $1", "+r.")
            : new RecordingSql($"SELECT r.json FROM recording r INDEXED BY {IndexOf(query)} WHERE r.center = $1");
        if (isLedByTag)
            sql.Add("t.tag = {0} AND t.value = {1}", tags[0].Tag, tags[0].Value);
        sql.AddColumns(query);
        foreach (var tag in isLedByTag ? tags.Skip(1) : tags)
            sql.AddTag(tag);
        sql.AddSpan(query, lead);
        sql._text.Append(CultureInfo.InvariantCulture, $" ORDER BY {lead}.started_at_us DESC, {lead}.recording DESC LIMIT {query.PageSize + 1}");
        return sql;
    }

    /// <summary>Oldest first.</summary>
    public static RecordingSql Of(DueRecordings due, int limit)
    {
        var index = due switch
        {
            { Mailbox: not null } => "recording_to_erase_by_mailbox",
            { Queue: not null } => "recording_to_erase_by_queue",
            _ => "recording_to_erase",
        };
        var sql = new RecordingSql($"SELECT r.json FROM recording r INDEXED BY {index} WHERE r.center = $1 AND r.held = 0 AND r.erased = 0 AND r.running = 0");
        if (due.Queue is { } queue)
            sql.Add("r.queue = {0}", queue.Value);
        if (due.Mailbox is { } mailbox)
            sql.Add("r.mailbox = {0}", mailbox.Value);
        if (due.ExceptMailboxes.Count > 0)
            sql.Add("(r.mailbox IS NULL OR r.mailbox NOT IN (SELECT value FROM json_each({0})))", JsonSerializer.Serialize(due.ExceptMailboxes.Select(each => each.Value)));
        if (due.Except.Count > 0)
            sql.Add("(r.queue IS NULL OR r.queue NOT IN (SELECT value FROM json_each({0})))", JsonSerializer.Serialize(due.Except.Select(each => each.Value)));
        sql.Add("r.started_at_us < {0}", StoreTime.Microseconds(due.Before));
        if (due.After is { } mark)
            sql.Add("(r.started_at_us, r.recording) > ({0}, {1})", StoreTime.Microseconds(mark.StartedAt), mark.Recording.Text);
        sql._text.Append(CultureInfo.InvariantCulture, $" ORDER BY r.started_at_us, r.recording LIMIT {limit}");
        return sql;
    }

    private static IEnumerable<(string Tag, string Value)> Tags(RecordingQuery query)
    {
        if (query.List is { } list)
            yield return (RecordingSchema.List, list);
        if (query.Agent is { } agent)
            yield return (RecordingSchema.Agent, agent.Value);
        if (query.Extension is { } extension)
            yield return (RecordingSchema.Extension, extension.Value);
    }

    private static string IndexOf(RecordingQuery query) => query switch
    {
        { Interaction: not null } => "recording_by_interaction",
        { Customer: not null } => "recording_by_party",
        { Caller: not null } => "recording_by_caller",
        { Dialled: not null } => "recording_by_dialled",
        { Mailbox: not null } => "recording_by_mailbox",
        { Held: true } => "recording_held",
        { Starred: true } => "recording_starred",
        { Disposition: not null } => "recording_by_disposition",
        { Queue: not null } => "recording_by_queue",
        { Kind: RecordingKind.Voicemail } or { Unheard: true } => "recording_voicemail",
        _ => "recording_by_start",
    };

    private void AddColumns(RecordingQuery query)
    {
        AddColumn("interaction", query.Interaction?.Text);
        AddColumn("party", query.Customer?.Text);
        AddColumn("caller", query.Caller);
        AddColumn("dialled", query.Dialled);
        AddColumn("mailbox", query.Mailbox?.Value);
        AddFlag("held", "1", query.Held);
        AddFlag("starred", "1", query.Starred);
        AddColumn("disposition", query.Disposition);
        AddColumn("queue", query.Queue?.Value);
        AddFlag("kind", "0", query.Kind == RecordingKind.Conversation);
        AddFlag("kind", "1", query.Kind == RecordingKind.Voicemail || query.Unheard);
        AddFlag("unheard", "1", query.Unheard);
        AddFlag("erased", "0", !query.WithErased);
    }

    private void AddColumn(string column, string? value)
    {
        if (value is not null)
            Add(_prefix + column + " = {0}", value);
    }

    /// <summary>A partial index is only found by its own words.</summary>
    private void AddFlag(string column, string value, bool isWanted)
    {
        if (isWanted)
            _text.Append(" AND ").Append(_prefix).Append(column).Append(" = ").Append(value);
    }

    private void AddTag((string Tag, string Value) tag) => Add(
        "EXISTS (SELECT 1 FROM recording_tag e WHERE e.center = r.center AND e.tag = {0} AND e.value = {1} AND e.started_at_us = r.started_at_us AND e.recording = r.recording)",
        tag.Tag, tag.Value);

    private void AddSpan(RecordingQuery query, string lead)
    {
        if (query.From is { } from)
            Add(lead + ".started_at_us >= {0}", StoreTime.Microseconds(from));
        if (query.To is { } to)
            Add(lead + ".started_at_us < {0}", StoreTime.Microseconds(to));
        if (query.After is { } mark)
            Add($"({lead}.started_at_us, {lead}.recording) < ({{0}}, {{1}})", StoreTime.Microseconds(mark.StartedAt), mark.Recording.Text);
    }

    /// <summary>One more condition; {0} and {1} stand for its values.</summary>
    private void Add(string condition, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _values.Add(values[i]);
            condition = condition.Replace(
                string.Create(CultureInfo.InvariantCulture, $"{{{i}}}"),
                string.Create(CultureInfo.InvariantCulture, $"${_values.Count + 1}"),
                StringComparison.Ordinal);
        }
        _text.Append(" AND ").Append(condition);
    }
}
